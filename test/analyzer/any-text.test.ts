import assert from "node:assert/strict";
import fc from "fast-check";
import { analyzeText, defaultSettings, fixText, openText } from "#analyzer";
import { applyEdits } from "#base";

/** Pieces that Python is made of, whole and torn, so that random texts reach deep into the rules. */
const pieces = [
  ...[
    "def f(x, y=[]):\n    ",
    "class A:\n    ",
    "    ",
    "\n",
    "\n    ",
    "\t",
    "\r\n",
    "return ",
    "for x in y:\n        ",
  ],
  ...[
    "sum([x for x in y])",
    "any([f(x) for x in y])",
    "s = s + x",
    "s += 'a'",
    "open('a').read()",
    "gc.disable()\n",
  ],
  ...[
    "import gc\n",
    "import numpy as np\n",
    "from functools import lru_cache\n",
    "@lru_cache\n",
    "cache[x] = y\n",
    "cache = {}\n",
  ],
  ...[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "=",
    ".",
    "'",
    '"',
    '"""',
    "'''",
    "\\",
    "#",
    "# memory: ignore[MEM101]\n",
  ],
  ...[
    "lambda: ",
    "await ",
    "yield ",
    "async ",
    "with ",
    "try:\n    ",
    "except:\n    ",
    "\u{1f40d}",
    "é",
    "\0",
    "\ufeff",
    "f'{",
    "}'",
  ],
];
const python = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map(parts => parts.join(""));
const anyText = fc.oneof(python, fc.string({ unit: "binary", maxLength: 200 }));

describe("any text", () => {
  it("gives findings inside the text, in order, and no error", function () {
    this.timeout(120_000);
    fc.assert(
      fc.property(anyText, text => {
        const { findings } = analyzeText(text, defaultSettings);
        let last = 0;
        for (const { span, fix, related, allocations, functionSpan } of findings) {
          const spans = [
            span,
            ...(fix?.edits ?? []).map(edit => edit.span),
            ...(related ?? []).map(place => place.span),
            ...(allocations ?? []),
            ...(functionSpan ? [functionSpan] : []),
          ];
          for (const { start, end } of spans) {
            assert.ok(0 <= start && start <= end && end <= text.length, `${start}-${end}`);
          }
          assert.ok(last <= span.start);
          last = span.start;
        }
      }),
      { numRuns: 1500 },
    );
  });

  it("is mended without an error, and the same when mended again", function () {
    this.timeout(120_000);
    const fix = (text: string) => fixText(text, defaultSettings, { safety: "all" }).text;
    fc.assert(
      fc.property(python, text => {
        const fixed = fix(text);
        assert.equal(fix(fixed), fixed);
        if (!analyzeText(text, defaultSettings).isBroken) {
          assert.ok(!analyzeText(fixed, defaultSettings).isBroken);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("gives the same findings after edits as from scratch", function () {
    this.timeout(120_000);
    const edit = fc.record({ at: fc.nat(), length: fc.nat({ max: 12 }), text: python });
    fc.assert(
      fc.property(python, fc.array(edit, { maxLength: 6 }), (text, edits) => {
        const open = openText(text);
        let current = text;
        for (const { at, length, text: inserted } of edits) {
          const start = at % (current.length + 1);
          const span = { start, end: Math.min(current.length, start + length) };
          open.edit([{ span, text: inserted }]);
          current = applyEdits(current, [{ span, text: inserted }]);
          assert.equal(open.text, current);
          assert.deepEqual(open.analyze(defaultSettings), analyzeText(current, defaultSettings));
        }
      }),
      { numRuns: 500 },
    );
  });
});
