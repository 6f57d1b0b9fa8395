import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { rules } from "#rules";

describe("the README", () => {
  it("lists every rule, and says which are off", () => {
    const rows = rules.map(({ meta }) => {
      const off = meta.isDefault === false ? ", off unless selected" : "";
      return `| ${meta.code} | \`${meta.name}\` | ${meta.summary} | ${meta.severity}${off} |`;
    });
    const table = readFileSync("README.md", "utf8")
      .split("\n")
      .filter(line => /^\| MEM\d{3} \|/.test(line));
    assert.deepEqual(table, rows, `the table should be:\n${rows.join("\n")}`);
  });

  it("shows only pictures that are there", () => {
    const pictures = [...readFileSync("README.md", "utf8").matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)];
    for (const [, path = ""] of pictures) assert.ok(readFileSync(path).length > 0, path);
  });
});
