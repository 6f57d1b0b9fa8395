import assert from "node:assert/strict";
import { analyze } from "#analyzer";
import { parseSource, walk } from "#syntax";
import { allRules } from "../fuzz/checks";
import { nestedShapes, wideShapes } from "../fuzz/shapes";

/** What of a node is looked at when somebody goes over it. */
const looks = ["kind", "span", "parent", "children"] as const;

/** How often the analyzer looks at a part of the tree: the same number on every machine. */
function looksTaken(text: string): number {
  const file = parseSource(text);
  let count = 0;
  for (const node of [...walk(file.module)]) {
    for (const part of looks) {
      const value: unknown = node[part];
      Object.defineProperty(node, part, {
        get() {
          count++;
          return value;
        },
      });
    }
  }
  analyze(file, allRules);
  return count;
}

/** Twice the text may take twice the looks, and a little more; the square would be four times. */
const mostTimes = 2.7;

/** Where rules give up on a name that is used more often than people do: from there on. */
const provenFrom: ReadonlyMap<string, number> = new Map([["one list built by loops", 1000]]);

describe("the analyzer's work", function () {
  this.timeout(120_000);

  for (const shape of [...nestedShapes, ...wideShapes]) {
    // Real files are many pieces in one, and the other shapes tell more of less.
    if (shape.largest < 1000) continue;
    it(`grows with the text: ${shape.name}`, () => {
      const pieces = provenFrom.get(shape.name) ?? (shape.isNested ? 400 : 250);
      const [once, twice] = [looksTaken(shape.write(pieces)), looksTaken(shape.write(2 * pieces))];
      const times = twice / once;
      assert.ok(times < mostTimes, `${times.toFixed(1)} times for twice the text: ${twice} looks`);
    });
  }

  it("needs no deep stack, however deep the code nests", () => {
    for (const { name, write, largest } of nestedShapes) {
      assert.doesNotThrow(() => analyze(parseSource(write(largest / 2)), allRules), name);
    }
  });
});
