import assert from "node:assert/strict";
import { liveView, type RunFileRecord, type SnapshotTrigger } from "#profile";
import { app, library, pid, profileOf } from "./records";

type Rows = readonly (readonly [string, number, number, number | null])[];

type Freed = readonly (readonly [string, number, number])[];

function snapshot(
  t: number,
  rows: Rows,
  trigger: SnapshotTrigger = "request",
  freed: Freed = [],
): RunFileRecord {
  const isTraced = rows.some(row => row[3] !== null);
  const figures = { rssBytes: 1_000, tracedBytes: isTraced ? 500 : null, blocks: 5 };
  const source = isTraced ? "traced" : "sampled";
  const what = { id: null, name: "", trigger, t, source, rows, freed } as const;
  return { kind: "snapshot", ...what, ...figures, pid };
}

function viewsOf(...records: readonly RunFileRecord[]) {
  return liveView(profileOf(...records), { status: "ended", roots: ["/home/ada/shop"] }).snapshots;
}

const changesOf = (view: ReturnType<typeof viewsOf>[number] | undefined) =>
  view?.changes.map(({ label, line, bytes, blocks }) => [label, line, bytes, blocks]);

describe("snapshots in the panel", () => {
  it("come newest first and say what they are", () => {
    const views = viewsOf(
      snapshot(10, [], "interval"),
      snapshot(30, [], "exit"),
      snapshot(20, [], "peak"),
    );
    assert.deepEqual(
      views.map(({ number, name, t, pid: of }) => [number, name, t, of]),
      [
        [2, "before the end", 30, null],
        [3, "at the peak", 20, null],
        [1, "at an interval", 10, null],
      ],
    );
  });

  it("tell what changed since the one before: more, less, new and gone", () => {
    const [second, first] = viewsOf(
      snapshot(10, [
        [app, 5, 100, 1],
        [app, 6, 50, 2],
        [library, 70, 900, 3],
        [app, 8, 7, 1],
      ]),
      snapshot(20, [
        [app, 5, 160, 4],
        [library, 70, 200, 1],
        [app, 7, 30, 1],
        [app, 8, 7, 1],
      ]),
    );
    assert.deepEqual([first?.since, first?.changes], [null, []]);
    assert.equal(second?.since, 1);
    assert.deepEqual(changesOf(second), [
      ["app.py", 5, 60, 3],
      ["app.py", 6, -50, -2],
      ["app.py", 7, 30, 1],
      ["attrs/make.py", 70, -700, -2],
    ]);
    assert.deepEqual(
      second.rows.map(row => row.bytes),
      [160, 30, 7, 200],
    );
  });

  it("tell what came and went since the one before", () => {
    const MiB = 1024 * 1024;
    const [second] = viewsOf(
      snapshot(10, [[app, 5, 2 * MiB, 1]], "request", [[app, 5, 7 * MiB]]),
      snapshot(20, [[app, 5, MiB, 1]], "request", [
        [app, 5, 12 * MiB],
        [app, 6, 3 * MiB],
        [app, 7, 100],
        [app, 8, MiB],
      ]),
    );
    // Line 5 let go of 5 MiB and holds 1 MiB less: at least 4 MiB came meanwhile.
    assert.deepEqual(
      second?.turnover.map(({ line, bytes }) => [line, bytes]),
      [
        [5, 4 * MiB],
        [6, 3 * MiB],
        [8, MiB],
      ],
    );
    // Sampled bytes are rises.
    const [sampled] = viewsOf(
      snapshot(10, [[app, 5, 2 * MiB, null]], "request", [[app, 5, MiB]]),
      snapshot(20, [[app, 5, 9 * MiB, null]], "request", [
        [app, 5, 4 * MiB],
        [app, 6, MiB],
      ]),
    );
    assert.deepEqual(
      sampled?.turnover.map(({ line, bytes }) => [line, bytes]),
      [[5, 3 * MiB]],
    );
  });

  it("are compared with one of the same kind of figures only", () => {
    const [third, second, first] = viewsOf(
      snapshot(10, [[app, 5, 100, null]]),
      snapshot(20, [[app, 5, 700, 1]]),
      snapshot(30, [[app, 5, 160, null]]),
    );
    assert.deepEqual([first?.since, second?.since, third?.since], [null, null, 1]);
    assert.deepEqual(changesOf(third), [["app.py", 5, 60, null]]);
  });
});
