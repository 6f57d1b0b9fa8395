import assert from "node:assert/strict";
import { type Node, parseSource, walk } from "#syntax";

/** The text of each node of a kind. */
function check(text: string, kind: Node["kind"], expected: readonly string[]): void {
  const found = [...walk(parseSource(text).module)].filter(node => node.kind === kind);
  assert.deepEqual(
    found.map(({ span }) => text.slice(span.start, span.end)),
    expected,
  );
}

describe("spans", () => {
  it("end compound statements with their last statement", () => {
    const text = "def f():\n    if x:\n        y = 1\n\n    # after\n\n\nz = 2\n";
    check(text, "FunctionDef", ["def f():\n    if x:\n        y = 1"]);
    check(text, "If", ["if x:\n        y = 1"]);
    check("with a:\n    b\n\nc\n", "With", ["with a:\n    b"]);
    check("try:\n    a\nfinally:\n    b\n\n\nc\n", "Try", ["try:\n    a\nfinally:\n    b"]);
    check("for a in b:\n    c\nelse:\n    d\n\ne\n", "For", ["for a in b:\n    c\nelse:\n    d"]);
  });

  it("begin a definition at its first decorator", () => {
    check("@a\n@b(c)\ndef f(): pass\n", "FunctionDef", ["@a\n@b(c)\ndef f(): pass"]);
  });

  it("leave parentheses out, but not those inside", () => {
    check("x = (a + (b))\n", "Binary", ["a + (b)"]);
    check("x = (a).b\n", "Attribute", ["(a).b"]);
    check("sum(x for x in y)\n", "Generator", ["(x for x in y)"]);
    check("x = (a, b)\n", "Tuple", ["(a, b)"]);
  });

  it("hold the braces of f-strings, whatever stands in them", () => {
    check('f"{a!r:>{w}} {{b}} {c=}"\n', "Name", ["a", "w", "c"]);
    check("f'{d[\"k\"]}' rf'\\{e}' f'\\N{DASH}{g}'\n", "Name", ["d", "e", "g"]);
    check('f"{f"{x}"}" + y\n', "Name", ["x", "y"]);
    check("f'''{\n  a  # why\n}'''\n", "Name", ["a"]);
    check("f'{x!r}' f'{y != z}' f'{lambda: 1}'\n", "Name", ["x", "y", "z"]);
  });

  it("stay inside a text whose braces hold nothing that can be read", () => {
    const { module } = parseSource("x = 1\nf'{return a}'\n");
    const places = [...walk(module)]
      .filter(({ kind }) => kind === "Unknown")
      .map(({ span }) => [span.start, span.end]);
    assert.deepEqual(places, [[9, 9]]);
  });

  it("tell soft keywords from names", () => {
    check("match(x)\nmatch = 1\nmatch[a]\n", "Match", []);
    check("match x:\n    case [a, b.c, D(e=f)] if g: pass\n", "MatchCase", [
      "case [a, b.c, D(e=f)] if g: pass",
    ]);
    check("type = 1\ntype(x)\n", "TypeAlias", []);
    check("type A[T] = list[T]\n", "TypeAlias", ["type A[T] = list[T]"]);
  });
});
