import assert from "node:assert/strict";
import { betweenView, type LineDelta, type Stop, stopsBetween } from "#profile";
import { profileOf } from "./records";

function stop(id: number, rows: readonly LineDelta[], more: Partial<Stop> = {}): Stop {
  return {
    ...{ id, pid: 1, t: id * 100, sinceT: (id - 1) * 100, source: "traced", at: null },
    ...{ rssBytes: 10, tracedBytes: 8, blocks: 2, rows, turnover: [], types: null },
    ...more,
  };
}

const row = (line: number, bytes: number, blocks: number | null = 1): LineDelta => ({
  ...{ file: 0, line, bytes, blocks },
});

const stops = [
  stop(1, [row(3, 500)]),
  stop(2, [row(3, 40), row(5, 7)]),
  stop(3, [row(9, 1)], { pid: 2 }),
  stop(4, [row(3, -30), row(5, -7, -1)]),
  stop(5, [row(5, 2, null)], { source: "sampled", tracedBytes: null }),
];

describe("two stops", () => {
  it("are compared by what grew at all stops after the one, up to the other", () => {
    const between = stopsBetween({ stops }, 1, 4);
    assert.ok(between);
    assert.deepEqual([...between.rows], [["traced", [row(3, 10, 2)]]]);
    const { rssBytes, tracedBytes, blocks, sinceT, t } = between;
    assert.deepEqual(
      { rssBytes, tracedBytes, blocks },
      { rssBytes: 20, tracedBytes: 16, blocks: 4 },
    );
    assert.deepEqual([sinceT, t], [100, 400]);
  });

  it("may begin at the start, and keep figures of two sources apart", () => {
    const between = stopsBetween({ stops }, null, 5);
    assert.ok(between);
    assert.deepEqual(
      [...between.rows].map(([source, rows]) => [source, rows.map(({ bytes }) => bytes)]),
      [
        ["traced", [510]],
        ["sampled", [2]],
      ],
    );
    assert.equal(between.tracedBytes, null);
  });

  it("are of one process and in their order, or there is nothing", () => {
    assert.equal(stopsBetween({ stops }, 3, 4), null);
    assert.equal(stopsBetween({ stops }, 4, 1), null);
    assert.equal(stopsBetween({ stops }, 4, 4), null);
    assert.equal(stopsBetween({ stops }, 1, 99), null);
  });

  it("are shown with the names of their lines", () => {
    const profile = profileOf();
    const files = [{ path: "/home/ada/app.py", origin: "user", fingerprint: null }] as const;
    const view = betweenView({ ...profile, stops, files }, ["/home/ada"], 1, 4);
    assert.ok(view);
    assert.deepEqual(
      view.rows.map(({ label, line, bytes }) => [label, line, bytes]),
      [["app.py", 3, 10]],
    );
    assert.equal(view.elapsed, 300);
  });
});
