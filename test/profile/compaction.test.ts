import assert from "node:assert/strict";
import fc from "fast-check";
import {
  createCompaction,
  type Profile,
  readRun,
  readRunLines,
  type RunFileRecord,
} from "#profile";
import { app, helloMessage, library, pid, runRecord, sample, toText, wholeRun } from "./records";

/** The lines of the smaller file. */
function compact(lines: readonly string[]): readonly string[] {
  const compaction = createCompaction();
  for (const line of lines) compaction.look(line);
  const kept = lines.map(line => compaction.rewrite(line)).filter(line => line !== null);
  return [...kept, compaction.last()];
}

const linesOf = (records: readonly RunFileRecord[]) => toText(records).trimEnd().split("\n");

/** A profile without its tracks and numbers of arrival; files by name, since their order may change. */
function figures(profile: Profile): unknown {
  const name = (file: number) => profile.files[file]?.path;
  const byName = <T extends { readonly file: number }>(rows: readonly T[]) =>
    rows.map(row => ({ ...row, file: name(row.file) }));
  const sorted = (rows: readonly object[]) => rows.map(row => JSON.stringify(row)).sort();
  const processes = profile.processes.map(process => ({ ...process, timeline: null }));
  return {
    ...{ ...profile, processes, timeline: null },
    files: sorted(profile.files),
    lines: sorted(byName(profile.lines)),
    functions: sorted(byName(profile.functions)),
    stops: profile.stops.map(stop => {
      return { ...stop, rows: byName(stop.rows), turnover: byName(stop.turnover) };
    }),
    snapshots: profile.snapshots.map(each => {
      return { ...each, number: 0, rows: byName(each.rows), freed: byName(each.freed) };
    }),
  };
}

function keepsFigures(records: readonly RunFileRecord[]): readonly string[] {
  const lines = linesOf(records);
  const smaller = compact(lines);
  const { profile, problems } = readRunLines(smaller);
  assert.deepEqual(problems, []);
  assert.deepEqual(figures(profile), figures(readRunLines(lines).profile));
  assert.deepEqual(figures(readRunLines(compact(smaller)).profile), figures(profile));
  return smaller;
}

describe("a compaction", () => {
  it("leaves a small run as it is, but for its own line", () => {
    const records = wholeRun.filter(record => record.kind !== "thinned");
    const smaller = keepsFigures(records);
    assert.deepEqual(smaller.slice(0, -1), linesOf(records));
    keepsFigures(wholeRun);
  });

  it("drops figures that later ones replace", () => {
    const row = (line: number, bytes: number) => [app, line, null, null, null, bytes] as const;
    const lines = (...rows: ReturnType<typeof row>[]): RunFileRecord => {
      return { kind: "lines", source: "sampled", t: 1, rows, pid };
    };
    const functions = (ran: number): RunFileRecord => {
      return { kind: "functions", rows: [[app, 1, 9, "load", ran]], pid };
    };
    const smaller = keepsFigures([
      ...[runRecord, helloMessage].map(record => ({ ...record, pid }) as RunFileRecord),
      lines(row(1, 10), row(2, 20)),
      functions(1),
      { kind: "cost", t: 1, cpuMs: 1, samples: 1, tracingBytes: null, pid },
      lines(row(1, 30)),
      { ...(lines(row(1, 5)) as object), pid: 11 } as RunFileRecord,
      functions(0),
      { kind: "cost", t: 2, cpuMs: 2, samples: 2, tracingBytes: null, pid },
    ]);
    const kinds = smaller.map(line => (JSON.parse(line) as { kind: string }).kind);
    assert.deepEqual(kinds, [
      "run",
      "hello",
      "lines",
      "functions",
      "lines",
      "lines",
      "cost",
      "thinned",
    ]);
  });

  it("drops what lies beyond the bounds of a profile", () => {
    const records: RunFileRecord[] = [runRecord, { ...helloMessage, pid }];
    const rows = Array.from({ length: 30 }, (_, i) => [app, i + 1, 100 - i, null] as const);
    for (let i = 0; i < 1_100; i++) {
      const total = { source: "sampled", rssBytes: i, tracedBytes: null, blocks: i } as const;
      const place = { file: library, line: i, reason: "step", function: "f" };
      records.push({ kind: "stop", t: i, id: i, ...place });
      records.push({
        kind: "delta",
        objects: [],
        id: i,
        t: i,
        sinceT: 0,
        ...total,
        rows,
        turnover: [],
        at: null,
        pid,
      });
      const trigger = i % 2 === 0 ? "peak" : "interval";
      const what = { id: null, name: "", trigger, t: i, freed: [] } as const;
      records.push({ kind: "snapshot", ...what, ...total, rows, pid });
      const collections = Array.from({ length: 10 }, (_, k) => [i, k % 3, 1, 0, 0] as const);
      records.push({ kind: "collections", rows: collections, pid });
      records.push({ kind: "problem", text: `problem ${i % 3}`, pid });
    }
    const smaller = keepsFigures(records);
    assert.ok(smaller.length < records.length * 0.6, `${smaller.length} of ${records.length}`);
  });

  it("tells rounds of several processes apart, which number them alike", () => {
    const records: RunFileRecord[] = [runRecord, { ...helloMessage, pid }];
    const rows = Array.from({ length: 30 }, (_, i) => [`app.Row${i}`, 1, i] as const);
    for (let i = 0; i < 250; i++) {
      const [process, id] = i < 150 ? [pid, 2 ** 40 + i] : [11, 2 ** 40 + i - 150];
      const figures = { rssBytes: i, tracedBytes: null, blocks: i, rows: [], turnover: [] };
      const times = { t: i, sinceT: 0, source: "sampled", at: null } as const;
      records.push({ kind: "delta", objects: [], id, ...times, ...figures, pid: process });
      records.push({ kind: "types", id, t: i, rows, pid: process });
    }
    keepsFigures(records);
  });

  it("thins old samples, keeps peaks, the newest, and the peak of the sum", () => {
    const records: RunFileRecord[] = [runRecord];
    for (const each of [10, 11]) records.push({ ...helloMessage, pid: each });
    const count = 30_000;
    for (let i = 0; i < count; i++) {
      // The two are high one after the other, and for a moment together, but then not highest.
      const own = i === 1_000 ? 900 : i === 20_000 ? 700 : 100 + (i % 50);
      const child = i === 3_000 ? 900 : i === 20_000 ? 700 : 100 + (i % 30);
      records.push({ ...sample(i * 50, own), pid: 10 } as RunFileRecord);
      records.push({ ...sample(i * 50, child), pid: 11 } as RunFileRecord);
    }
    const { profile } = readRunLines(keepsFigures(records));
    const before = readRunLines(linesOf(records)).profile;
    assert.equal(before.peakRssBytes, 1_400);
    assert.equal(profile.peakRssBytes, 1_400);
    const kept = compact(linesOf(records)).filter(line => line.includes('"samples"'));
    assert.ok(kept.length <= 40_100 && kept.length > 20_000, `${kept.length}`);
    const newest = kept.slice(-8_000).map(line => (JSON.parse(line) as { t: number[] }).t[0]);
    assert.equal(newest[0], (count - 4_000) * 50);
    assert.ok(
      kept.some(line => line.includes('"t":[0]')),
      "the first sample",
    );
  });

  it("never throws, and passes on what it cannot read", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.json())), lines => {
        const smaller = compact(lines);
        assert.deepEqual(smaller.slice(0, -1), lines);
      }),
    );
    const later = '{"kind":"objects","pid":1}';
    assert.ok(compact([...linesOf(wholeRun), later]).includes(later));
    assert.equal(readRun(compact(linesOf(wholeRun)).join("\n")).problems.length, 0);
  });
});
