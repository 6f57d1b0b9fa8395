import assert from "node:assert/strict";
import fc from "fast-check";
import { analyzeText, openText } from "#analyzer";
import type { Edit } from "#base";
import { parseSource } from "#syntax";
import { decodePython } from "../../src/cli/python-text";
import { allRules, checkEdits, checkFixes, checkSpans } from "../fuzz/checks";
import { mutate, mutateBytes, someEdit } from "../fuzz/mutations";
import { farReaching, pieces } from "../fuzz/pieces";
import { pythonFiles } from "../support/python-files";
import { randomNumbers } from "../support/random";

const python = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map(parts => parts.join(""));
const anyText = fc.oneof(python, fc.string({ unit: "binary", maxLength: 200 }));
const seed = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const someFile = fc.constantFrom(...pythonFiles());

/** A stretch of a real file that begins at a statement of the module. */
const realCode = fc.tuple(someFile, fc.nat(), fc.nat({ max: 3000 })).map(([text, from, length]) => {
  const start = /^\S/m.exec(text.slice(from % text.length))?.index ?? 0;
  return text.slice((from % text.length) + start).slice(0, length);
});

function checkAll(text: string): void {
  const analysis = analyzeText(text, allRules);
  checkSpans(text, analysis);
  checkFixes(text, analysis);
}

describe("any text", function () {
  this.timeout(120_000);

  it("gives findings inside the text, and fixes that keep it Python", () => {
    fc.assert(fc.property(anyText, checkAll), { numRuns: 1500 });
  });

  it("does so when it is real code with something wrong in it", () => {
    fc.assert(
      fc.property(realCode, realCode, seed, (text, other, from) => {
        checkAll(mutate(text, other, randomNumbers(from)));
      }),
      { numRuns: 1000 },
    );
  });

  it("does so when it comes from bytes, whatever they are", () => {
    const torn = fc.tuple(realCode, seed).map(([text, from]) => {
      return mutateBytes(Buffer.from(text, "utf8"), randomNumbers(from));
    });
    const declared = fc.constantFrom("utf-8", "latin-1", "cp1252", "shift_jis", "utf-16", "rot13");
    const withHead = fc
      .tuple(declared, fc.uint8Array({ maxLength: 300 }))
      .map(([name, bytes]) => Buffer.concat([Buffer.from(`# coding: ${name}\n`), bytes]));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), torn, withHead), bytes => {
        const decoded = decodePython(bytes);
        if (decoded.kind === "problem") return;
        checkAll(decoded.text);
        const encoded = decoded.encode(decoded.text);
        if (decoded.encoding === "utf-8") assert.deepEqual(encoded, Buffer.from(bytes));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("a text that is edited", function () {
  this.timeout(120_000);

  it("gives the same findings as from scratch", () => {
    const edit = fc.record({
      at: fc.nat(),
      length: fc.nat({ max: 12 }),
      text: fc.oneof(python, fc.constantFrom(...farReaching)),
    });
    fc.assert(
      fc.property(fc.oneof(python, realCode), fc.array(edit, { maxLength: 6 }), (text, wanted) => {
        let { length } = text;
        const edits = wanted.map(({ at, length: removed, text: inserted }): Edit => {
          const start = at % (length + 1);
          const end = Math.min(length, start + removed);
          length += inserted.length - (end - start);
          return { span: { start, end }, text: inserted };
        });
        checkEdits(text, edits);
      }),
      { numRuns: 500 },
    );
  });

  it("does so over whole real files, and mostly reads a part of them", () => {
    fc.assert(
      fc.property(someFile, seed, (text, from) => {
        const random = randomNumbers(from);
        const edits = Array.from({ length: 4 }, () => someEdit(text, random));
        checkEdits(
          text,
          edits.flatMap(edit => [edit, back(text, edit)]),
        );
      }),
      { numRuns: 40 },
    );
  });

  /** What the fuzzer found: the text before, and what is put out of it or into it at `|`. */
  const found: readonly (readonly [what: string, text: string, removed: string, put: string])[] = [
    [
      "a joined line with a comment behind it",
      "class A:\n    a = 1\n|    # b\n    c = 2\n",
      "   ",
      "\\\n",
    ],
    [
      "a string closed after a function",
      'def f(a):\n    return sum([x for x in a])\n|"""b\nc\n',
      '"""',
      "",
    ],
    ["a line above one that a message names", "|a = {}\ndef f(b):\n    a[b] = b\n", "", "c\n"],
    [
      "another line end than that of a fix",
      "|def f(p):\n    for q in p:\n        a = q.read_text()\n        b = a.split()\n",
      "",
      "\r\n",
    ],
    [
      "a bracket opened above a function",
      "|a = 1\ndef f(a):\n    return sum([x for x in a])\n",
      "",
      "(",
    ],
  ];
  for (const [what, marked, removed, put] of found) {
    it(`gives the same findings after ${what}`, () => {
      const start = marked.indexOf("|");
      const text = marked.replace("|", "");
      checkEdits(text, [{ span: { start, end: start + removed.length }, text: put }]);
    });
  }

  it("keeps the findings of a function while a string is open below it", () => {
    const open = openText("def f(a):\n    return sum([x for x in a])\n");
    open.edit([{ span: { start: open.text.length, end: open.text.length }, text: '"""b\n' }]);
    assert.deepEqual(
      open.analyze(allRules).findings.map(({ code }) => code),
      ["MEM101"],
    );
    assert.equal(parseSource(open.text).errors.length, 1);
  });
});

function back(text: string, { span, text: inserted }: Edit): Edit {
  const { start, end } = span;
  return { span: { start, end: start + inserted.length }, text: text.slice(start, end) };
}
