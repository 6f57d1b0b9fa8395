import assert from "node:assert/strict";
import { type LineRow, stepLabels, topTypeOf } from "#profile";
import { shop, viewOf } from "../panel/fixture/runs";

const row = (line: number, bytes: number, more: Partial<LineRow> = {}): LineRow => ({
  file: "/home/ada/shop.py",
  label: "shop.py",
  line,
  origin: "user",
  source: "traced",
  bytes,
  blocks: 10,
  ...more,
});
const type = { name: "dict", change: 40_000, isMost: true };
const stop = {
  ...{ id: 3, t: 10, reason: "step", at: null, rssBytes: 0, tracedBytes: 0, blocks: 60_000 },
  ...{ type, turnover: [], process: null, since: 2 },
};
const processes = [] as const;

describe("labels of a stop", () => {
  it("stand at the user's lines; the type at the line that did most", () => {
    const isSampled = { source: "sampled" } as const;
    const rows = [
      row(7, 9_000, isSampled),
      row(9, 5_000, isSampled),
      row(3, 200, { origin: "library" }),
      row(0, 50),
    ];
    const labels = stepLabels({ status: "paused", stops: [{ ...stop, rows }], processes });
    assert.deepEqual(
      labels.map(label => [label.line, label.bytes, label.stop, label.type?.name]),
      [
        [7, 9_000, 3, "dict"],
        [9, 5_000, 3, undefined],
      ],
    );
  });

  it("name the type that more than half of a line's objects are of", () => {
    const objects = { type: "str", count: 48, seen: 60, isMost: true };
    const rows = [
      row(7, 9_000, { objects }),
      row(9, 5_000, { objects: { ...objects, isMost: false } }),
      row(11, 4_000),
    ];
    const labels = stepLabels({ status: "paused", stops: [{ ...stop, rows }], processes });
    assert.deepEqual(
      labels.map(label => label.mostly),
      ["str", null, null],
    );
  });

  it("are gone when the program is", () => {
    const stops = [{ ...stop, rows: [row(7, 9_000)] }];
    for (const status of ["ended", "lost"] as const) {
      assert.deepEqual(stepLabels({ status, stops, processes }), []);
    }
    assert.deepEqual(stepLabels({ status: "running", stops: [], processes }), []);
  });

  it("are those of each process that stands, and of the newest stop", () => {
    const at = (pid: number, id: number, line: number) => {
      return { ...stop, id, process: { pid, name: "worker" }, rows: [row(line, 9_000)] };
    };
    const stops = [at(13, 6, 3), at(12, 5, 9), at(11, 4, 7), at(12, 3, 8), at(10, 2, 6)];
    const [of] = viewOf({ ...shop, children: 1 }).processes;
    assert.ok(of);
    const standing = [10, 11, 12, 13].map(pid => ({ ...of, pid, isPaused: pid < 12 }));
    const labels = stepLabels({ status: "paused", stops, processes: standing });
    assert.deepEqual(
      labels.map(label => [label.stop, label.line]),
      [
        [6, 3],
        [4, 7],
        [2, 6],
      ],
    );
  });
});

describe("what a label leaves out", () => {
  it("is what the debugger makes by looking, and a type that is not the line's own", () => {
    const rows = [row(7, 90_000), row(9, -700), row(11, 640)];
    const labels = stepLabels({ status: "paused", stops: [{ ...stop, rows }], processes });
    assert.deepEqual(
      labels.map(label => [label.line, label.type]),
      [[7, null]],
    );
  });
});

describe("the type that stands out", () => {
  const grown = (name: string, change: number) => ({ name, change, count: change });

  it("is most of what came when half of the new blocks are its objects", () => {
    const types = [grown("list", -9_000), grown("shop.Visit", 6_000), grown("dict", 2_000)];
    const top = { name: "shop.Visit", change: 6_000 };
    assert.deepEqual(topTypeOf({ blocks: 11_000, types }), { ...top, isMost: true });
    assert.deepEqual(topTypeOf({ blocks: 13_000, types }), { ...top, isMost: false });
  });

  it("is none among few objects, and where nothing was counted", () => {
    assert.equal(topTypeOf({ blocks: 10, types: [grown("tuple", 300)] }), null);
    assert.equal(topTypeOf({ blocks: 100_000, types: [grown("dict", 5_000)] }), null);
    assert.equal(topTypeOf({ blocks: -4, types: [grown("tuple", 6_000)] }), null);
    assert.equal(topTypeOf({ blocks: 100, types: [] }), null);
    assert.equal(topTypeOf({ blocks: 100, types: null }), null);
  });
});
