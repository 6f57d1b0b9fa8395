import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { knownChecks } from "#analyzer";
import { readRuleList } from "../../src/extension/client/rule-list";

describe("the list of rules to explain", () => {
  it("has every rule with its code, name and summary", () => {
    const manifest: unknown = JSON.parse(readFileSync("package.json", "utf8"));
    const entries = readRuleList(manifest).map(entry => ({
      ...entry,
      summary: entry.summary.replace(" (off unless selected)", ""),
    }));
    const expected = knownChecks.map(({ code, name, summary }) => ({ code, name, summary }));
    assert.deepEqual(entries, expected);
  });
});
