import assert from "node:assert/strict";
import { type Evidence, evidenceFor, fileKey, type FindingPlace } from "#evidence";
import type { FunctionRun, LineFigures, Profile } from "#profile";

const mebibyte = 1024 * 1024;

describe("evidence of a finding", () => {
  it("confirms by what sampling saw its lines grow by, as a share of the peak", () => {
    check({ lines: [sampled(12, 50 * mebibyte)] }, place(12), {
      state: "confirmed",
      saves: "bytes",
      source: "sampled",
      bytes: 50 * mebibyte,
      blocks: null,
      share: 0.5,
    });
  });

  it("confirms by the most that its lines held when traced, even if all was freed since", () => {
    const line = { ...traced(12, 40 * mebibyte, 0), liveBlocks: 7 };
    check({ lines: [line], peakTracedBytes: 80 * mebibyte }, place(12), {
      state: "confirmed",
      saves: "bytes",
      source: "traced",
      bytes: 40 * mebibyte,
      blocks: 7,
      share: 0.5,
    });
  });

  it("adds up the lines of all its ranges, each once", () => {
    const lines = [sampled(10, mebibyte), sampled(11, mebibyte), sampled(20, mebibyte)];
    const where = { ...place(10, 11), lines: [range(10, 11), range(11, 11), range(20, 20)] };
    assert.equal(evidence({ lines }, where).bytes, 3 * mebibyte);
  });

  it("ignores other lines and the same line of other files", () => {
    const lines = [sampled(13, 9 * mebibyte), { ...sampled(12, 9 * mebibyte), file: 1 }];
    assert.equal(evidence({ lines }, place(12)).state, "unknown");
  });

  it("takes exact figures before sampled ones, and never both", () => {
    const lines = [sampled(12, 30 * mebibyte), traced(12, 2 * mebibyte, 2 * mebibyte)];
    const { source, bytes } = evidence({ lines }, place(12));
    assert.deepEqual({ source, bytes }, { source: "traced", bytes: 2 * mebibyte });
  });

  it("has no share where the peak is unknown", () => {
    assert.equal(
      evidence({ lines: [sampled(1, mebibyte)], peakRssBytes: null }, place(1)).share,
      null,
    );
  });

  it("calls lines small that stayed just below the threshold", () => {
    assert.equal(evidence({ lines: [sampled(12, mebibyte - 1)] }, place(12)).state, "small");
    assert.equal(evidence({ lines: [sampled(12, mebibyte)] }, place(12)).state, "confirmed");
  });

  it("finds the file however Windows writes its path", () => {
    const files = [{ path: "C:\\App\\main.py", origin: "user" as const, fingerprint: null }];
    const where = { ...place(12), file: "c:/app/Main.py" };
    assert.equal(evidence({ files, lines: [sampled(12, mebibyte)] }, where).state, "confirmed");
    assert.notEqual(fileKey("/App/main.py"), fileKey("/app/main.py"));
  });
});

describe("evidence where nothing was measured", () => {
  const inside = place(12, 12, range(10, 20));

  it("is small when the function ran", () => {
    const expected = {
      state: "small",
      saves: "bytes",
      source: null,
      bytes: null,
      blocks: null,
      share: null,
    };
    check({ functions: [run("work", 10, 20, true)] }, inside, expected as Evidence);
  });

  it("is not executed when the function did not run", () => {
    assert.equal(
      evidence({ functions: [run("work", 10, 20, false)] }, inside).state,
      "not-executed",
    );
  });

  it("takes the function whose lines are nearest, decorators included", () => {
    const functions = [
      run("<module>", 1, 40, true),
      run("Outer", 5, 30, true),
      run("work", 9, 20, false),
      run("<lambda>", 12, 12, true),
    ];
    assert.equal(evidence({ functions }, inside).state, "not-executed");
  });

  it("is small for code of an imported module", () => {
    const functions = [run("<module>", 1, 40, true), run("work", 10, 20, false)];
    assert.equal(evidence({ functions }, place(30)).state, "small");
  });

  it("is not loaded in a file that a complete run never saw", () => {
    assert.equal(evidence({ files: [] }, inside).state, "not-loaded");
    assert.equal(evidence({ files: [] }, place(3)).state, "not-loaded");
  });

  it("is unknown when the run cannot tell which functions ran", () => {
    assert.equal(evidence({ coverage: "none" }, inside).state, "unknown");
    assert.equal(evidence({ coverage: "none", files: [] }, inside).state, "unknown");
  });

  it("is unknown in a function that may not have come so far yet", () => {
    const functions = [run("work", 10, 20, true)];
    assert.equal(
      evidence({ functions, hasEnded: false, isComplete: false }, inside).state,
      "unknown",
    );
    assert.equal(evidence({ functions, isComplete: false }, inside).state, "small");
  });

  it("is unknown in a run that still goes on or was killed", () => {
    const functions = [run("work", 10, 20, false)];
    assert.equal(evidence({ functions, isComplete: false }, inside).state, "unknown");
    assert.equal(evidence({ files: [], isComplete: false }, inside).state, "unknown");
  });

  it("knows what ran even in a run that was killed", () => {
    const functions = [run("work", 10, 20, true)];
    assert.equal(evidence({ functions, isComplete: false }, inside).state, "small");
  });

  it("is unknown for a function that a known file does not list", () => {
    const functions = [run("<module>", 1, 40, true)];
    assert.equal(evidence({ functions }, inside).state, "unknown");
  });
});

describe("evidence of a file that changed", () => {
  it("is stale and keeps what was measured", () => {
    const changed = evidenceFor(place(12), profile({ lines: [sampled(12, 4 * mebibyte)] }), {
      isStale: true,
    });
    assert.equal(changed.state, "stale");
    assert.equal(changed.bytes, 4 * mebibyte);
  });

  it("is stale without figures too", () => {
    const changed = evidenceFor(place(12), profile({}), { isStale: true });
    assert.deepEqual([changed.state, changed.bytes], ["stale", null]);
  });
});

function check(partial: Partial<Profile>, where: FindingPlace, expected: Evidence) {
  assert.deepEqual(evidence(partial, where), expected);
}

function evidence(partial: Partial<Profile>, where: FindingPlace): Evidence {
  return evidenceFor(where, profile(partial), { isStale: false });
}

function range(first: number, last: number) {
  return { first, last };
}

function place(first: number, last = first, enclosing: FindingPlace["enclosing"] = null) {
  return { file: "/app/main.py", lines: [range(first, last)], saves: "bytes" as const, enclosing };
}

function run(name: string, firstLine: number, lastLine: number, hasRun: boolean): FunctionRun {
  return { file: 0, firstLine, lastLine, name, hasRun };
}

function sampled(line: number, grownBytes: number): LineFigures {
  const absent = { liveBytes: null, liveBlocks: null, peakBytes: null };
  return { file: 0, line, source: "sampled", ...absent, grownBytes };
}

function traced(line: number, peakBytes: number, liveBytes: number): LineFigures {
  const grownBytes = liveBytes;
  return { file: 0, line, source: "traced", liveBytes, liveBlocks: 1, peakBytes, grownBytes };
}

/** A run that ended by itself and says which functions ran, but has measured nothing. */
function profile(partial: Partial<Profile>): Profile {
  return {
    schema: 1,
    run: {
      command: ["python", "main.py"],
      python: "3.11.7",
      pid: 1,
      cwd: "/app",
      level: "live",
      startedAt: 0,
    },
    exit: { code: 0, signal: null },
    environment: null,
    hasEnded: true,
    isComplete: true,
    peakRssBytes: 100 * mebibyte,
    peakTracedBytes: null,
    files: [
      { path: "/app/main.py", origin: "user", fingerprint: null },
      { path: "/app/other.py", origin: "user", fingerprint: null },
    ],
    timeline: { t: [], rssBytes: [], tracedBytes: [], blocks: [] },
    lines: [],
    stops: [],
    processes: [],
    processesLeftOut: 0,
    snapshots: [],
    limits: [],
    levels: [],
    functions: [{ file: 1, firstLine: 1, lastLine: 1, name: "<module>", hasRun: true }],
    coverage: "exact",
    collections: [],
    collectionTotals: { count: 0, pauseMs: 0 },
    cost: { cpuMs: 0, samples: 0, tracingBytes: null },
    problems: [],
    ...partial,
  };
}
