import assert from "node:assert/strict";
import { followLines } from "../../src/extension/findings/moved-lines";

describe("lines of a changed text", () => {
  check("stay when nothing changed", "a\nb", "a\nb", [1, 2]);
  check("move down under a new line", "a\nb\nc", "a\nnew\nb\nc", [1, null, 2, 3]);
  check("move up when one is deleted", "a\nb\nc", "a\nc", [1, 3]);
  check("are new where they were edited", "a\nb\nc", "a\nB\nc", [1, null, 3]);
  check("are told apart among equal ones", "a\na", "a\na\na", [1, 2, null]);
  check("are all new in another text", "a\nb", "c", [null]);

  function check(
    title: string,
    before: string,
    after: string,
    expected: readonly (number | null)[],
  ) {
    it(title, () => {
      const follow = followLines(before, after);
      const lines = after.split("\n").map((_, index) => follow(index + 1));
      assert.deepEqual(lines, expected);
    });
  }
});
