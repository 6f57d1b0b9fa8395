import assert from "node:assert/strict";
import { rules, savingOf } from "#rules";

describe("what mending a finding saves", () => {
  const gainsOf = (name: string) => {
    const rule = rules.find(({ meta }) => meta.name === name);
    assert.ok(rule, name);
    return rule.meta.gains;
  };

  it("is the bytes of its lines where it lowers a peak, or what they made is kept", () => {
    assert.equal(savingOf(gainsOf("list-built-for-reduction"), false), "bytes");
    assert.equal(savingOf(gainsOf("numeric-list-kept"), false), "bytes");
    assert.equal(savingOf(gainsOf("mutable-default-argument"), true), "bytes");
  });

  it("is what other lines made where it keeps that alive", () => {
    assert.equal(savingOf(gainsOf("retained-exception"), false), "kept");
    assert.equal(savingOf(gainsOf("parent-child-cycle"), false), "kept");
  });

  it("is time where its page claims no bytes", () => {
    assert.equal(savingOf(["time", "copies"], false), "time");
    assert.equal(savingOf(["peak", "time"], false), "bytes");
  });
});
