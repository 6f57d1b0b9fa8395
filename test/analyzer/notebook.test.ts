import assert from "node:assert/strict";
import { joinCells, readCell } from "#analyzer";

describe("cells of a notebook", () => {
  const cases: readonly [title: string, source: string, text: string][] = [
    ["Python stays", "x = 1\nif x % 2:\n    pass\n", "x = 1\nif x % 2:\n    pass\n"],
    ["a magic", "%matplotlib inline\nx = 1", "_                 \nx = 1"],
    ["the shortest magic", "%a", "_ "],
    ["an indented magic", "if x:\n    %cd ..\n", "if x:\n    _     \n"],
    ["a shell line", "!ls *.csv\n", "_        \n"],
    ["an assigned shell line", "files = !ls *.csv\n", "files = _        \n"],
    ["an assigned magic", "a, b = %sql select\n", "a, b = _          \n"],
    ["a question", "pd.DataFrame?\n?x\nx??", "_            \n_ \n_  "],
    ["a magic of two lines", "!ls \\\n -l\nx", "_    \n   \nx"],
    ["a cell magic over Python", "%%time\nx = 1\n", "_     \nx = 1\n"],
    ["a cell magic over something else", "%%bash\nls $x\r\n", "_     \n     \r\n"],
    ["an operator in brackets", "x = (a\n% b)\n", "x = (a\n% b)\n"],
    ["an operator after a backslash", "x = a \\\n% b\n%cd", "x = a \\\n% b\n_  "],
    ["a string of several lines", 's = """\n!ls\n"""\n!ls', 's = """\n!ls\n"""\n_  '],
    ["quotes in a string", "s = \"'''\"\n%cd", "s = \"'''\"\n_  "],
    ["escaped quotes", "s = '\\''\n%cd", "s = '\\''\n_  "],
    ["a bracket in a comment", "x # (\n%cd", "x # (\n_  "],
    ["a comment that ends in a backslash", "x # \\\n%cd", "x # \\\n_  "],
    ["nothing", "", ""],
  ];
  for (const [title, source, text] of cases) {
    it(`keep their length: ${title}`, () => assert.equal(readCell(source).text, text));
  }

  it("say what was replaced", () => {
    assert.deepEqual(readCell("x = 1\n%cd a\ny = !ls").magics, [
      { start: 6, end: 11 },
      { start: 16, end: 19 },
    ]);
  });

  it("are one text, each with its place", () => {
    assert.deepEqual(joinCells([readCell("a"), readCell(""), readCell("!b")]), {
      text: "a\n\n_ \n",
      starts: [0, 2, 3],
      magics: [{ start: 3, end: 5 }],
    });
  });
});
