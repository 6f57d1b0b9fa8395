import * as vscode from "vscode";
import { type Bridge, eventually, needBridge } from "./support/bridge";
import { debuggingEnded, startDebugging, tidyUp } from "./support/debugging";

const list = '.pane:has(.pane-header[aria-label^="Runs"]) .monaco-list-row';
const pinned = `${list} .custom-view-tree-node-item-icon.codicon-pinned`;

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
    // Again, as a user would, where the list was drawn anew under the pointer.
    await eventually("the run to be kept", async () => {
      await page.hover(list);
      await page.click(`${list} .action-label.codicon-pin`);
      return eventually("the pin", () => page.query(pinned), 4_000);
    });
    await page.screenshot("runs");
  });
});

async function firstRow(page: Bridge): Promise<string> {
  const [row] = await page.query(list);
  return (row?.text ?? "").replaceAll("\n", " ").replaceAll("\u00a0", " ");
}
