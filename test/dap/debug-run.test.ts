import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { huntLeaks, type Level, liveView, readRun } from "#profile";
import { testPythons } from "../support/pythons";
import { until } from "../support/until";
import { DebugRun, line, program, type StoppedAt } from "./debug-run";

const mebibyte = 1024 * 1024;
const blobBytes = 30_000_000;

/** Bytes that a stop gives to a line of the program; 0 when the line is not in it. */
function bytesAt(stop: StoppedAt, at: number): number {
  return stop.delta.rows.find(([file, row]) => file === program && row === at)?.[2] ?? 0;
}

/** All that a stop gives to the program's lines; which of them, sampling cannot always tell. */
function bytesInProgram(stop: StoppedAt): number {
  return stop.delta.rows
    .filter(([file]) => file === program)
    .reduce((sum, [, , bytes]) => sum + bytes, 0);
}

function isNear(actual: number, expected: number, share: number): void {
  const off = Math.abs(actual - expected) / expected;
  assert.ok(off <= share, `${actual} is not within ${100 * share} % of ${expected}`);
}

const pythons = testPythons();
if (pythons.length === 0) {
  describe("debug run with debugpy", () => it.skip("needs a Python with debugpy"));
}

for (const { version, python } of pythons) {
  describe(`debug run with debugpy, Python ${version}`, function () {
    this.timeout(60_000);
    let folder = "";
    let run: DebugRun | null = null;
    const canAnswer = Number(version.split(".")[1]) >= 12;

    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "memory-insights-"));
    });

    afterEach(async () => {
      await run?.dispose();
      run = null;
      rmSync(folder, { recursive: true, force: true });
    });

    async function start(
      level: Level,
      breakpoints: readonly number[],
      args: readonly string[] = [],
    ): Promise<DebugRun> {
      const runFile = join(folder, "run.memprofile");
      run = await DebugRun.start({ python, level, breakpoints, args, runFile });
      return run;
    }

    function written() {
      return readRun(readFileSync(join(folder, "run.memprofile"), "utf8"));
    }

    it("traces exactly what grew on each line between two stops", async () => {
      const debug = await start("allocations", [line.afterBlob, line.afterRows]);
      const first = await debug.stopped();
      assert.equal(first.line, line.afterBlob);
      assert.equal(first.delta.source, "traced");
      isNear(bytesAt(first, line.blob), blobBytes, 0.02);
      await debug.go("continue", first);
      const second = await debug.stopped();
      assert.equal(second.line, line.afterRows);
      assert.ok(bytesAt(second, line.row) > 15 * mebibyte);
      assert.ok(Math.abs(bytesAt(second, line.blob)) < mebibyte);
      const [row] = second.delta.rows;
      assert.deepEqual(row?.slice(0, 2), [program, line.row]);
      assert.ok((row[3] ?? 0) >= 100_000, `${row[3]} blocks`);
      // Each row is a dictionary and a text.
      const seen = second.delta.objects.find(each => each[1] === line.row);
      assert.ok(seen && ["dict", "str"].includes(seen[2]), JSON.stringify(second.delta.objects));
      const half = Math.floor(seen[4] / 2);
      assert.ok(seen[3] <= seen[4] && seen[3] >= half, JSON.stringify(seen));
      const { threads } =
        await debug.client.request<DebugProtocol.ThreadsResponse["body"]>("threads");
      assert.deepEqual(
        threads.map(thread => thread.name),
        ["MainThread"],
        "the probe's is hidden",
      );
    });

    it("stops where a limit of memory is passed, and says by which line", async () => {
      const debug = await start("live", [line.afterBlob], ["--many"]);
      const first = await debug.stopped();
      debug.recorder.setLimits([{ of: "growth", bytes: 10_000_000, seconds: 30 }], true);
      await debug.go("continue", first);
      const stop = await debug.stoppedAtLimit();
      assert.equal(stop.reason, "pause");
      assert.equal(stop.function, "load_rows");
      assert.ok(stop.limit.reachedBytes >= 10_000_000);
      const file = debug.builder.profile().files[stop.limit.at?.file ?? -1];
      assert.equal(file?.path, program);
      assert.ok(stop.limit.at && Math.abs(stop.limit.at.line - line.row) <= 1);
    });

    it("names the line that grew each time a breakpoint was hit, and no other", async () => {
      const debug = await start("allocations", [line.leak], ["--leak"]);
      for (let hit = 1; hit <= 7; hit++) await debug.go("continue", await debug.stopped());
      const profile = debug.builder.profile();
      const hunt = huntLeaks(profile);
      assert.equal(hunt?.rounds, 5, JSON.stringify(profile.stops.map(each => each.source)));
      const [suspect] = hunt.suspects;
      assert.equal(profile.files[suspect?.file ?? -1]?.path, program);
      assert.equal(suspect?.line, line.row);
      assert.equal(suspect.confidence, "likely");
      // The number of each row is kept too; the list of strings is not.
      const large = hunt.suspects.filter(({ bytesPerRound }) => bytesPerRound > 10_000);
      assert.ok(
        large.every(each => [line.row, line.row - 1].includes(each.line)),
        JSON.stringify(large),
      );
    });

    it("samples what grew between stops and steps, and writes the run", async () => {
      const debug = await start("live", [line.afterBlob, line.rows]);
      const first = await debug.stopped();
      assert.equal(first.delta.source, "sampled");
      // A block that is made between two samples may be given to the line beside it.
      assert.ok(bytesInProgram(first) >= 0.8 * blobBytes, JSON.stringify(first.delta.rows));
      await debug.go("continue", first);
      const second = await debug.stopped();
      assert.equal(second.line, line.rows);
      assert.ok(Math.abs(second.delta.rssBytes) < 8 * mebibyte, "printing does not grow");
      await debug.go("next", second);
      const third = await debug.stopped();
      assert.equal(third.reason, "step");
      assert.equal(third.line, line.afterRows);
      assert.ok(bytesInProgram(third) > 10 * mebibyte, JSON.stringify(third.delta.rows));
      await debug.go("continue", third);
      const { body } = await debug.client.event<DebugProtocol.ExitedEvent>("exited");
      await debug.recorder.recordExit({ code: body.exitCode, signal: null });
      await debug.recorder.close();
      assert.deepEqual(debug.problems, []);
      checkWrittenRun();
    });

    function checkWrittenRun(): void {
      const { profile, problems } = written();
      assert.deepEqual(problems, []);
      assert.equal(profile.run.python, version);
      assert.deepEqual(profile.exit, { code: 0, signal: null });
      assert.equal(profile.isComplete, true);
      assert.deepEqual(
        profile.stops.map(stop => [stop.at?.line, stop.at?.reason]),
        [
          [line.afterBlob, "breakpoint"],
          [line.rows, "breakpoint"],
          [line.afterRows, "step"],
        ],
      );
      const view = liveView(profile, { status: "ended", roots: [] });
      assert.equal(view.grown[0]?.file, program);
      const source = profile.files.find(file => file.path === program);
      assert.equal(source?.origin, "user");
      assert.notEqual(source.fingerprint, null);
      const isAnswered = profile.snapshots.some(({ name }) => name === "rows are there");
      const isRefused = profile.problems.some(text => text.startsWith("Comments such as"));
      assert.deepEqual([isAnswered, isRefused], canAnswer ? [true, false] : [false, true]);
    }

    for (const end of ["terminate", "kill"] as const) {
      it(`keeps what was seen when the program ends by ${end}`, async () => {
        const debug = await start("live", [line.afterAgain], ["--wait"]);
        const stop = await debug.stopped();
        await debug.go("continue", stop);
        const { pid } = debug.builder.profile().run;
        assert.ok(pid);
        if (end === "kill") process.kill(pid, "SIGKILL");
        else await debug.client.request("terminate");
        await debug.client.event("terminated");
        await debug.recorder.recordExit({ code: null, signal: null });
        await debug.recorder.close();
        const { profile } = written();
        assert.ok((profile.peakRssBytes ?? 0) > 2 * blobBytes);
        assert.ok(profile.lines.some(each => profile.files[each.file]?.path === program));
        assert.equal(profile.stops.length, 1);
        assert.notEqual(profile.exit, null);
        await until("the program's end", () => hasEnded(pid));
      });
    }
  });
}

function hasEnded(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}
