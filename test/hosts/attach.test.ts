import assert from "node:assert/strict";
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import * as vscode from "vscode";
import { eventually, needBridge, pythonWithDebugpy } from "./support/bridge";
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
});
