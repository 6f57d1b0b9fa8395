import * as vscode from "vscode";
import { eventually, needBridge } from "./support/bridge";
import { sampleFile, tidyUp } from "./support/debugging";

const mebibyte = 1024 * 1024;

describe("a run file", () => {
  const file = sampleFile("saved.memprofile");

  afterEach(async () => {
    await tidyUp();
    await vscode.workspace.fs.delete(file);
  });

  it("opens as an editor and shows its lines", async function () {
    const page = needBridge(this);
    await write(`${lines().join("\n")}\n{"kind":"lin`);
    await vscode.commands.executeCommand("vscode.open", file);
    await eventually("the line of the run", () =>
      page.panelQuery('[data-testid=line-row][data-file$="shop/visits.py"][data-line="7"]'),
    );
  });

  it("that is none says so", async function () {
    const page = needBridge(this);
    await write("not a run\n");
    await vscode.commands.executeCommand("memoryInsights.openRun", file);
    await vscode.commands.executeCommand("notifications.showList");
    await eventually("the message", async () =>
      (await page.query(".notifications-center .monaco-list-row")).some(row =>
        row.text.includes("cannot be read as a memory profile"),
      ),
    );
    await vscode.commands.executeCommand("notifications.clearAll");
  });

  const write = (text: string) =>
    vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
});

function lines(): readonly string[] {
  const visits = sampleFile("shop/visits.py").fsPath;
  const hello = {
    ...{ kind: "hello", version: 1, pid: 7, parentPid: 1, python: "3.12.1" },
    ...{ implementation: "CPython", executable: "/python", argv: ["main.py"], cwd: "/app" },
    ...{ platform: "linux", level: "live", frames: 1, intervalMs: 50, startedAt: 1 },
    ...{ prefix: "/usr", stdlib: "/usr/lib/python3.12", sitePaths: [], probePath: "/probe" },
    coverage: "none",
  };
  const run = { kind: "run", schema: 1, tool: "memory-insights 0.1.0", command: ["main.py"] };
  const rows = [[visits, 7, null, null, null, 9 * mebibyte]];
  return [
    { ...run, createdAt: 1, level: "live" },
    hello,
    {
      kind: "samples",
      t: [0, 50],
      rss: [mebibyte, 10 * mebibyte],
      traced: [null, null],
      blocks: [1, 2],
      pid: 7,
    },
    { kind: "lines", source: "sampled", t: 50, rows, pid: 7 },
  ].map(record => JSON.stringify(record));
}
