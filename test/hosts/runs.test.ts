import * as vscode from "vscode";
import { type Bridge, eventually, needBridge } from "./support/bridge";
import { debuggingEnded, startDebugging, tidyUp } from "./support/debugging";

const list = '.pane:has(.pane-header[aria-label^="Runs"]) .monaco-list-row';

describe("the list of runs", () => {
  afterEach(tidyUp);

  it("tells what a run took, and keeps it", async function () {
    const page = needBridge(this);
    await startDebugging({});
    await debuggingEnded();
    await vscode.commands.executeCommand("memoryInsights.runs.focus");
    await eventually("the peak and the level of the newest run", async () =>
      /main\.py.*peak [\d.]+ MiB · live · /.test(await firstRow(page)),
    );
    await page.hover(list);
    await page.click(`${list} .action-label.codicon-pin`);
    await eventually("the run to be kept", () =>
      page.query(`${list} .custom-view-tree-node-item-icon.codicon-pinned`),
    );
    await page.screenshot("runs");
  });
});

async function firstRow(page: Bridge): Promise<string> {
  const [row] = await page.query(list);
  return (row?.text ?? "").replaceAll("\n", " ").replaceAll("\u00a0", " ");
}
