import assert from "node:assert/strict";
import * as fc from "fast-check";
import { RangeIndex } from "../../src/analyzer/range-index";

describe("an index of ranges", () => {
  it("finds what holds a line, as looking at each does", () => {
    const range = fc.tuple(fc.nat(40), fc.nat(40)).map(([a, b]) => ({
      first: Math.min(a, b),
      last: Math.max(a, b),
    }));
    fc.assert(
      fc.property(fc.array(range, { maxLength: 12 }), ranges => {
        const index = new RangeIndex<number>();
        ranges.forEach((each, number) => index.add(each, number));
        for (let line = 0; line <= 42; line++) {
          const holding = ranges.flatMap((each, number) =>
            each.first <= line && line <= each.last ? [number] : [],
          );
          const found = [...index.at(line)].sort((a, b) => a - b);
          assert.deepEqual(found, holding, `line ${line}`);
        }
      }),
    );
  });

  it("holds nothing for a range without lines", () => {
    const index = new RangeIndex<string>();
    index.add({ first: 3, last: 2 }, "none");
    assert.deepEqual(index.at(2).concat(index.at(3)), []);
  });
});
