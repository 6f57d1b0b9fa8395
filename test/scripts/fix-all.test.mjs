import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { countOutcomes, differences, stableOutcomes } from "../../scripts/fix-all/outcomes.mjs";
import { tableOf } from "../../scripts/fix-all/page.mjs";
import { changedFiles, digestsOf, parsedBy } from "../../scripts/fix-all/tree.mjs";
import { findPython } from "../../scripts/python.mjs";

describe("outcomes of a suite", () => {
  it("are compared test by test, also where one was not run", () => {
    const before = { a: "passed", b: "failed", c: "passed", d: "skipped" };
    const after = { a: "passed", b: "passed", d: "error", e: "passed" };
    assert.deepEqual(differences(before, before, []), []);
    assert.deepEqual(differences(before, after, ["d"]), [
      "b: failed before, passed after",
      "c: passed before, not run after",
      "e: not run before, passed after",
    ]);
  });

  it("leave out what does not agree with itself", () => {
    const runs = [
      { a: "passed", b: "passed", c: "failed" },
      { a: "passed", b: "failed", c: "failed" },
      { a: "passed", c: "failed", d: "passed" },
    ];
    const { outcomes, flaky } = stableOutcomes(runs);
    assert.deepEqual(outcomes, { a: "passed", c: "failed" });
    assert.deepEqual(flaky, ["b", "d"]);
  });

  it("are counted as passed, failed and skipped", () => {
    const outcomes = { a: "passed", b: "xpassed", c: "error", d: "failed", e: "xfailed" };
    assert.deepEqual(countOutcomes(outcomes), { passed: 2, failed: 2, skipped: 1 });
  });
});

describe("a row of the table", () => {
  const tested = { name: "somewhere", version: "1.0" };
  const tried = { fixes: 2, rules: [["MEM101", 2]], files: ["a.py"], parsed: 3, flaky: [] };
  const before = { t: "passed" };

  it("says yes only without a problem", () => {
    const rowOf = problems => tableOf([{ tested, ...tried, before, problems }]).split("\n")[2];
    assert.match(rowOf([]), /somewhere 1\.0 .*\| MEM101 .*\| yes +\|$/);
    assert.match(rowOf(["t: passed before, failed after"]), /\| no: 1 +\|$/);
  });

  it("says so when a package could not be tried", () => {
    assert.match(tableOf([{ tested, isTried: false, problems: ["?"] }]), /\| not tried +\|$/);
  });
});

describe("a tree", () => {
  let tree;
  before(() => void (tree = mkdtempSync(join(tmpdir(), "fix-all-test-"))));
  after(() => rmSync(tree, { recursive: true, force: true }));

  it("knows which files changed and which of them parse", async () => {
    mkdirSync(join(tree, "inner"));
    const path = join(tree, "inner", "a.py");
    writeFileSync(path, "x = 1\n");
    writeFileSync(join(tree, "b.py"), "x = (\n");
    const before = await digestsOf(tree);
    assert.deepEqual(changedFiles(before, await digestsOf(tree)), []);
    const python = await findPython();
    assert.ok(python, "needs a Python");
    assert.deepEqual(await parsedBy(python, tree), [join("inner", "a.py")]);
    writeFileSync(path, readFileSync(path, "utf8").replace("1", "2"));
    assert.deepEqual(changedFiles(before, await digestsOf(tree)), [join("inner", "a.py")]);
  });
});
