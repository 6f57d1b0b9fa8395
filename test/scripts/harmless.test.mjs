// What a row of the table says of a suite, for each way in which runs can differ.
import assert from "node:assert/strict";
import { tableOf } from "../../scripts/harmless/page.mjs";
import { isHarmed, mergeRows, rowOf } from "../../scripts/harmless/rows.mjs";

const known = [{ suite: "gc", tests: ["test_count"], reason: "It counts:" }];
const run = (more = {}) => ({ outcomes: { "T.test_count": "passed" }, code: 0, ...more });
const different = { id: "T.test_count", times: 1, of: 1, before: "passed", after: "failed" };

function check({ probed = [run({ processes: 1, problems: [] })], always = [], sometimes = [] }) {
  const level = { level: "live", probed, always, sometimes };
  const python = { version: "3.13.0", minor: 13 };
  const result = { suite: { name: "gc" }, python, plain: [run()], flaky: [], levels: [level] };
  const row = rowOf(result, known, "0123456789");
  const cells = tableOf([row]).split("\n").at(-1).split("|");
  return [cells[6].trim(), isHarmed(row)];
}

describe("harmless", () => {
  it("calls a suite the same where nothing differs", () => {
    assert.deepEqual(check({}), ["same", false]);
  });

  it("counts tests that always differ, apart from those with a reason", () => {
    const other = { ...different, id: "T.test_other" };
    const verdict = check({ always: [different, other] });
    assert.deepEqual(verdict, ["no: 1, 1 explained", true]);
  });

  it("tells of an end by a signal although every test came to the same", () => {
    const verdict = check({ probed: [run({ code: 134, processes: 1, problems: [] })] });
    assert.deepEqual(verdict, ["no: ended with 134", true]);
  });

  it("takes the end with 1 for the tests that differ", () => {
    const probed = [run({ code: 1, processes: 1, problems: [] })];
    assert.deepEqual(check({ probed, sometimes: [different] }), ["1 unsteady", false]);
  });

  it("keeps the rows that a run did not measure, in the order of the suites", () => {
    const row = (suite, python, digest) => ({ suite, python, digest });
    const old = [row("b", "3.9.1", "old"), row("b", "3.10.1", "old"), row("gone", "3.9.1", "old")];
    const fresh = [row("b", "3.9.1", "new"), row("a", "3.9.1", "new")];
    assert.deepEqual(mergeRows(old, fresh, ["a", "b"]), [
      row("a", "3.9.1", "new"),
      row("b", "3.10.1", "old"),
      row("b", "3.9.1", "new"),
    ]);
  });
});
