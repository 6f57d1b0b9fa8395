import assert from "node:assert/strict";
import * as fc from "fast-check";
import { fixCells, readNotebook, writeNotebook } from "#analyzer";
import { settingsWith } from "./places";

/** A notebook's text, written with an indent as the usual tools do. */
function notebook(cells: readonly object[], indent: number | string = 1): string {
  return `${JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }, null, indent)}\n`;
}

const code = (...source: readonly string[]) => ({ cell_type: "code", outputs: [], source });

function open(text: string) {
  const file = readNotebook(text);
  assert.ok(typeof file !== "string", "is a notebook");
  return file;
}

/** What a write changes, as a pair of the differing middles. */
function difference(before: string, after: string): readonly [string, string] {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before.at(-1 - end) === after.at(-1 - end)) end++;
  return [before.slice(start, before.length - end), after.slice(start, after.length - end)];
}

describe("a notebook file", () => {
  it("gives its code cells with their numbers among all", () => {
    const text = notebook([
      { cell_type: "markdown", source: ["# sum([x for x in y])"] },
      code("a = 1\n", "b = 2"),
      { cell_type: "code", source: "c = '\u00e9'\n" },
      { cell_type: "raw", source: "raw" },
      code(),
    ]);
    assert.deepEqual(
      open(text).cells.map(({ number, source }) => [number, source]),
      [
        [2, "a = 1\nb = 2"],
        [3, "c = '\u00e9'\n"],
        [5, ""],
      ],
    );
  });

  it("is Python unless it says otherwise", () => {
    const languages = (metadata: object) => open(JSON.stringify({ cells: [], metadata })).isPython;
    assert.ok(languages({}) && languages({ kernelspec: { language: "python" } }));
    assert.ok(languages({ language_info: { name: "ipython" } }));
    assert.ok(!languages({ kernelspec: { language: "julia" } }));
    assert.ok(!languages({ language_info: { name: "R" }, kernelspec: { language: "python" } }));
  });

  for (const [text, expected] of [
    ["{", /not JSON/],
    ["[]", /format 4/],
    ['{"worksheets": []}', /format 4/],
    ['{"cells": {}}', /format 4/],
  ] as const) {
    it(`is none: ${text}`, () => {
      const problem = readNotebook(text);
      assert.match(typeof problem === "string" ? problem : "none", expected);
    });
  }

  const writings: readonly (readonly [what: string, text: string])[] = [
    ["an indent of one", notebook([code("a = 1\n", "b = 2\n", "c = 3")])],
    ["tabs", notebook([code("a = 1\n", "b = 2\n", "c = 3")], "\t")],
    ["one line", JSON.stringify({ cells: [code("a = 1\n", "b = 2\n", "c = 3")] })],
    ["one string", notebook([{ cell_type: "code", source: "a = 1\nb = 2\nc = 3" }])],
    [
      "another order of keys",
      '{"nbformat":4, "cells" : [ {"source":["a = 1\\n" , "b = 2\\n" ,\n"c = 3"],"cell_type":"code"} ] }',
    ],
  ];
  for (const [what, text] of writings) {
    it(`keeps ${what}`, () => {
      const file = open(text);
      assert.deepEqual(difference(text, writeNotebook(file, ["a = 1\nb = 7\nc = 3"])), ["2", "7"]);
      assert.equal(writeNotebook(file, ["a = 1\nb = 2\nc = 3"]), text);
      for (const source of [
        "a = 1\nc = 3",
        "a = 1\nnew\nb = 2\nc = 3",
        "",
        "x\n",
        "b = 2\nmore\nstill more\n",
      ]) {
        assert.deepEqual(
          open(writeNotebook(file, [source])).cells.map(cell => cell.source),
          [source],
        );
      }
    });
  }

  it("writes new lines as those beside them stand", () => {
    const text = notebook([code("a = 1\n", "b = 2")]);
    assert.equal(
      writeNotebook(open(text), ["a = 1\nx = 0\nb = 2"]),
      notebook([code("a = 1\n", "x = 0\n", "b = 2")]),
    );
    assert.equal(writeNotebook(open(text), ["b = 2"]), notebook([code("b = 2")]));
  });

  it("keeps escapes as they were, also within a line that changes", () => {
    const source = String.raw`"s = '\u00e9\u00E9 é \/ \t'; n = [1]"`;
    const text = `{"cells": [{"cell_type": "code", "source": [${source}]}]}`;
    const file = open(text);
    const [before = ""] = file.cells.map(cell => cell.source);
    assert.deepEqual(difference(text, writeNotebook(file, [before.replace("[1]", "(1)")])), [
      "[1]",
      "(1)",
    ]);
  });

  it("writes new characters beyond ASCII as the cell does", () => {
    const escaped = String.raw`{"cells": [{"cell_type": "code", "source": ["s = '\u00e9'\n", "t = 1"]}]}`;
    assert.ok(writeNotebook(open(escaped), ["s = 'é'\nt = 'ü'"]).includes(String.raw`'\u00fc'`));
    const raw = escaped.replace(String.raw`\u00e9`, "é");
    assert.ok(writeNotebook(open(raw), ["s = 'é'\nt = 'ü'"]).includes("'ü'"));
  });

  it("gives back whatever is written into it", () => {
    const lines = fc.array(fc.string({ unit: "binary", maxLength: 8 }), { maxLength: 5 });
    const sources = fc.tuple(lines, lines).map(([a, b]) => [a.join("\n"), b.join("\n")] as const);
    fc.assert(
      fc.property(sources, fc.constantFrom(1, 4, "\t", undefined), ([before, after], indent) => {
        const list = before.match(/[^\n]*\n|[^\n]+$/g) ?? [];
        const text = notebook([code(...list), code("z")], indent);
        const written = writeNotebook(open(text), [after, "z"]);
        assert.deepEqual(
          open(written).cells.map(({ source }) => source),
          [after, "z"],
        );
        assert.equal(writeNotebook(open(written), [after, "z"]), written);
      }),
      { numRuns: 300 },
    );
  });

  it("does not take deep nesting for a recursion", () => {
    const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
    const text = `{"cells": [{"cell_type": "code", "source": "a", "metadata": ${deep}}]}`;
    const file = readNotebook(text);
    if (typeof file !== "string") assert.equal(file.cells[0]?.source, "a");
  });
});

describe("fixes of a notebook", () => {
  const settings = settingsWith({ select: ["MEM101"] });
  const fix = (...sources: readonly string[]) => fixCells(sources, settings, { safety: "safe" });

  it("go into their cells", () => {
    const { sources, count } = fix(
      "%matplotlib inline\nn = sum([x for x in y])",
      "k = 1",
      "m = max([x for x in y])\n",
    );
    assert.equal(count, 2);
    assert.deepEqual(sources, [
      "%matplotlib inline\nn = sum(x for x in y)",
      "k = 1",
      "m = max(x for x in y)\n",
    ]);
  });

  it("leave magics alone, and cells that belong to other programs", () => {
    const sources = ["%%bash\nn = sum([x for x in y])", "%timeit sum([x for x in y])", "!ls"];
    assert.deepEqual(fix(...sources), { sources, count: 0 });
  });

  it("know what an earlier cell defines", () => {
    const sources = ["def sum(a):\n    return a", "n = sum([x for x in y])"];
    assert.deepEqual(fix(...sources), { sources, count: 0 });
  });
});
