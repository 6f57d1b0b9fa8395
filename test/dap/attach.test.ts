import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { liveView } from "#profile";
import { testPythons } from "../support/pythons";
import { AttachedRun, attachDebugger, ListeningProgram } from "./attached-run";

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

/** The probe notices that the debugger has left at its next look. */
async function eventuallyEqual<T>(read: () => Promise<T>, expected: T): Promise<void> {
  const until = Date.now() + 10_000;
  let actual = await read();
  while (!isDeepStrictEqual(actual, expected) && Date.now() < until) actual = await read();
  assert.deepEqual(actual, expected);
}
