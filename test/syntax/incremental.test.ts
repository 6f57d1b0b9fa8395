import assert from "node:assert/strict";
import fc from "fast-check";
import { applyEdits } from "#base";
import { editSource, parseSource, type SourceFile, walk } from "#syntax";
import { pythonFiles } from "../support/python-files";

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
          file = editSource(file, [{ span, text: inserted }]).file;
          expected = applyEdits(expected, [{ span, text: inserted }]);
        }
        assert.equal(file.slice(3, 40), expected.slice(3, 40));
        assert.equal(file.text, expected);
        assert.deepEqual(shapeOf(file), shapeOf(parseSource(expected)));
      }),
      { numRuns: 300 },
    );
  });

  it("is the same after edits all over real files, and mostly reads a part of them", () => {
    let [wholes, parts] = [0, 0];
    const place = fc.double({ min: 0, max: 1, noNaN: true });
    const edits = fc.array(fc.tuple(place, fc.nat(40), text), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(fc.constantFrom(...pythonFiles()), edits, (start, changes) => {
        let file = parseSource(start);
        for (const [where, removed, inserted] of changes) {
          const from = Math.floor(where * file.text.length);
          const span = { start: from, end: Math.min(from + removed, file.text.length) };
          const back = file.text.slice(span.start, span.end);
          const edited = { start: from, end: from + inserted.length };
          for (const edit of [
            { span, text: inserted },
            { span: edited, text: back },
          ]) {
            const { file: next, changed } = editSource(file, [edit]);
            if (changed) parts++;
            else wholes++;
            file = next;
            assert.deepEqual(shapeOf(file), shapeOf(parseSource(file.text)));
          }
        }
      }),
      { numRuns: 100 },
    );
    // Most of the pieces open something or stand at a line's start, where they end a function.
    assert.ok(parts > wholes / 4, `${parts} edits read a part, ${wholes} all`);
  });

  it("keeps no segment of statements that went", () => {
    const at = "x = 1\n".length;
    const start = "x = 1\ny = 2\n";
    for (const text of ["z = 3\n", "def f():\n    pass\n", "class A:\n    b = 1\n", "z = (\n"]) {
      const typed = { span: { start: at, end: at }, text };
      const deleted = { span: { start: at, end: at + text.length }, text: "" };
      const { file } = editSource(editSource(parseSource(start), [typed]).file, [deleted]);
      assert.equal(file.text, start);
      assert.equal(file.segments.length, 2, text);
    }
    const all = { span: { start: 0, end: start.length }, text: "" };
    assert.equal(editSource(parseSource(start), [all]).file.segments.length, 1);
  });

  it("keeps every node inside its holder, and every span inside the text", () => {
    fc.assert(
      fc.property(text, source => {
        for (const node of walk(parseSource(source).module)) {
          assert.ok(node.span.start <= node.span.end && node.span.end <= source.length);
          for (const child of node.children) {
            assert.equal(child.parent, node);
            const { start, end } = child.span;
            assert.ok(node.isBroken || (node.span.start <= start && end <= node.span.end));
          }
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

/** Everything that a file tells, with places. */
function shapeOf({ module, errors, comments, lines }: SourceFile): string[] {
  return [
    ...[...walk(module)].map(
      node => `${node.kind} ${node.span.start}-${node.span.end}${node.isBroken ? " broken" : ""}`,
    ),
    ...errors.map(span => `error ${span.start}-${span.end}`),
    ...comments.map(({ span, text }) => `comment ${span.start}-${span.end} ${text}`),
    `lines ${lines.starts.join(" ")}`,
  ];
}
