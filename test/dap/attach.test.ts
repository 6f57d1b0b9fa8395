import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { liveView } from "#profile";
import { testPythons } from "../support/pythons";
import {
  AttachedRun,
  attachDebugger,
  attachToProcess,
  ListeningProgram,
  type PathMapping,
  waitForProgram,
} from "./attached-run";
import type { DapClient } from "./dap-client";

const blobBytes = 30_000_000;
const pythons = testPythons();
if (pythons.length === 0) {
  describe("attaching with debugpy", () => it.skip("needs a Python with debugpy"));
}

for (const { version, python } of pythons) {
  describe(`attaching with debugpy, Python ${version}`, function () {
    this.timeout(60_000);
    let program: ListeningProgram;
    let port = 0;

    beforeEach(async () => {
      program = new ListeningProgram(python);
      port = Number(await program.hear());
    });

    afterEach(() => program.dispose());

    for (const hasSocket of [false, true]) {
      const way = hasSocket ? "socket" : "debugger";
      it(`measures by the ${way}, leaves no trace, and can begin again`, async () => {
        const before = await program.state();
        for (const level of ["allocations", "live"] as const) {
          const client = await attachDebugger(port);
          const run = await AttachedRun.start({ client, level, hasSocket });
          assert.equal(run.answer.argv[0], ListeningProgram.file);
          assert.equal(run.answer.isMeasuring, false);
          assert.equal(run.beginning, way);
          await run.recorder.mark().delta;
          await program.load();
          const delta = await run.recorder.mark().delta;
          assert.ok(delta, "the mark is answered");
          const grown = delta.rows
            .filter(([file]) => file === ListeningProgram.file)
            .reduce((sum, [, , bytes]) => sum + bytes, 0);
          assert.ok(grown >= 0.8 * blobBytes, JSON.stringify(delta.rows));
          assert.equal(delta.source, level === "live" ? "sampled" : "traced");
          await run.detach();
          const profile = run.builder.profile();
          assert.equal(profile.run.python, version);
          assert.match(profile.problems.join(), /Attached at .*not known by line/);
          assert.equal(
            liveView(profile, { status: "ended", roots: [] }).ending,
            "detached; the program ran on",
          );
        }
        await eventuallyEqual(() => program.state(), before);
        assert.equal(await program.finish(), 3);
        assert.equal(program.errors, "");
      });
    }

    it("answers through the debugger at a breakpoint, and tells the program's end", async () => {
      const client = await attachDebugger(port);
      await client.request("setBreakpoints", {
        source: { path: ListeningProgram.file },
        breakpoints: [{ line: ListeningProgram.lineAfterLoad }],
      });
      const run = await AttachedRun.start({ client, level: "live", hasSocket: false });
      program.say("load");
      const stop = await client.event<DebugProtocol.StoppedEvent>("stopped");
      const delta = await run.recorder.mark().delta;
      assert.ok((delta?.rssBytes ?? 0) >= 0.8 * blobBytes, JSON.stringify(delta));
      await client.request("continue", { threadId: stop.body.threadId });
      await program.hear();
      assert.equal(await program.finish(), 3);
      await run.ended();
      const profile = run.builder.profile();
      assert.equal(profile.isComplete, true, "the last figures have come");
    });
  });
}

// Which Python it is makes no difference to how the debugger comes in.
const [newest] = pythons;
if (newest) {
  describe(`attaching in other ways, Python ${newest.version}`, function () {
    this.timeout(60_000);
    const { python } = newest;
    let program: ListeningProgram | null = null;
    let folder = "";

    afterEach(async () => {
      await program?.dispose();
      program = null;
      rmSync(folder, { recursive: true, force: true });
    });

    const problem = whyNoInjection();
    const injects = problem ? it.skip : it;
    const needs = problem ? ` (needs ${problem})` : "";
    injects(`measures a process that has no debugger yet, by its number${needs}`, async () => {
      program = new ListeningProgram(python, "none");
      await program.hear();
      await measures(program, await attachToProcess(python, program.pid));
    });

    it("measures a program that connects to a debugger which waits for it", async () => {
      const coming = new ListeningProgram(python, "none");
      program = coming;
      await coming.hear();
      const client = await waitForProgram(python, port => coming.say(`connect ${port}`));
      assert.equal(await coming.hear(), "connected");
      await measures(coming, client);
    });

    it("finds the local file of a program that runs from a copy elsewhere", async () => {
      folder = mkdtempSync(join(tmpdir(), "memory-insights-remote-"));
      const remote = join(folder, basename(ListeningProgram.file));
      copyFileSync(ListeningProgram.file, remote);
      program = new ListeningProgram(python, "listens", remote);
      const port = Number(await program.hear());
      const mapping = { localRoot: dirname(ListeningProgram.file), remoteRoot: folder };
      const client = await attachDebugger(port, [mapping]);
      await measures(program, client, [mapping]);
    });
  });
}

async function measures(
  program: ListeningProgram,
  client: DapClient,
  pathMappings: readonly PathMapping[] = [],
): Promise<void> {
  const hasSocket = pathMappings.length === 0;
  const run = await AttachedRun.start({ client, level: "allocations", hasSocket, pathMappings });
  await run.recorder.mark().delta;
  await program.load();
  const delta = await run.recorder.mark().delta;
  assert.deepEqual(delta?.rows[0]?.slice(0, 2), [
    ListeningProgram.file,
    ListeningProgram.loadingLine,
  ]);
  await run.detach();
  assert.equal(await program.finish(), 3);
  assert.equal(program.errors, "");
}

/** The probe notices that the debugger has left at its next look. */
async function eventuallyEqual<T>(read: () => Promise<T>, expected: T): Promise<void> {
  const until = Date.now() + 10_000;
  let actual = await read();
  while (!isDeepStrictEqual(actual, expected) && Date.now() < until) actual = await read();
  assert.deepEqual(actual, expected);
}

/** Debugpy comes into a process by gdb on Linux, and by lldb on macOS; gives what is missing. */
function whyNoInjection(): string | null {
  if (process.platform === "win32") return null;
  const tool = process.platform === "darwin" ? "lldb" : "gdb";
  if (spawnSync(tool, ["--version"]).status !== 0) return tool;
  const scope = "/proc/sys/kernel/yama/ptrace_scope";
  const isOpen = !existsSync(scope) || readFileSync(scope, "utf8").trim() === "0";
  return isOpen || process.getuid?.() === 0 ? null : "the right to trace other processes";
}
