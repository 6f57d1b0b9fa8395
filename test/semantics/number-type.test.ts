import assert from "node:assert/strict";
import { createModel, numberTypeOf } from "#semantics";
import { isA, parseSource, walk } from "#syntax";

describe("numberTypeOf", () => {
  /** The type of an expression that a comprehension makes for each of `rows`. */
  function typeOf(element: string, clauses = "for row in rows", before = "pass"): string | null {
    const text = `import math\ndef f(n: int, rows):\n    ${before}\n    [${element} ${clauses}]\n`;
    const model = createModel(parseSource(text));
    const list = [...walk(model.module)].find(node => isA(node, "ListComprehension"));
    assert.ok(isA(list, "ListComprehension"), text);
    return numberTypeOf(list.element, model);
  }

  function check(expected: string | null, elements: readonly string[]): void {
    for (const element of elements) assert.equal(typeOf(element), expected, element);
  }

  it("knows literals and functions that give one number", () => {
    check("int", ["3", "0x10", "len(row)", "ord(row)", "math.floor(row)", "n", "-True"]);
    check("float", ["1.5", "1e3", "float(row)", "math.sqrt(row)"]);
    check("bool", ["True", "isinstance(row, n)", "not row", "row in rows", "row is not None"]);
    check(null, [
      "row",
      "1j",
      "None",
      "row.size",
      "sum(row)",
      "numpy.sqrt(row)",
      "'a'",
      "row == 1",
    ]);
  });

  it("follows operators as Python does", () => {
    check("float", ["len(row) / 2", "len(row) * 0.5", "-float(row)", "1 if row else 2.5"]);
    check("int", ["len(row) // 2", "len(row) + 1", "True + True", "abs(n)", "round(1.5)"]);
    check("bool", ["len(row) > 2", "1 < n < 3", "row in rows is None"]);
    check(null, ["n ** n", "n & 1", "row * 2", "2 * row", "row if row else 1", "abs(row)"]);
    check(null, ["round(1.5, n)", "row > 2", "round(row)"]);
  });

  it("knows what counts, and methods of text", () => {
    assert.equal(typeOf("i", "for i in range(n)"), "int");
    assert.equal(typeOf("i", "for i, row in enumerate(rows)"), "int");
    assert.equal(typeOf("row", "for i, row in enumerate(rows)"), null);
    assert.equal(typeOf("i", "for i in rows"), null);
    assert.equal(typeOf("'abc'.count(row)"), "int");
    assert.equal(typeOf("row.count(1)"), null);
    assert.equal(typeOf("'abc'.strip()"), null);
  });

  it("follows names to all that they are bound to", () => {
    assert.equal(typeOf("x", undefined, "x = n / 2"), "float");
    assert.equal(typeOf("x", undefined, "x = 1; x = 1.5"), "float");
    assert.equal(typeOf("x", undefined, "x = 1; x = rows"), null);
    assert.equal(typeOf("x", undefined, "x = 1; x += rows"), null);
    assert.equal(typeOf("x", undefined, "x, y = 1, 2"), null);
    assert.equal(typeOf("x", undefined, "x: float = rows"), "float");
    assert.equal(typeOf("x", undefined, "x = x + 1"), null);
    assert.equal(typeOf("x", undefined, "x = y = 1"), "int");
  });
});
