import assert from "node:assert/strict";
import { reportText, type RunFileRecord, toReport } from "#profile";
import { app, helloMessage, library, pid, replay, runRecord, sample, wholeRun } from "./records";

describe("report", () => {
  it("for programs has exactly the documented fields", () => {
    const absent = { live_bytes: null, live_blocks: null, peak_bytes: null };
    const traced = { live_bytes: 600, live_blocks: 3, peak_bytes: 700 };
    assert.deepEqual(toReport(replay(wholeRun)), {
      schema: 1,
      python: "3.11.7",
      command: ["python3", "app.py", "--fast"],
      packages: [
        { name: "attrs", version: "23.2.0" },
        { name: "typing-extensions", version: "4.12.0" },
      ],
      git: { commit: "0123456789abcdef0123456789abcdef01234567", dirty: true },
      engine: "rss-sampling",
      exit: { code: 0, signal: null },
      peak_rss_bytes: 31_000_000,
      peak_traced_bytes: 2_000,
      processes: [
        {
          ...{ pid: 10, parent_pid: 1, command: ["app.py", "--fast"], started_t: 0, ended_t: 130 },
          ...{ peak_rss_bytes: 31_000_000, peak_traced_bytes: 2_000 },
        },
      ],
      snapshots: [
        {
          ...{ number: 1, pid: 10, name: "after load", trigger: "request", t: 115 },
          ...{ source: "sampled", rss_bytes: 30_000_000, traced_bytes: null },
          lines: [
            { file: library, line: 70, bytes: 9_000_000, blocks: null },
            { file: app, line: 5, bytes: 8_000_000, blocks: null },
          ],
          turnover: [{ file: app, line: 5, bytes: 3_000_000 }],
        },
      ],
      stops: [
        {
          ...{ id: 1, pid: 10, t: 120, since_t: 0, source: "sampled" },
          at: { file: app, line: 6, function: "load", reason: "breakpoint" },
          ...{ rss_bytes: 10_000_000, traced_bytes: null, blocks: 200 },
          lines: [
            { file: library, line: 70, bytes: 9_000_000, blocks: null, objects: null },
            { file: app, line: 5, bytes: 8_000_000, blocks: null, objects: null },
          ],
          types: [{ name: "app.Order", change: 12, count: 40 }],
        },
      ],
      leaks: null,
      lines: [
        { file: app, line: 5, ...traced, grown_bytes: 500 },
        { file: library, line: 70, ...absent, grown_bytes: 9_000_000 },
      ],
      timeline: [
        { t: 10, rss_bytes: 20_000_000, traced_bytes: null },
        { t: 60, rss_bytes: 30_000_000, traced_bytes: 1_000 },
        { t: 110, rss_bytes: 25_000_000, traced_bytes: null },
      ],
    });
  });

  it("has lines that hold less than at the start", () => {
    const rows = [[app, 9, 10, 1, 600, -590] as const];
    const lines: RunFileRecord = { kind: "lines", source: "traced", t: 1, rows, pid };
    assert.deepEqual(toReport(replay([runRecord, { ...helloMessage, pid }, lines])).lines, [
      { file: app, line: 9, live_bytes: 10, live_blocks: 1, peak_bytes: 600, grown_bytes: -590 },
    ]);
  });

  it("of a run that never reported has nulls", () => {
    const report = toReport(replay([{ ...runRecord, level: "allocations" }]));
    assert.deepEqual(report, {
      schema: 1,
      python: null,
      command: ["python3", "app.py", "--fast"],
      packages: null,
      git: null,
      engine: "tracemalloc",
      exit: null,
      peak_rss_bytes: null,
      peak_traced_bytes: null,
      processes: [],
      snapshots: [],
      stops: [],
      leaks: null,
      lines: [],
      timeline: [],
    });
  });

  it("for people names the ending, the peaks, the lines and their sources", () => {
    const text = reportText(replay(wholeRun), {
      roots: ["/home/ada/shop"],
      run: "a.memprofile",
    });
    assert.equal(
      text,
      `Run          a.memprofile
Command      python3 app.py --fast
Python       3.11.7
Packages     2 installed
Git          0123456789ab, with changes
Ending       ended with exit code 0 after 0.1 s
Peak RSS     29.6 MiB
Peak traced  2.0 KiB
Collections  1, 1.5 ms in all

Lines of your code that grew most
       +500 B  app.py:5  (traced by Python)  3 blocks live

Lines of libraries
     +8.6 MiB  attrs/make.py:70  (sampled RSS)

Memory that came and went, at least
      2.9 MiB  app.py:5  (sampled RSS)

Stops, each since the one before
     +9.5 MiB  app.py:6  (stop 1, RSS, 200 blocks)
           +7.6 MiB  app.py:5
           +8.6 MiB  attrs/make.py:70

Note: RSS cannot be read here
`,
    );
  });

  it("for people shows 20 lines and sums up the rest", () => {
    const rows = Array.from(
      { length: 30 },
      (_, i) => [app, i + 1, null, null, null, 1_024] as const,
    );
    const lines: RunFileRecord = { kind: "lines", source: "sampled", t: 1, rows, pid };
    const profile = replay([runRecord, { ...helloMessage, pid }, sample(1, 1), lines]);
    const text = reportText(profile, { roots: ["/home/ada/shop"], run: "a" });
    assert.equal(text.match(/app\.py:/g)?.length, 20);
    assert.match(text, /\+10\.0 KiB {2}10 more/);
  });
});
