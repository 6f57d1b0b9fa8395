import assert from "node:assert/strict";
import { liveView, type LiveViewOptions, type RunFileRecord } from "#profile";
import { app, helloMessage, library, pid, replay, runRecord, sample, wholeRun } from "./records";

/** The view of these records. */
function viewOf(records: readonly RunFileRecord[], options: Partial<LiveViewOptions> = {}) {
  return liveView(replay(records), { status: "running", roots: ["/home/ada/shop"], ...options });
}

function started(...records: readonly RunFileRecord[]): readonly RunFileRecord[] {
  return [runRecord, { ...helloMessage, pid }, ...records];
}

function sampledLines(...rows: readonly (readonly [string, number, number])[]): RunFileRecord {
  const full = rows.map(([file, line, grown]) => [file, line, null, null, null, grown] as const);
  return { kind: "lines", source: "sampled", t: 1, rows: full, pid };
}

describe("live view", () => {
  it("shows what is known of an empty profile", () => {
    const view = viewOf([]);
    assert.equal(view.program, "");
    assert.equal(view.rssBytes, null);
    assert.equal(view.rssRate, null);
    assert.equal(view.costPercent, null);
    assert.deepEqual(view.timeline, { t: [], rssBytes: [], tracedBytes: [] });
  });

  it("shows a whole run", () => {
    const view = viewOf(wholeRun, { status: "ended" });
    assert.equal(view.program, "app.py");
    assert.equal(view.ending, "ended with exit code 0");
    assert.equal(view.rssBytes, 25_000_000);
    assert.equal(view.tracedBytes, null);
    assert.equal(view.peakTracedBytes, 2_000);
    assert.equal(view.costPercent?.toFixed(6), "1.000000");
    assert.deepEqual(view.timeline.tracedBytes, [null, 1_000, null]);
    assert.deepEqual(view.collections, { count: 1, pauseMs: 1.5 });
  });

  it("puts the user's lines first and takes the figures that saw more", () => {
    const rows = viewOf(wholeRun).grown.map(row => [row.label, row.line, row.source, row.bytes]);
    assert.deepEqual(rows, [
      ["app.py", 5, "traced", 500],
      ["attrs/make.py", 70, "sampled", 9_000_000],
    ]);
  });

  it("takes the sampled figure where tracing does not see what a line takes", () => {
    const lines = sampledLines([app, 5, 8_000_000], [app, 6, 7]);
    const rows = viewOf([...wholeRun.slice(0, -1), lines]).grown;
    assert.deepEqual(
      rows.slice(0, 2).map(row => [row.line, row.source, row.bytes]),
      [
        [5, "sampled", 8_000_000],
        [6, "sampled", 7],
      ],
    );
  });

  it("puts the debugger's own lines last and leaves out what did not grow", () => {
    const tool = "/x/debugpy/_vendored/pydevd/pydevd.py";
    const lines = sampledLines(
      [tool, 1, 900],
      [library, 2, 5],
      [app, 3, 1],
      [app, 4, 0],
      [app, 5, -7],
    );
    const { grown } = viewOf(started(lines));
    assert.deepEqual(
      grown.map(row => [row.origin, row.line]),
      [
        ["user", 3],
        ["library", 2],
        ["tool", 1],
      ],
    );
  });

  it("shows at most 50 lines", () => {
    const rows = Array.from({ length: 80 }, (_, i) => [app, i + 1, 1 + i] as const);
    const { grown } = viewOf(started(sampledLines(...rows)));
    assert.equal(grown.length, 50);
    assert.equal(grown[0]?.line, 80);
  });

  it("shows stops newest first, each with the user's lines first", () => {
    const [first] = viewOf(wholeRun).stops;
    assert.deepEqual(first?.at, { file: app, label: "app.py", line: 6 });
    assert.deepEqual(
      first.rows.map(row => [row.label, row.bytes]),
      [
        ["app.py", 8_000_000],
        ["attrs/make.py", 9_000_000],
      ],
    );
    const delta = wholeRun.find(record => record.kind === "delta");
    assert.ok(delta);
    const many = Array.from({ length: 30 }, (_, id) => ({ ...delta, id }));
    const { stops } = viewOf(started(...many));
    assert.deepEqual([stops.length, stops[0]?.id, stops.at(-1)?.id], [20, 29, 10]);
    assert.equal(stops[0]?.at, null);
  });

  it("takes the rate over the last five seconds", () => {
    const samples = [
      sample(0, 900_000),
      sample(10_000, 1_000),
      sample(12_500, 7_000),
      sample(15_000, 11_000),
    ];
    assert.equal(viewOf(started(...samples)).rssRate, 2_000);
    assert.equal(viewOf(started(...samples), { status: "ended" }).rssRate, null);
    assert.equal(viewOf(started(...samples), { status: "paused" }).rssRate, null);
    assert.equal(viewOf(started(sample(0, 1), sample(100, 900))).rssRate, null);
  });

  it("names files relative to the innermost root", () => {
    const at = (roots: readonly string[], file: string) =>
      viewOf(started(sampledLines([file, 1, 1])), { roots }).grown[0]?.label;
    assert.equal(at(["/home/ada", "/home/ada/shop/"], app), "app.py");
    assert.equal(at(["/home/ada"], app), "shop/app.py");
    assert.equal(at(["/home/ada/sho"], app), app);
    assert.equal(at(["C:\\Work"], "C:\\Work\\a\\b.py"), "a/b.py");
  });

  it("names the program by its script or module", () => {
    const named = (...command: string[]) => viewOf([{ ...runRecord, command }]).program;
    assert.equal(named("python", "-X", "dev", "src/app.py", "-m", "x.py"), "app.py");
    assert.equal(named("python", "-m", "black", "app.py"), "black");
    assert.equal(named("python"), "python");
  });

  it("says how a program ended", () => {
    const ending = (...records: RunFileRecord[]) => viewOf(records, { status: "ended" }).ending;
    assert.equal(ending({ kind: "exit", code: null, signal: "SIGKILL" }), "killed by SIGKILL");
    const stopped = { kind: "exit", code: null, signal: "SIGKILL", reason: "stopped" } as const;
    assert.equal(ending(stopped), "stopped by you");
    assert.equal(ending({ kind: "exit", code: 3, signal: null }), "ended with exit code 3");
    assert.equal(ending({ kind: "exit", code: null, signal: null }), "ended");
    assert.equal(ending(), "its end was not recorded");
    assert.equal(viewOf(wholeRun).ending, null);
  });

  it("stays a few kilobytes for a large run", () => {
    const rows = Array.from({ length: 5_000 }, (_, i) => [`/home/ada/shop/${i}.py`, i, i] as const);
    const samples = Array.from({ length: 10_000 }, (_, i) => sample(i * 50, 10_000_000 + i));
    const view = viewOf(started(sampledLines(...rows), ...samples));
    assert.ok(view.timeline.t.length <= 600);
    assert.ok(JSON.stringify(view).length < 40_000);
  });
});
