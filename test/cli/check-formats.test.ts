import assert from "node:assert/strict";
import type { Log } from "sarif";
import { sarifProblems } from "../support/sarif-schema";
import { type CheckFolder, checkFolder } from "./run-check";

const message = "`sum` reads this list once; a generator holds one element at a time";

describe("check --format", () => {
  let folder: CheckFolder;
  before(() => {
    folder = checkFolder();
    folder.write({
      "my code.py": "n = sum([x for x in y])\n",
      "b.py": "ok = all([\n    f(x)\n    for x in y\n])\n",
    });
  });
  after(() => folder.remove());
  const run = (format: string, ...paths: readonly string[]) =>
    folder.run("--select", "MEM101", "--format", format, ...paths);

  it("json is an array in Ruff's shape", async () => {
    const { code, out, err } = await run("json", ".");
    assert.deepEqual([code, err], [1, ""]);
    const [review, safe] = JSON.parse(out) as Record<string, unknown>[];
    assert.deepEqual(safe, {
      cell: null,
      code: "MEM101",
      name: "list-built-for-reduction",
      filename: "ROOT/my code.py",
      location: { row: 1, column: 9 },
      end_location: { row: 1, column: 23 },
      message,
      severity: "warning",
      url: "file://ROOT/.dist/rules/list-built-for-reduction.md",
      fix: {
        applicability: "safe",
        message: "Pass a generator",
        edits: [
          { content: "", location: { row: 1, column: 9 }, end_location: { row: 1, column: 10 } },
          { content: "", location: { row: 1, column: 22 }, end_location: { row: 1, column: 23 } },
        ],
      },
    });
    assert.deepEqual(review?.["end_location"], { row: 4, column: 2 });
    assert.equal((review["fix"] as { applicability: string }).applicability, "unsafe");
  });

  it("json is an empty array without findings", async () => {
    folder.write({ "fine/a.py": "" });
    assert.deepEqual(await run("json", "fine"), { code: 0, out: "[]\n", err: "" });
  });

  it("github writes workflow commands, escaped, with columns only within a line", async () => {
    folder.write({ "odd/a,b:100%.py": "n = sum([x for x in y])\n" });
    const { out } = await run("github", ".");
    const [multiline, spaced, odd] = out.trimEnd().split("\n");
    const title = "title=MEM101 list-built-for-reduction";
    assert.match(multiline ?? "", /^::warning title=[^,]*,file=b\.py,line=1,endLine=4::b\.py:1:10/);
    assert.equal(
      spaced,
      `::warning ${title},file=my code.py,line=1,endLine=1,col=9,endColumn=23` +
        `::my code.py:1:9: MEM101 ${message}`,
    );
    assert.match(odd ?? "", /file=odd\/a%2Cb%3A100%25\.py,.*::odd\/a,b:100%25\.py:1:9/);
  });

  it("sarif is a log of version 2.1.0 with rules, relative places and fixes", async () => {
    const { out } = await run("sarif", "b.py", "my code.py");
    const log = JSON.parse(out) as Log;
    assert.equal(log.version, "2.1.0");
    const [sarifRun] = log.runs;
    assert.ok(sarifRun?.results);
    const { driver } = sarifRun.tool;
    assert.deepEqual([driver.name, driver.semanticVersion], ["memory-insights", "1.2.3"]);
    assert.deepEqual(
      driver.rules?.map(rule => rule.id),
      ["MEM101"],
    );
    assert.equal(sarifRun.columnKind, "unicodeCodePoints");
    assert.deepEqual(sarifRun.originalUriBaseIds, { ROOT: { uri: "file://ROOT/" } });
    const [, spaced] = sarifRun.results;
    assert.deepEqual(spaced, {
      ruleId: "MEM101",
      ruleIndex: 0,
      level: "warning",
      message: { text: message },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "my%20code.py", uriBaseId: "ROOT" },
            region: { startLine: 1, startColumn: 9, endLine: 1, endColumn: 23 },
          },
        },
      ],
      fixes: [
        {
          description: { text: "Pass a generator" },
          artifactChanges: [
            {
              artifactLocation: { uri: "my%20code.py", uriBaseId: "ROOT" },
              replacements: [
                {
                  deletedRegion: { startLine: 1, startColumn: 9, endLine: 1, endColumn: 10 },
                  insertedContent: { text: "" },
                },
                {
                  deletedRegion: { startLine: 1, startColumn: 22, endLine: 1, endColumn: 23 },
                  insertedContent: { text: "" },
                },
              ],
            },
          ],
        },
      ],
    });
  });

  it("sarif of nothing is a log with no results", async () => {
    const log = JSON.parse((await run("sarif", "fine")).out) as Log;
    assert.deepEqual(log.runs[0]?.results, []);
  });
});

describe("check --format sarif", () => {
  let folder: CheckFolder;
  before(() => {
    folder = checkFolder();
    const cell = { cell_type: "code", source: ["n = sum([x for x in y])"] };
    folder.write({
      "my code.py": "n = sum([x for x in y])\nm = 1  # memory: ignore[MEM101]\n",
      "deep/é.py": "def f(a=[]):\n    a.append(1)\n    return a\n",
      "b.ipynb": JSON.stringify({ cells: [cell], metadata: {} }),
    });
  });
  after(() => folder.remove());

  it("keeps to the official schema", async () => {
    const { out } = await folder.run("--select", "ALL", "--format", "sarif", ".");
    const log = JSON.parse(out) as Log;
    const codes = log.runs[0]?.results?.map(({ ruleId }) => ruleId);
    for (const code of ["MEM000", "MEM101", "MEM301"]) assert.ok(codes?.includes(code), code);
    assert.deepEqual(sarifProblems(log), []);
    const empty = await folder.run("--select", "MEM602", "--format", "sarif", ".");
    assert.deepEqual(sarifProblems(JSON.parse(empty.out)), []);
  });

  it("is held to the schema by a check that can fail", () => {
    assert.match(sarifProblems({ version: "2.1.0" }).join(), /must have required property 'runs'/);
    const run = { tool: { driver: { name: "x" } }, results: [{ level: "loud", message: {} }] };
    assert.notDeepEqual(sarifProblems({ version: "2.1.0", runs: [run] }), []);
  });
});
