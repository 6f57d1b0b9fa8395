import assert from "node:assert/strict";
import { ComparedStops } from "../../../src/extension/panel/compared-stops";
import { shop, viewOf } from "../../panel/fixture/runs";

describe("the stops that the panel compares", () => {
  const three = viewOf({ ...shop, stops: 3 });
  const four = viewOf({ ...shop, stops: 4 });

  it("are those that somebody chose", () => {
    const compared = new ComparedStops();
    assert.equal(compared.in(three), null);
    compared.ask({ from: 1, to: 2 }, three);
    assert.deepEqual(compared.in(three), { from: 1, to: 2 });
    assert.deepEqual(compared.in(four), { from: 1, to: 2 });
  });

  it("go on to the newest where somebody chose that", () => {
    const compared = new ComparedStops();
    compared.ask({ from: 1, to: 3 }, three);
    assert.deepEqual(compared.in(four), { from: 1, to: 4 });
  });

  it("stay with their process", () => {
    const children = { ...shop, stops: 1, children: 2, areChildrenPaused: true };
    const view = viewOf(children);
    const [newest, other] = view.stops;
    assert.ok(newest && other && newest.process?.pid !== other.process?.pid);
    const compared = new ComparedStops();
    compared.ask({ from: null, to: other.id }, view);
    assert.deepEqual(compared.in(view), { from: null, to: other.id });
  });

  it("are forgotten with their run", () => {
    const compared = new ComparedStops();
    compared.ask({ from: 1, to: 2 }, three);
    assert.equal(compared.in(viewOf({ ...shop, program: "other.py" })), null);
    assert.equal(compared.in({ ...three, pid: 1 }), null);
  });
});
