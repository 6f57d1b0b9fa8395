import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readRun, type RunFileRecord } from "#profile";
import { compactRun } from "../../src/recorder/compact-run";
import { RunWriter } from "../../src/recorder/run-writer";
import { hello } from "./fake-probe";

const mebibyte = 1024 * 1024;
const day = 24 * 60 * 60 * 1000;
const { pid } = hello;

const run: RunFileRecord = {
  ...{ kind: "run", schema: 1, tool: "memory-insights test", command: ["app.py"] },
  ...{ createdAt: 1, level: "live" },
} as const;

/** What a program sends in a quarter of a second, five samples first. */
function quarter(t: number, rss: (t: number) => number): readonly RunFileRecord[] {
  const times = [0, 50, 100, 150, 200].map(ms => t + ms);
  const blocks = times.map(time => 100_000 + (time % 7_000));
  const samples = { t: times, rss: times.map(rss), traced: times.map(() => null), blocks };
  return [{ kind: "samples", ...samples, pid }, ...(t % 1_000 === 0 ? everySecond(t) : [])];
}

function everySecond(t: number): readonly RunFileRecord[] {
  const rows = [["/home/ada/shop/app.py", t % 90, null, null, null, t]] as const;
  return [
    { kind: "collections", rows: [[t, 0, 0.1, 1, 0]], pid },
    { kind: "lines", source: "sampled", t, rows, pid },
    { kind: "cost", t, cpuMs: t / 100, samples: t / 50, tracingBytes: null, pid },
  ];
}

describe("the file of a long run", function () {
  this.timeout(180_000);
  let folder = "";
  let path = "";
  const problems: string[] = [];
  const handler = {
    onFailure: (error: unknown) => problems.push(String(error)),
    log: (line: string) => problems.push(line),
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "long-run-"));
    path = join(folder, "a.memprofile");
    problems.length = 0;
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("stays under 20 MB in 24 hours at 20 samples a second, and keeps its peaks", async () => {
    const high = 3 * 60 * 60 * 1000 + 12_350;
    const low = 9 * 60 * 60 * 1000 + 7_400;
    const rss = (t: number) => {
      if (t === high) return 900 * mebibyte;
      return t === low ? mebibyte : 300 * mebibyte + (t % 1_001) * 4_096;
    };
    const writer = new RunWriter(path, handler);
    writer.add(run);
    writer.add({ ...hello, pid });
    let largest = 0;
    for (let t = 0; t < day; t += 250) {
      for (const record of quarter(t, rss)) writer.add(record);
      if (t % 600_000 !== 0) continue;
      await writer.flush();
      largest = Math.max(largest, statSync(path).size);
    }
    writer.add({ kind: "exit", code: 0, signal: null });
    await writer.close();
    assert.ok(largest < 20_000_000, `${largest} bytes`);
    assert.deepEqual(problems, []);
    assert.deepEqual(readdirSync(folder), ["a.memprofile"]);
    const { profile, problems: found } = readRun(readFileSync(path, "utf8"));
    assert.deepEqual(found, []);
    assert.equal(profile.peakRssBytes, 900 * mebibyte);
    assert.equal(profile.timeline.t[profile.timeline.rssBytes.indexOf(900 * mebibyte)], high);
    assert.equal(profile.timeline.t[profile.timeline.rssBytes.indexOf(mebibyte)], low);
    assert.equal(profile.timeline.t[0], 0);
    assert.equal(profile.timeline.t.at(-1), day - 50);
    assert.equal(profile.collectionTotals.count, day / 1_000);
    assert.equal(profile.cost.samples, (day - 1_000) / 50);
    assert.deepEqual(profile.exit, { code: 0, signal: null });
    // No hour of the day has lost its track.
    for (let hour = 0; hour < 24; hour++) {
      const from = (hour * day) / 24;
      assert.ok(
        profile.timeline.t.some(t => t >= from && t < from + day / 240),
        `hour ${hour}`,
      );
    }
  });

  it("is whole after it was made smaller, and what comes then is added", async () => {
    const writer = new RunWriter(path, handler, 100_000);
    writer.add(run);
    writer.add({ ...hello, pid });
    const rows = [["/home/ada/shop/app.py", 1, null, null, null, 1]] as const;
    for (let t = 0; t < 3_000; t++) {
      writer.add({ kind: "lines", source: "sampled", t, rows, pid });
      if (t % 100 === 0) await writer.flush();
    }
    writer.add({ kind: "problem", text: "the last word", pid });
    await writer.close();
    assert.ok(statSync(path).size < 120_000);
    const { profile, problems: found } = readRun(readFileSync(path, "utf8"));
    assert.deepEqual(found, []);
    assert.equal(profile.lines.length, 1);
    assert.deepEqual(profile.problems, ["the last word"]);
    assert.deepEqual(problems, []);
  });

  it("that cannot be replaced stays as it is", async () => {
    await assert.rejects(compactRun(join(folder, "missing")));
    if (process.platform === "win32") return;
    await assert.rejects(compactRun("/dev/null"), /not a file/);
    assert.deepEqual(readdirSync(folder), []);
    writeFileSync(`${path}.tmp`, "left by a crash");
    writeFileSync(path, "not a run\n");
    await compactRun(path);
    assert.match(readFileSync(path, "utf8"), /^not a run\n\{"kind":"thinned"/);
    assert.deepEqual(readdirSync(folder), ["a.memprofile"]);
  });
});
