import assert from "node:assert/strict";
import { openText } from "#analyzer";
import { KeptTrees } from "../../src/server/kept-trees";

/** Opens a text that notes when it rests. */
function noting(name: string, length: number, rested: string[]) {
  return Object.assign(openText(" ".repeat(length)), { rest: () => void rested.push(name) });
}

describe("kept trees", () => {
  it("are those of the texts used last", () => {
    const trees = new KeptTrees();
    const rested: string[] = [];
    const texts = Array.from({ length: 11 }, (_, index) => noting(String(index), 1, rested));
    texts.slice(0, 10).forEach(text => trees.used(text));
    assert.deepEqual(rested, []);
    trees.used(texts[0] ?? assert.fail());
    trees.used(texts[10] ?? assert.fail());
    assert.deepEqual(rested, ["1"]);
  });

  it("are few where texts are long, and the one in use stays however long it is", () => {
    const trees = new KeptTrees();
    const rested: string[] = [];
    trees.used(noting("small", 1, rested));
    trees.used(noting("long", 2_000_000, rested));
    assert.deepEqual(rested, ["small"]);
    trees.used(noting("next", 1, rested));
    assert.deepEqual(rested, ["small", "long"]);
  });

  it("are not counted for closed texts", () => {
    const trees = new KeptTrees();
    const rested: string[] = [];
    const long = noting("long", 2_000_000, rested);
    trees.used(long);
    trees.forget(long);
    trees.used(noting("next", 1, rested));
    assert.deepEqual(rested, []);
  });
});
