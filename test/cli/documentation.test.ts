import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { defaultExcludes, readConfiguration, targetNames } from "#analyzer";
import { checkUsage } from "../../src/cli/check-usage";

const page = readFileSync("docs/configuration.md", "utf8");

describe("docs/configuration.md", () => {
  it("has an example that is valid", () => {
    const [, example = ""] = /```toml\n([^]*?)```/.exec(page) ?? [];
    const reading = readConfiguration(example, "pyproject.toml");
    assert.equal(reading.kind, "configuration", JSON.stringify(reading));
  });

  it("lists every key, and no other", () => {
    const keys = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, key = ""]) => key);
    assert.ok(keys.length >= 9);
    const reading = readConfiguration(keys.map(key => `${key} = 1.5\n`).join(""), "x.toml");
    assert.ok(reading.kind === "problems");
    assert.equal(reading.problems.length, keys.length, "each key is known and takes no number");
    assert.ok(!reading.problems.some(({ text }) => text.includes("unknown key")));
    const all = readConfiguration("x = 1\n", "x.toml");
    assert.ok(all.kind === "problems");
  });

  it("names only options that there are", () => {
    const options = new Set(checkUsage.match(/--[a-z-]+/g));
    const named = (page.match(/(?<![\w-])--[a-z][a-z-]*/g) ?? []).filter(each => each !== "--help");
    for (const option of named) assert.ok(options.has(option), option);
  });

  it("names versions and folders as they are", () => {
    assert.ok(page.includes(`\`${targetNames[0]}\` to \`${targetNames.at(-1)}\``));
    for (const name of ["node_modules", "build", "dist"]) assert.ok(defaultExcludes.includes(name));
  });
});
