import assert from "node:assert/strict";
import { huntLeaks, type LeakHunt, roundPlace, type RunFileRecord } from "#profile";
import { app, library, pid, profileOf } from "./records";

type Row = readonly [file: string, line: number, bytes: number, blocks: number | null];

/** A stop with what grew since the one before. */
function stop(id: number, line: number, rows: readonly Row[]): readonly RunFileRecord[] {
  const isTraced = rows.some(row => row[3] !== null);
  const figures = { rssBytes: 0, tracedBytes: isTraced ? 0 : null, blocks: 0 };
  const source = isTraced ? "traced" : "sampled";
  return [
    {
      kind: "delta",
      objects: [],
      id,
      t: id,
      sinceT: id - 1,
      source,
      ...figures,
      rows,
      turnover: [],
      at: null,
      pid,
    },
    { kind: "stop", t: id, id, file: app, line, reason: "breakpoint", function: "work" },
  ];
}

/** Stops at line 30, each with what one line grew by. */
function rounds(bytes: readonly number[], more: readonly Row[] = [], blocks: number | null = 1) {
  return bytes.flatMap((each, i) => stop(i + 1, 30, [[app, 5, each, blocks], ...more]));
}

function hunt(records: readonly RunFileRecord[]): LeakHunt | null {
  return huntLeaks(profileOf(...records));
}

function linesOf(found: LeakHunt | null) {
  return found?.suspects.map(({ line, bytesPerRound, grewIn, confidence }) => {
    return [line, bytesPerRound, grewIn, confidence];
  });
}

describe("the hunt for leaks", () => {
  it("needs three rounds after the first", () => {
    assert.equal(hunt(rounds([9, 1, 1, 1])), null);
    assert.equal(hunt(rounds([9, 1, 1, 1, 1]))?.rounds, 3);
  });

  it("takes rounds that the program ends itself for a place of their own", () => {
    const rounds = [900, 80, 80, 80, 80].flatMap((bytes, index) => {
      const id = 2 ** 40 + index;
      const [delta] = stop(id, 0, [[app, 5, bytes, 1]]);
      assert.ok(delta?.kind === "delta");
      return [{ ...delta, at: roundPlace("load") }];
    });
    const numbers = profileOf(...rounds, ...stop(1, 7, [])).stops.map(({ id }) => id);
    assert.deepEqual(numbers, [1, 2, 3, 4, 5, 6]);
    const found = hunt(rounds);
    assert.deepEqual(linesOf(found), [[5, 80, 3, "possible"]]);
    assert.equal(found?.place.file, "<round load>");
  });

  it("names a line that grew in each round, and is surer after five", () => {
    assert.deepEqual(linesOf(hunt(rounds([900, 7, 80, 81, 80]))), [[5, 80, 3, "possible"]]);
    const long = hunt(rounds([900, 7, 80, 81, 80, 79, 80]));
    assert.deepEqual(linesOf(long), [[5, 80, 5, "likely"]]);
    assert.equal(long?.place.line, 30);
    assert.equal(long.suspects[0]?.blocksPerRound, 1);
  });

  it("does not take what the debugger makes where it stops for a leak", () => {
    const grown = (bytes: number) =>
      [1, 2, 3, 4, 5].flatMap(id => stop(id, 30, [[app, 30, bytes, 1]]));
    assert.deepEqual(linesOf(hunt(grown(360))), []);
    assert.deepEqual(linesOf(hunt(grown(36_000))), [[30, 36_000, 3, "possible"]]);
  });

  it("names the types that grew in each round that was counted", () => {
    const types = (id: number, rows: readonly (readonly [string, number, number])[] | null) =>
      ({ kind: "types", id, t: id, rows, pid }) as const;
    const records = rounds([9, 1, 1, 1, 1, 1]);
    const found = hunt([
      ...records,
      types(1, []),
      types(2, [["dict", 900, 900]]),
      types(3, [
        ["dict", 20, 920],
        ["shop.Order", 3, 3],
        ["list", 5, 5],
      ]),
      types(4, null),
      types(5, [
        ["dict", 40, 960],
        ["shop.Order", 5, 8],
        ["list", -5, 0],
      ]),
      types(6, [
        ["shop.Order", 4, 12],
        ["dict", 30, 990],
        ["set", 1, 1],
      ]),
    ]);
    assert.deepEqual(found?.types, [
      { name: "dict", grewIn: 3, perRound: 30, total: 90 },
      { name: "shop.Order", grewIn: 3, perRound: 4, total: 12 },
    ]);
  });

  it("takes what fills up for possible at most", () => {
    assert.deepEqual(linesOf(hunt(rounds([0, 900, 800, 400, 90, 20, 5]))), [
      [5, 90, 5, "possible"],
    ]);
  });

  it("says nothing of a line that did not grow once, and none of the profiler's own", () => {
    assert.deepEqual(linesOf(hunt(rounds([0, 0, 80, 0, 80, 80, 80]))), []);
    const own = hunt(rounds([0, 0, 0, 0, 0, 0], [["<profiler and debugger>", 0, 50, 1]]));
    assert.deepEqual(linesOf(own), []);
  });

  it("hunts in one process, whatever the others of its kind come to meanwhile", () => {
    const own = rounds([900, 80, 80, 80, 80]);
    const others = own.map(record => {
      const id = "id" in record && typeof record.id === "number" ? record.id + 100 : 0;
      if (record.kind === "stop") return { ...record, id };
      return record.kind === "delta" ? { ...record, id, pid: 11, rows: [] } : record;
    });
    const mixed = own.flatMap((record, i) => [record, others[i] ?? record]);
    assert.deepEqual(linesOf(hunt(mixed)), [[5, 80, 3, "possible"]]);
    assert.equal(hunt(mixed)?.rounds, 3);
  });

  it("forgives sampled lines a round in five", () => {
    const sampled = rounds([0, 0, 80, 80, 0, 80, 80], [[library, 70, 5_000, null]], null);
    assert.deepEqual(linesOf(hunt(sampled)), [
      [70, 5_000, 5, "likely"],
      [5, 80, 4, "possible"],
    ]);
  });

  it("adds up what other stops in between have seen", () => {
    const records = Array.from({ length: 6 }, (_, i) => [
      ...stop(2 * i + 1, 12, [[app, 5, 40, 1]]),
      ...stop(2 * i + 2, 30, [[app, 5, 2, 1]]),
      ...(i < 5 ? [] : stop(13, 30, [[app, 5, 42, 2]])),
    ]);
    const found = hunt(records.flat());
    assert.equal(found?.place.line, 30);
    assert.deepEqual(linesOf(found), [[5, 42, 5, "likely"]]);
  });

  it("leaves out rounds in which the level changed", () => {
    const records = [
      ...rounds([0, 50, 50], [], null),
      ...rounds([60, 60, 60, 60, 60]).map(record =>
        "id" in record ? { ...record, id: (record.id ?? 0) + 3 } : record,
      ),
    ] as readonly RunFileRecord[];
    const found = hunt(records);
    assert.deepEqual([found?.source, found?.rounds], ["traced", 5]);
  });
});
