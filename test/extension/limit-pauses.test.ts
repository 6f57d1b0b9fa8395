import assert from "node:assert/strict";
import { describePassed, type LimitMessage } from "#profile";
import { LimitPauses } from "../../src/extension/debug/limit-pauses";

const limit: LimitMessage = {
  kind: "limit",
  ...{ t: 1, of: "rss", limit: 100 * 2 ** 20, seconds: null, bytes: 101 * 2 ** 20 },
  ...{ file: "/home/ada/worker.py", line: 9, thread: "MainThread" },
};

describe("a limit of one of several processes", () => {
  const told: string[] = [];
  const pauses = new LimitPauses((_, process) => told.push(`missed ${process}`));
  const serve = (process: number | null) =>
    pauses.serve(process, () => told.push(`paused ${process}`));

  it("pauses the session of that process, and never another one", () => {
    serve(null);
    const first = serve(11);
    pauses.pass(limit, 11);
    pauses.pass(limit, 12);
    pauses.pass(limit, null);
    const second = serve(11);
    first.dispose();
    pauses.pass(limit, 11);
    second.dispose();
    pauses.pass(limit, 11);
    assert.deepEqual(told, ["paused 11", "missed 12", "paused null", "paused 11", "missed 11"]);
  });

  it("says which process it was where that is asked", () => {
    assert.equal(describePassed(limit), "RSS above 100.0 MiB, by worker.py:9");
    assert.equal(describePassed(limit, 11), "RSS above 100.0 MiB, by worker.py:9, in process 11");
  });
});
