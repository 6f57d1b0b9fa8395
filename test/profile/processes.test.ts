import assert from "node:assert/strict";
import { liveView, type RunFileRecord } from "#profile";
import { app, helloMessage, pid, profileOf, sample } from "./records";

/** A child that starts so many milliseconds after the program. */
function child(of: number, after: number): RunFileRecord {
  const startedAt = helloMessage.startedAt + after;
  return { ...helloMessage, pid: of, parentPid: pid, argv: ["-c", "work"], startedAt };
}

function of(process: number, record: RunFileRecord): RunFileRecord {
  return { ...record, pid: process } as RunFileRecord;
}

function samples(process: number, t: readonly number[], rss: readonly number[]): RunFileRecord {
  const blocks = t.map(() => 1);
  return { kind: "samples", t, rss, traced: t.map(() => null), blocks, pid: process };
}

function end(process: number, t: number): RunFileRecord {
  return { kind: "end", t, peakRssBytes: 1, peakTracedBytes: null, pid: process };
}

const firstRound = 2 ** 40;

function delta(
  process: number,
  id: number,
  times: { readonly t: number; readonly sinceT: number },
): RunFileRecord {
  const figures = {
    rssBytes: 5,
    tracedBytes: null,
    blocks: 1,
    ...{ rows: [], turnover: [], objects: [] },
  };
  return { kind: "delta", pid: process, id, ...times, source: "sampled", at: null, ...figures };
}

function types(process: number, id: number, name: string): RunFileRecord {
  return { kind: "types", pid: process, id, t: 1, rows: [[name, 1, 1]] };
}

const exit: RunFileRecord = { kind: "exit", code: 0, signal: null };

describe("processes of a run", () => {
  it("have a track each, on one clock", () => {
    const profile = profileOf(
      sample(10, 1_000),
      child(11, 100),
      of(11, sample(5, 500)),
      end(11, 50),
      exit,
    );
    assert.deepEqual(
      profile.processes.map(each => [each.pid, each.startedT, each.endedT, each.isComplete]),
      [
        [pid, 0, null, false],
        [11, 100, 150, true],
      ],
    );
    assert.deepEqual(profile.processes[1]?.timeline.t, [105]);
    assert.deepEqual(profile.processes[1].command, ["-c", "work"]);
  });

  it("are highest together where their sum is, not where each of them is", () => {
    const profile = profileOf(
      samples(pid, [0, 10, 20, 30], [100, 900, 100, 100]),
      child(11, 0),
      samples(11, [5, 15, 25, 35], [50, 50, 800, 50]),
      exit,
    );
    assert.equal(profile.peakRssBytes, 950);
    assert.deepEqual(profile.timeline.t, [0, 5, 10, 15, 20, 25, 30, 35]);
    assert.deepEqual(profile.timeline.rssBytes, [100, 150, 950, 950, 150, 900, 900, 150]);
  });

  it("leave the sum when they end, whether they say so or are killed", () => {
    for (const last of [end(11, 20), { kind: "gone", pid: 11, t: 20 } as const]) {
      const profile = profileOf(
        samples(pid, [0, 40], [100, 100]),
        child(11, 0),
        samples(11, [10], [500]),
        last,
        exit,
      );
      assert.deepEqual(profile.timeline.rssBytes, [100, 600, 100, 100]);
      assert.equal(profile.processes[1]?.endedT, 20);
    }
  });

  it("are waited for while they are heard of, and not for longer than a second", () => {
    const start = [samples(pid, [0, 500], [100, 100]), child(11, 0), samples(11, [100], [10])];
    assert.deepEqual(profileOf(...start).timeline.t, [0, 100]);
    const late = samples(pid, [1_400, 3_000], [100, 100]);
    assert.deepEqual(profileOf(...start, late).timeline.t, [0, 100, 500, 1_400]);
  });

  it("add up what a line held in each", () => {
    const lines = (live: number | null, peak: number | null, grown: number): RunFileRecord => ({
      kind: "lines",
      source: live === null ? "sampled" : "traced",
      ...{ t: 1, rows: [[app, 5, live, live, peak, grown]], pid },
    });
    const profile = profileOf(
      lines(10, 40, 7),
      lines(null, null, 3),
      child(11, 0),
      of(11, lines(20, 30, 8)),
    );
    assert.deepEqual(
      profile.lines.map(({ file: _, line: __, ...figures }) => figures),
      [
        { source: "traced", liveBytes: 30, liveBlocks: 30, peakBytes: 40, grownBytes: 15 },
        {
          source: "sampled",
          ...{ liveBytes: null, liveBlocks: null, peakBytes: null, grownBytes: 3 },
        },
      ],
    );
  });

  it("have stops of their own, on the clock of the run", () => {
    const profile = profileOf(
      delta(pid, 1, { t: 200, sinceT: 0 }),
      child(11, 100),
      delta(11, 2, { t: 150, sinceT: 50 }),
      { kind: "stop", t: 150, id: 2, file: app, line: 3, reason: "step", function: "" },
      types(11, 2, "app.Row"),
      // Each process numbers the rounds that it ends itself.
      delta(pid, firstRound, { t: 300, sinceT: 200 }),
      delta(11, firstRound, { t: 300, sinceT: 150 }),
      types(pid, firstRound, "app.Order"),
    );
    assert.deepEqual(
      profile.stops.map(({ id, pid: process, t, sinceT, at, types: changed }) => {
        return [id, process, t, sinceT, at?.line, changed?.[0]?.name];
      }),
      [
        [1, pid, 200, 0, undefined, undefined],
        [2, 11, 250, 150, 3, "app.Row"],
        [3, pid, 300, 200, undefined, "app.Order"],
        [4, 11, 400, 250, undefined, undefined],
      ],
    );
    const paused = new Set([11]);
    const { stops, processes } = liveView(profile, { status: "running", roots: [], paused });
    assert.deepEqual(
      stops.map(({ id, process, since }) => [id, process?.pid, since]),
      [
        [4, 11, 2],
        [3, pid, 1],
        [2, 11, null],
        [1, pid, null],
      ],
    );
    assert.deepEqual(
      processes.map(({ isPaused }) => isPaused),
      [false, true],
    );
  });

  it("show where they stand, however much the others have stopped since", () => {
    const others = Array.from({ length: 50 }, (_, i) =>
      delta(pid, i + 2, { t: i + 10, sinceT: i + 9 }),
    );
    const profile = profileOf(child(11, 0), delta(11, 1, { t: 5, sinceT: 0 }), ...others);
    const view = liveView(profile, { status: "paused", roots: [], paused: new Set([11]) });
    assert.deepEqual([view.stops.length, view.stops.at(-1)?.id], [21, 1]);
  });

  it("are bounded: of those that have ended the smallest lose their tracks, never their lines", () => {
    const records = Array.from({ length: 300 }, (_, i): RunFileRecord[] => {
      const row = [app, 7, null, null, null, 1] as const;
      return [
        child(100 + i, i),
        samples(100 + i, [0], [i + 1]),
        { kind: "lines", source: "sampled", t: 1, rows: [row], pid: 100 + i },
        end(100 + i, 1),
      ];
    });
    const profile = profileOf(sample(0, 5), ...records.flat(), exit);
    assert.equal(profile.processes.length, 100);
    assert.equal(profile.processesLeftOut, 201);
    assert.deepEqual(profile.lines[0]?.grownBytes, 300);
    assert.match(profile.problems.join(), /201 small processes/);
  });
});
