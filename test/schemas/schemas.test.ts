import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { knownChecks, readConfiguration, targetNames } from "#analyzer";
import {
  configurationSchema,
  selectorSchema,
  withSettings,
} from "../../scripts/schemas/describe.mjs";

const read = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));
const hint = "run `npm run schemas` and commit what it writes";

describe("what editors complete", () => {
  it("knows every rule in the settings", () => {
    const manifest = read("package.json");
    assert.deepEqual(withSettings(manifest, knownChecks), manifest, hint);
  });

  it("knows every rule and every key in configuration files", () => {
    const schema = read("schemas/memory-insights.schema.json");
    assert.deepEqual(configurationSchema(knownChecks, targetNames), schema, hint);
  });

  it("knows the keys that are read, and no others", () => {
    const { properties } = configurationSchema(knownChecks, targetNames);
    // Whatever is no key at all is told as unknown; what is one, as having a wrong value at most.
    for (const key of [...Object.keys(properties), "no-such-key"]) {
      const reading = readConfiguration(`${key} = 1.5\n`, "memory-insights.toml");
      const problems = reading.kind === "problems" ? reading.problems : [];
      const isUnknown = problems.some(({ text }) => text.includes("unknown"));
      assert.equal(isUnknown, key === "no-such-key", `${key}: ${JSON.stringify(problems)}`);
    }
  });

  it("offers codes, names and families, and lets other prefixes pass", () => {
    const [listed, other] = selectorSchema(knownChecks).anyOf;
    const selectors: readonly string[] = listed?.enum ?? [];
    for (const selector of ["ALL", "DEFAULT", "MEM1", "MEM101", "list-built-for-reduction"]) {
      assert.ok(selectors.includes(selector), selector);
    }
    assert.equal(new Set(selectors).size, selectors.length);
    assert.equal(listed?.enumDescriptions?.length, selectors.length);
    assert.match("MEM10", new RegExp(other?.pattern ?? ""));
  });
});
