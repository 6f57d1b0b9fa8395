import assert from "node:assert/strict";
import fc from "fast-check";
import { applyEdits } from "#base";
import { editSource, type Node, parseSource, walk } from "#syntax";

describe("an edited document", () => {
  const piece = fc.constantFrom(
    ..."()[]{}:,='\"#\\\n\r\t é😀".split(""),
    "def f(a=[]):\n    pass\n",
    "for x in y:\n    z.append(x)\n",
    "x = [i for i in z]\n",
    "class A:\n    def g(self):\n        return 1\n",
    '"""',
    "    ",
    "f'{a}'",
    "async ",
    "return ",
  );
  const text = fc.array(piece, { maxLength: 30 }).map(parts => parts.join(""));

  it("is the same as if it had been parsed from scratch", () => {
    const edits = fc.array(fc.tuple(fc.nat(200), fc.nat(8), text), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(text, edits, (start, changes) => {
        let file = parseSource(start);
        let expected = start;
        for (const [at, removed, inserted] of changes) {
          const from = Math.min(at, expected.length);
          const span = { start: from, end: Math.min(from + removed, expected.length) };
          file = editSource(file, [{ span, text: inserted }]);
          expected = applyEdits(expected, [{ span, text: inserted }]);
        }
        assert.equal(file.text, expected);
        assert.deepEqual(shapeOf(file.module), shapeOf(parseSource(expected).module));
      }),
      { numRuns: 300 },
    );
  });

  it("keeps every node inside its holder, and every span inside the text", () => {
    fc.assert(
      fc.property(text, source => {
        for (const node of walk(parseSource(source).module)) {
          assert.ok(node.span.start <= node.span.end && node.span.end <= source.length);
          for (const child of node.children) assert.equal(child.parent, node);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("parses very deep nesting and very long lines", () => {
    const deep = `x = ${"(".repeat(10_000)}1${")".repeat(10_000)}\n`;
    const long = `y = ${"1 + ".repeat(100_000)}1\n`;
    const nested = `z = ${"[".repeat(10_000)}${"]".repeat(10_000)}\n`;
    assert.equal(parseSource(deep + long + nested).errors.length, 0);
    const formatted = `s = ${'f"{'.repeat(10_000)}1${'}"'.repeat(10_000)}\n`;
    const blocks = Array.from({ length: 2_000 }, (_, i) => `${" ".repeat(i)}if x:\n`).join("");
    const chain = `a = ${"not ".repeat(10_000)}1 ${"if b else 2 ".repeat(10_000)}\n`;
    const powers = `b = ${"2 ** ".repeat(10_000)}1\nc = ${"await ".repeat(10_000)}d\n`;
    assert.equal(parseSource(formatted + chain + powers + blocks).module.kind, "Module");
  });
});

function shapeOf(module: Node): string[] {
  return [...walk(module)].map(
    node => `${node.kind} ${node.span.start}-${node.span.end}${node.isBroken ? " broken" : ""}`,
  );
}
