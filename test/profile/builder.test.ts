import assert from "node:assert/strict";
import fc from "fast-check";
import {
  createProfileBuilder,
  type Level,
  type RunFileRecord,
  reportText,
  type SnapshotTrigger,
  toReport,
} from "#profile";
import { app, helloMessage, library, pid, profileOf, sample, wholeRun } from "./records";

function delta(id: number, t = id): RunFileRecord {
  const figures = { rssBytes: 1, tracedBytes: null, blocks: 0 };
  const rows: [string, number, number, null][] = Array.from({ length: 30 }, (_, i) => [
    app,
    i,
    1,
    null,
  ]);
  const more = { source: "sampled", ...figures, rows, turnover: [], at: null } as const;
  return { kind: "delta", objects: [], id, t, sinceT: 0, ...more, pid };
}

function stop(id: number, line: number): RunFileRecord {
  return { kind: "stop", t: 1, id, file: app, line, reason: "step", function: "load" };
}

describe("profile builder", () => {
  it("is empty before the first record", () => {
    const profile = createProfileBuilder().profile();
    assert.equal(profile.run.pid, null);
    assert.equal(profile.peakRssBytes, null);
    assert.equal(profile.hasEnded, false);
  });

  it("takes in every kind of record", () => {
    const builder = createProfileBuilder();
    for (const record of wholeRun) builder.add(record);
    const profile = builder.profile();
    assert.deepEqual(profile.run, {
      command: ["python3", "app.py", "--fast"],
      python: "3.11.7",
      pid: 10,
      cwd: "/home/ada/shop",
      level: "live",
      startedAt: 1_790_000_000_100,
    });
    assert.deepEqual(profile.files, [
      { path: app, origin: "user", fingerprint: "0123456789abcd" },
      { path: library, origin: "library", fingerprint: null },
    ]);
    assert.deepEqual(profile.timeline.t, [10, 60, 110]);
    assert.deepEqual(profile.timeline.tracedBytes, [NaN, 1_000, NaN]);
    assert.equal(profile.lines.length, 3);
    assert.deepEqual(profile.stops[0]?.at, {
      file: app,
      line: 6,
      reason: "breakpoint",
      function: "load",
    });
    assert.deepEqual(
      profile.functions.map(f => [f.name, f.hasRun]),
      [
        ["<module>", true],
        ["load", false],
      ],
    );
    assert.deepEqual(profile.collectionTotals, { count: 1, pauseMs: 1.5 });
    assert.deepEqual(profile.cost, { cpuMs: 1.1, samples: 3, tracingBytes: 700 });
    assert.deepEqual(profile.problems, ["RSS cannot be read here"]);
    assert.equal(profile.peakRssBytes, 31_000_000);
    assert.equal(profile.peakTracedBytes, 2_000);
    assert.deepEqual(profile.exit, { code: 0, signal: null });
    assert.equal(profile.hasEnded, true);
  });

  it("gives a snapshot that later records leave alone", () => {
    const builder = createProfileBuilder();
    for (const record of wholeRun) builder.add(record);
    const before = builder.profile();
    const copy = structuredClone(before);
    for (const record of wholeRun.slice(2)) builder.add(record);
    builder.add(sample(500, 90_000_000));
    assert.deepEqual(before, copy);
    assert.notDeepEqual(builder.profile(), copy);
  });

  it("gives the same snapshot until the next record", () => {
    const builder = createProfileBuilder();
    assert.equal(builder.profile(), builder.profile());
  });

  it("lets a line's newer figures replace the older, each source by itself", () => {
    const lines = (source: "sampled" | "traced", grown: number): RunFileRecord => {
      return { kind: "lines", source, t: 1, rows: [[app, 5, null, null, null, grown]], pid };
    };
    const profile = profileOf(lines("sampled", 1), lines("traced", 2), lines("sampled", 3));
    assert.deepEqual(
      profile.lines.map(line => [line.source, line.grownBytes]),
      [
        ["sampled", 3],
        ["traced", 2],
      ],
    );
  });

  it("joins a stop's place and its figures, whichever comes first", () => {
    const profile = profileOf(delta(1), stop(1, 11), stop(2, 22), delta(2), delta(3));
    assert.deepEqual(
      profile.stops.map(each => each.at?.line),
      [11, 22, undefined],
    );
  });

  it("tells what the objects of a line are, in a run and in its report", () => {
    const figures = { source: "traced", rssBytes: 1, tracedBytes: 1, blocks: 90 } as const;
    const objects = [[app, 7, "str", 48, 60] as const, [app, 99, "int", 1, 60] as const];
    const rows = [[app, 7, 900, 80] as const, [app, 8, 1, 10] as const];
    const more = { ...figures, rows, objects, turnover: [], at: null };
    const builder = createProfileBuilder();
    builder.add({ ...helloMessage, pid });
    builder.add({ kind: "delta", id: 1, t: 1, sinceT: 0, ...more, pid });
    const profile = builder.profile();
    const seen = { type: "str", count: 48, seen: 60 };
    assert.deepEqual(profile.stops[0]?.rows[0]?.objects, { ...seen, isMost: true });
    assert.equal(profile.stops[0].rows[1]?.objects, undefined);
    assert.deepEqual(
      toReport(profile).stops[0]?.lines.map(each => each.objects),
      [seen, null],
    );
    assert.match(reportText(profile, { roots: [], run: "run" }), /app\.py:7, mostly str$/m);
  });

  it("bounds the stops and what it keeps of old ones", () => {
    const profile = profileOf(...Array.from({ length: 1_500 }, (_, i) => delta(i)));
    assert.equal(profile.stops.length, 1_000);
    assert.equal(profile.stops[0]?.rows.length, 20);
    assert.equal(profile.stops.at(-1)?.rows.length, 30);
  });

  it("does not take unknown resident memory for none", () => {
    assert.equal(profileOf(sample(10, 0)).peakRssBytes, null);
  });

  it("bounds snapshots, and keeps the newest peak of each process", () => {
    const snapshot = (trigger: SnapshotTrigger, t: number, of = pid): RunFileRecord => ({
      kind: "snapshot",
      ...{ id: null, name: "", trigger, t, source: "sampled", rssBytes: t, tracedBytes: null },
      ...{ blocks: 0, rows: [[app, 5, t, null]], freed: [], pid: of },
    });
    const regular = Array.from({ length: 150 }, (_, i) => snapshot("interval", i));
    const { snapshots } = profileOf(
      ...regular,
      snapshot("peak", 10),
      snapshot("peak", 500, 11),
      snapshot("peak", 200),
      snapshot("request", 20),
    );
    const of = (trigger: SnapshotTrigger) => snapshots.filter(each => each.trigger === trigger);
    assert.equal(of("interval").length, 100);
    assert.deepEqual(
      of("peak").map(each => [each.pid, each.t]),
      [
        [pid, 200],
        [11, 500],
      ],
    );
    // Numbers are those of their arrival, and stay when others go.
    const numbers = of("interval").map(each => each.number);
    assert.deepEqual(
      numbers,
      numbers.map((_, i) => i + 51),
    );
    assert.deepEqual(
      [...of("peak"), ...of("request")].map(each => each.number),
      [151, 152, 153],
    );
  });

  it("tells from when on which level was measured", () => {
    const level = (t: number, name: Level, frames: number): RunFileRecord => {
      return { kind: "level", t, level: name, frames, pid };
    };
    const profile = profileOf(
      level(5, "live", 1),
      level(10, "allocations", 5),
      level(20, "live", 5),
    );
    assert.deepEqual(profile.levels, [
      { t: 0, level: "live", frames: 1 },
      { t: 10, level: "allocations", frames: 5 },
      { t: 20, level: "live", frames: 5 },
    ]);
    assert.equal(profile.run.level, "live");
  });

  it("puts a program that replaces itself on one clock", () => {
    const again = { ...helloMessage, startedAt: helloMessage.startedAt + 1_000, pid };
    const profile = profileOf(sample(10, 1), again, sample(10, 2));
    assert.deepEqual(profile.timeline.t, [10, 1_010]);
    assert.equal(profile.run.startedAt, helloMessage.startedAt);
  });

  it("counts all collections and lists the newest", () => {
    const rows = Array.from({ length: 5_000 }, (_, i) => [i, 0, 1, 0, 0] as const);
    const batch: RunFileRecord = { kind: "collections", rows, pid };
    const profile = profileOf(batch, batch, batch);
    assert.equal(profile.collections.length, 5_000);
    assert.deepEqual(profile.collectionTotals, { count: 15_000, pauseMs: 15_000 });
  });

  it("bounds lines and says so", () => {
    const builder = createProfileBuilder();
    for (let start = 0; start <= 200_000; start += 10_000) {
      const rows = Array.from(
        { length: 10_000 },
        (_, i) => [app, start + i, null, null, null, 1] as const,
      );
      builder.add({ kind: "lines", source: "sampled", t: 1, rows, pid });
    }
    const profile = builder.profile();
    assert.equal(profile.lines.length, 200_000);
    assert.match(profile.problems.join(), /more lines than are kept/);
  });

  it("bounds and joins problems", () => {
    const texts = Array.from({ length: 500 }, (_, i) => `problem ${i % 100}`);
    const records = texts.map(text => ({ kind: "problem", text, pid }) as const);
    assert.equal(profileOf(...records).problems.length, 50);
  });

  it("never throws, in whatever order records come", () => {
    const records = fc.array(fc.constantFrom(...wholeRun), { maxLength: 60 });
    fc.assert(
      fc.property(records, some => {
        const builder = createProfileBuilder();
        for (const record of some) builder.add(record);
        const profile = builder.profile();
        assert.ok(profile.lines.every(line => profile.files[line.file]));
      }),
    );
  });
});
