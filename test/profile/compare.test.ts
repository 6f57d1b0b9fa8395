import assert from "node:assert/strict";
import { compareProfiles, compareText, type RunFileRecord, toComparisonReport } from "#profile";
import { app, helloMessage, library, pid, replay, runRecord, sample } from "./records";

interface Sketch {
  readonly peak: number;
  readonly lines: readonly (readonly [file: string, line: number, grown: number])[];
  readonly fingerprint?: string;
  readonly level?: "live" | "allocations";
}

/** A run whose `app.py` has a function `load` on the lines 4 to 9. */
function runOf({ peak, lines, fingerprint = "a", level = "live" }: Sketch) {
  const records: RunFileRecord[] = [
    { ...runRecord, level },
    { ...helloMessage, level },
    sample(1_000, peak),
    { kind: "source", file: app, fingerprint },
    { kind: "functions", rows: [[app, 4, 9, "load", 1]], pid },
    {
      kind: "lines",
      source: "sampled",
      t: 1_000,
      rows: lines.map(([file, line, grown]) => [file, line, null, null, null, grown]),
      pid,
    },
  ];
  return replay(records);
}

const roots = { before: ["/home/ada/shop"], after: ["/home/ada/shop"] };
const mib = 1024 ** 2;

describe("comparison of runs", () => {
  it("goes line by line, the user's code first, then by the size of the change", () => {
    const before = runOf({
      peak: 50 * mib,
      lines: [
        [app, 5, 8 * mib],
        [app, 7, mib],
        [app, 20, 3 * mib],
        [library, 70, 9 * mib],
      ],
    });
    const after = runOf({
      peak: 30 * mib,
      lines: [
        [app, 5, 2 * mib],
        [app, 7, mib],
        [app, 21, mib],
        [library, 70, 90 * mib],
      ],
    });
    const compared = compareProfiles(before, after, roots);
    assert.deepEqual(
      compared.rows.map(({ label, line, beforeBytes, afterBytes }) => [
        `${label}:${line}`,
        beforeBytes / mib,
        afterBytes / mib,
      ]),
      [
        ["app.py:5", 8, 2],
        ["app.py:20", 3, 0],
        ["app.py:21", 0, 1],
        ["attrs/make.py:70", 9, 90],
      ],
    );
    assert.deepEqual(compared.peakRss, { before: 50 * mib, after: 30 * mib });
  });

  it("goes by function in a file whose text has changed", () => {
    const before = runOf({
      peak: mib,
      lines: [
        [app, 5, 8 * mib],
        [app, 20, 3 * mib],
        [library, 70, mib],
      ],
    });
    const after = runOf({
      peak: mib,
      fingerprint: "b",
      lines: [
        [app, 6, 2 * mib],
        [app, 7, mib],
        [library, 70, 2 * mib],
      ],
    });
    const { rows } = compareProfiles(before, after, roots);
    assert.deepEqual(
      rows.map(row => [row.label, row.line, row.function, row.beforeBytes, row.afterBytes]),
      [
        ["app.py", 0, "load", 8 * mib, 3 * mib],
        ["app.py", 0, "<module>", 3 * mib, 0],
        ["attrs/make.py", 70, null, mib, 2 * mib],
      ],
    );
  });

  it("takes checkouts in two folders as the same program", () => {
    const before = runOf({ peak: mib, lines: [[app, 5, mib]] });
    const after = runOf({ peak: mib, lines: [["/tmp/new/app.py", 5, mib]] });
    const { rows } = compareProfiles(before, after, { ...roots, after: ["/tmp/new"] });
    assert.deepEqual(rows, []);
  });

  it("leaves out lines that were measured in different ways, and says so", () => {
    const before = runOf({ peak: mib, lines: [[app, 5, mib]] });
    const after = runOf({ peak: 2 * mib, lines: [[app, 5, 9]], level: "allocations" });
    const compared = compareProfiles(before, after, roots);
    assert.deepEqual(compared.rows, []);
    assert.match(compareText(compared, { before: "a", after: "b" }), /different levels/);
  });

  it("is written for people and for programs", () => {
    const before = runOf({ peak: 50 * mib, lines: [[app, 5, 8 * mib]] });
    const after = runOf({ peak: 25 * mib, lines: [[app, 5, 2 * mib]] });
    const compared = compareProfiles(before, after, roots);
    assert.equal(
      compareText(compared, { before: "a.memprofile", after: "b.memprofile" }),
      `Before       a.memprofile
After        b.memprofile
Peak RSS     50.0 MiB → 25.0 MiB  −25.0 MiB (−50 %)
Duration     1.0 s → 1.0 s

Growth that changed
     −6.0 MiB  app.py:5  8.0 MiB → 2.0 MiB  (sampled RSS)
`,
    );
    assert.deepEqual(toComparisonReport(compared), {
      schema: 1,
      peak_rss_bytes: { before: 50 * mib, after: 25 * mib },
      peak_traced_bytes: { before: null, after: null },
      duration_ms: { before: 1_000, after: 1_000 },
      same_level: true,
      places: [
        {
          file: "app.py",
          line: 5,
          function: null,
          source: "sampled",
          before_bytes: 8 * mib,
          after_bytes: 2 * mib,
        },
      ],
    });
  });
});
