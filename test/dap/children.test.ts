import assert from "node:assert/strict";
import { resolve } from "node:path";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { liveView } from "#profile";
import { testPythons } from "../support/pythons";
import { ChildSession } from "./child-session";
import { DebugRun, type StoppedAt } from "./debug-run";

const file = resolve("test/dap/programs/workers.py");
const blobBytes = 30_000_000;
/** Lines of the program, from 1. */
const line = { blob: 8, row: 14, afterBlob: 19, afterStart: 27 };

/** How multiprocessing can start a worker here. */
const methods = process.platform === "win32" ? ["spawn"] : ["spawn", "fork", "forkserver"];

const pythons = testPythons();
if (pythons.length === 0) {
  describe("child processes with debugpy", () => it.skip("needs a Python with debugpy"));
}

/** Bytes that a stop gives to the lines of a function. */
function bytesOn(stop: StoppedAt, first: number, last: number): number {
  return stop.delta.rows
    .filter(([of, row]) => of === file && row >= first && row <= last)
    .reduce((sum, [, , bytes]) => sum + bytes, 0);
}

// The oldest and the newest: what differs in between is tested without a debugger, and sooner.
const ends = pythons.filter((_, index) => index === 0 || index === pythons.length - 1);

for (const { version, python } of ends) {
  describe(`child processes with debugpy, Python ${version}`, function () {
    this.timeout(60_000);
    let run: DebugRun | null = null;

    afterEach(async () => {
      await run?.dispose();
      run = null;
    });

    for (const method of methods) {
      it(`measures a stop and a limit in the child that has them, by ${method}`, async () => {
        const breakpoints = [line.afterBlob, line.afterStart];
        run = await DebugRun.start({
          ...{ python, level: "live", breakpoints, args: [method], runFile: null, file },
        });
        const child = await ChildSession.measured(run, { file, breakpoints });
        child.pauseAtLimits();
        const [parentStop, childStop] = await Promise.all([run.stopped(), child.stopped()]);
        assert.deepEqual([parentStop.line, childStop.line], [line.afterStart, line.afterBlob]);
        assert.ok(bytesOn(childStop, line.blob - 1, line.blob + 1) >= 0.8 * blobBytes);
        assert.equal(bytesOn(parentStop, line.blob - 1, line.blob + 1), 0);

        run.recorder.setLimits([{ of: "growth", bytes: 10_000_000, seconds: 30 }], true);
        await child.go("continue", childStop);
        const limitStop = await child.stopped();
        assert.deepEqual([limitStop.reason, limitStop.function], ["pause", "load_rows"]);
        const [passed] = run.builder.profile().limits;
        assert.deepEqual([passed?.pid, run.missed], [child.pid, []]);
        checkView(run, child.pid);

        run.recorder.setLimits([], false);
        await child.go("continue", limitStop);
        await run.go("continue", parentStop);
        const { body } = await run.client.event<DebugProtocol.ExitedEvent>("exited");
        assert.equal(body.exitCode, 0);
      });
    }

    function checkView({ builder }: DebugRun, pid: number): void {
      const paused = new Set([pid]);
      const view = liveView(builder.profile(), { status: "paused", roots: [], paused });
      assert.deepEqual(
        view.processes.map(each => each.isPaused),
        [true, true],
      );
      const [newest] = view.stops;
      assert.equal(newest?.process?.pid, pid);
      assert.equal(view.stops.find(({ id }) => id === newest.since)?.process?.pid, pid);
      assert.equal(view.stops.filter(({ since }) => since === null).length, 2);
    }
  });
}
