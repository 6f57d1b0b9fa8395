import assert from "node:assert/strict";
import { activeRules, checksNamed, isKnownSelector, suggestSelector } from "#analyzer";
import { rules } from "#rules";
import { settingsWith } from "./places";

describe("selectors", () => {
  const codes = (changed: Parameters<typeof settingsWith>[0]) =>
    activeRules(settingsWith(changed)).map(({ rule }) => rule.meta.code);
  const defaults = rules.filter(rule => rule.meta.isDefault !== false).map(({ meta }) => meta.code);

  it("are codes, prefixes, names, ALL and DEFAULT", () => {
    for (const known of ["MEM101", "mem1", "MEM1xx", "MEM", "ALL", "DEFAULT", "MEM000"])
      assert.ok(isKnownSelector(known), known);
    assert.ok(isKnownSelector("list-built-for-reduction"));
    for (const unknown of ["MEM9", "MEM999", "E501", "M", ""])
      assert.ok(!isKnownSelector(unknown), unknown);
    assert.deepEqual(
      checksNamed("MEM101").map(({ name }) => name),
      ["list-built-for-reduction"],
    );
  });

  it("are suggested when one comes near", () => {
    assert.equal(suggestSelector("MEN101"), "MEM101");
    assert.equal(suggestSelector("list-build-for-reduction"), "list-built-for-reduction");
    assert.equal(suggestSelector("something-else-altogether"), null);
  });

  it("select the default rules unless told otherwise, and all by ALL", () => {
    assert.deepEqual(codes({}), defaults);
    assert.deepEqual(codes({ select: ["DEFAULT"] }), defaults);
    assert.deepEqual(
      codes({ select: ["ALL"] }),
      rules.map(({ meta }) => meta.code),
    );
  });

  it("keep their meaning beside DEFAULT", () => {
    assert.deepEqual(
      codes({ select: ["DEFAULT", "MEM101"], ignore: ["MEM"] }),
      ["MEM101"],
      "a whole code is longer than a prefix",
    );
  });
});
