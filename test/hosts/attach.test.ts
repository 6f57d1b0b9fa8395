import assert from "node:assert/strict";
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import * as vscode from "vscode";
import { eventually, needBridge, pythonWithDebugpy } from "./support/bridge";
import { notifications } from "./support/notifications";
import { memoryInsights, sampleFolder, tidyUp } from "./support/debugging";

const growingLine = 5;
const program = `import sys, debugpy
kept = []
print(debugpy.listen(("127.0.0.1", 0))[1], flush=True)
for line in sys.stdin:
    kept.append(bytearray(b"x" * 30_000_000))
    if line == "end\\n":
        sys.exit(3)
`;

/** What a program does to refuse, each with the message that tells it. */
const refusals: readonly (readonly [code: string, message: RegExp])[] = [
  [
    `sys.implementation.name = "pypy"`,
    /not measured\. It runs pypy 3\.\d+\.\d+\. Run it by CPython 3\.9 or newer/,
  ],
  [
    `sys.modules["_memory_insights.lifecycle"] = type(sys)("lifecycle")`,
    /not measured\. It is measured already, .* end that first/,
  ],
  [
    `def refuse(event, arguments):
    if event == "import" and arguments[0].startswith("_memory_insights"):
        raise RuntimeError("no guests")
sys.addaudithook(refuse)`,
    /not measured\. .* refused the probe: RuntimeError: no guests\. Where an audit hook/,
  ],
];

describe("attaching to a program that listens", () => {
  let folder = "";
  let running: ChildProcessWithoutNullStreams | null = null;

  afterEach(async () => {
    await tidyUp();
    running?.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  it("measures it from then on, and leaves it running", async function () {
    const page = needBridge(this);
    folder = mkdtempSync(join(tmpdir(), "memory-insights-attach-"));
    const file = join(folder, "service.py");
    writeFileSync(file, program);
    running = spawn(pythonWithDebugpy(), [file], { stdio: "pipe" });
    const [port] = (await once(createInterface(running.stdout), "line")) as [string];
    const { getLatestProfile } = await memoryInsights();
    const started = await vscode.debug.startDebugging(sampleFolder(), {
      type: "memory-insights",
      request: "attach",
      name: "attach",
      connect: { host: "127.0.0.1", port: Number(port) },
    });
    assert.ok(started);
    const { pid } = running;
    await eventually("the program in the panel", () => getLatestProfile()?.run.pid === pid);
    const { stdin } = running;
    await vscode.commands.executeCommand("memoryInsights.live.focus");
    // From the second time on the line is seen where it runs.
    await eventually("the line that grew", async () => {
      stdin.write("go\n");
      await new Promise(resolve => setTimeout(resolve, 500));
      const rows = await page.panelQuery(
        `[data-testid=line-row][data-file$="service.py"][data-line="${growingLine}"]`,
      );
      return rows.length > 0;
    });
    assert.match(
      await page.panelText("[data-testid=problems]"),
      /Attached at .* not known by line/,
    );
    await page.screenshot("attached");
    await vscode.debug.stopDebugging();
    await eventually("the end in the panel", async () => {
      const ended = await page.panelQuery("[data-testid=status][data-status=ended]");
      return ended.length > 0;
    });
    assert.equal(await page.panelText("[data-testid=ending]"), "Detached; the program ran on");
    assert.equal(getLatestProfile()?.exit?.reason, "detached");
    const exited = once(running, "exit");
    running.stdin.write("end\n");
    assert.deepEqual(await exited, [3, null]);
  });

  it("says why it is not measured, and what to do, and debugs it all the same", async function () {
    const page = needBridge(this);
    folder = mkdtempSync(join(tmpdir(), "memory-insights-attach-"));
    const file = join(folder, "service.py");
    for (const [code, message] of refusals) {
      const [first = "", ...rest] = program.split("for line");
      writeFileSync(file, `${first}${code}\nfor line${rest.join("for line")}`);
      running = spawn(pythonWithDebugpy(), [file], { stdio: "pipe" });
      const [port] = (await once(createInterface(running.stdout), "line")) as [string];
      await vscode.commands.executeCommand("notifications.clearAll");
      const configuration = { type: "memory-insights", request: "attach", name: "attach" };
      const connect = { host: "127.0.0.1", port: Number(port) };
      assert.ok(await vscode.debug.startDebugging(sampleFolder(), { ...configuration, connect }));
      await eventually(String(message), async () =>
        (await notifications(page)).some(text => message.test(text)),
      );
      assert.ok(vscode.debug.activeDebugSession, "the debugger goes on");
      await vscode.debug.stopDebugging();
      const exited = once(running, "exit");
      running.stdin.write("end\n");
      assert.deepEqual(await exited, [3, null]);
    }
    await vscode.commands.executeCommand("notifications.clearAll");
  });
});
