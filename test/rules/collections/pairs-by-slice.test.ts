import assert from "node:assert/strict";
import { analyze, applyFixes, type AnalyzerSettings } from "#analyzer";
import { parseSource } from "#syntax";

const imports = "import itertools\n\n\n";

/** What becomes of a function's only line when the oldest Python to run on is 3.`minor`. */
function check(line: string, minor: number, expected: string): void {
  const text = (body: string): string => `${imports}def f(rows: list):\n    return ${body}\n`;
  const settings: AnalyzerSettings = {
    select: ["MEM114"],
    ignore: [],
    severities: {},
    target: { minor },
  };
  const { findings } = analyze(parseSource(text(line)), settings);
  assert.equal(applyFixes(text(line), findings, { safety: "all" }).text, text(expected));
}

describe("pairs-by-slice", () => {
  it("writes pairwise where every Python of the project has it", () => {
    check("list(zip(rows, rows[1:]))", 10, "list(itertools.pairwise(rows))");
    check("list(zip(rows[:-1], rows[1:]))", 13, "list(itertools.pairwise(rows))");
  });

  it("writes islice where one may not, or where there are more than pairs", () => {
    check("list(zip(rows, rows[1:]))", 9, "list(zip(rows, itertools.islice(rows, 1, None)))");
    check(
      "list(zip(rows, rows[1:], rows[2:]))",
      10,
      "list(zip(rows, itertools.islice(rows, 1, None), itertools.islice(rows, 2, None)))",
    );
  });
});
