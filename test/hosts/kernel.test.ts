import assert from "node:assert/strict";
import * as vscode from "vscode";
import { eventually, needBridge } from "./support/bridge";
import { memoryInsights, sampleFile, tidyUp } from "./support/debugging";
import { costlyLine, costOf, evidenceAt } from "./support/findings";
import { showsAtLine } from "./support/line-ends";
import { insertCell, notebookText } from "./support/notebook-text";
import { notifications } from "./support/notifications";

const python = process.env["MEMORY_INSIGHTS_TEST_KERNEL_PYTHON"];
const megabyte = 1_000_000;

/** All that a user's namespace shows. */
const namesCode = `(lambda shell: print(sorted(shell.user_ns), shell.user_ns["In"], shell.user_ns["Out"],
  shell.user_ns["_"], shell.execution_count))(get_ipython())`;
/** Who listens to cells, and whether our thread is there. */
const tracesCode = `print([len(each) for each in get_ipython().events.callbacks.values()],
  "Memory Insights" in [each.name for each in __import__("threading").enumerate()])`;

describe("profiling a Jupyter kernel", function () {
  const uri = sampleFile("kernel.ipynb");
  const standIn = (name: string, ...args: readonly unknown[]) =>
    vscode.commands.executeCommand(`jupyterStandIn.${name}`, uri, ...args);
  let notebook: vscode.NotebookDocument;

  before(function () {
    // It could not be installed; the stage before says why.
    if (!python) this.skip();
  });

  beforeEach(async () => {
    const text = notebookText([
      "kept = []\n7",
      `for size in range(3):\n    kept.append(b"x" * (${20 * megabyte} + size))`,
      "1 / 0",
    ]);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
    notebook = await vscode.workspace.openNotebookDocument(uri);
    await vscode.window.showNotebookDocument(notebook);
  });

  afterEach(async () => {
    await vscode.commands.executeCommand("notifications.clearAll");
    await standIn("stop");
    await tidyUp();
    await vscode.workspace.fs.delete(uri);
  });

  it("makes each cell a step whose lines lead to it, and gives all back", async function () {
    const page = needBridge(this);
    const { getLatestProfile } = await memoryInsights();
    const runCell = (index: number) => standIn("runCell", notebook.cellAt(index));
    await standIn("start", python, "python");
    await runCell(1);
    const names = await standIn("ask", namesCode);
    const traces = await standIn("ask", tracesCode);
    assert.match(String(names), /'kept'.* 7 2/);
    await vscode.commands.executeCommand("memoryInsights.profileKernel");
    await eventually("the program in the panel", async () => {
      return (await page.panelText("[data-testid=program]")) === "kernel.ipynb";
    });
    assert.equal(await standIn("ask", namesCode), names);
    assert.notEqual(await standIn("ask", tracesCode), traces, "the probe is there");
    await runCell(2);
    await showsAtLine(page, /· about \+[\d.]+ MiB .*\(sampled, stop 1\)/);
    await runCell(3);
    const name = `${uri.fsPath}[3]`;
    const stops = await eventually("a step for each cell", () => {
      const profile = getLatestProfile();
      return profile?.stops.length === 2 && profile.stops;
    });
    assert.deepEqual(
      stops.map(({ at }) => [at?.file, at?.reason]),
      [
        [name, "after the cell"],
        [`${uri.fsPath}[4]`, "after the cell"],
      ],
    );
    const files = getLatestProfile()?.files ?? [];
    const grown = stops[0]?.rows.filter(({ file }) => files[file]?.path === name) ?? [];
    const bytes = grown.reduce((sum, row) => sum + row.bytes, 0);
    assert.ok(bytes > 50 * megabyte && bytes < 70 * megabyte, JSON.stringify(grown));
    const row = `[data-testid=line-row][data-file="${name}"]`;
    await eventually("the line that grew", () => page.panelQuery(row));
    await page.screenshot("kernel");
    await vscode.commands.executeCommand("memoryInsights.stopKernel");
    await eventually("the end of the run", () => getLatestProfile()?.exit?.reason === "detached");
    await eventually("the kernel as it was", async () => {
      return (await standIn("ask", tracesCode)) === traces;
    });
    await page.panelClick(row);
    await eventually("the cell", () => {
      const editor = vscode.window.activeTextEditor;
      return editor?.document.uri.toString() === notebook.cellAt(2).document.uri.toString();
    });
  });

  it("ends with the kernel, and says what is missing to begin", async function () {
    const page = needBridge(this);
    const { getLatestProfile } = await memoryInsights();
    const refused = async (words: RegExp) => {
      await vscode.commands.executeCommand("notifications.clearAll");
      await vscode.commands.executeCommand("memoryInsights.profileKernel");
      await eventually(String(words), async () =>
        (await notifications(page)).some(text => words.test(text)),
      );
    };
    await refused(/No kernel runs this notebook yet\. Choose a kernel and run a cell/);
    await standIn("start", python, "r");
    await refused(/This kernel runs r\. Choose a kernel of Python/);
    await standIn("stop");
    await standIn("start", python, "python");
    await vscode.commands.executeCommand("jupyterStandIn.allow", false);
    await refused(/Allow it by Jupyter: Manage Access To Jupyter Kernels/);
    await vscode.commands.executeCommand("jupyterStandIn.allow", true);
    await vscode.commands.executeCommand("memoryInsights.profileKernel");
    await standIn("runCell", notebook.cellAt(1));
    await eventually("the step", () => getLatestProfile()?.stops.length === 1);
    await standIn("restart");
    const profile = await eventually("the end of the run", () => {
      const latest = getLatestProfile();
      return latest?.exit ? latest : undefined;
    });
    assert.equal(profile.stops.length, 1);
    assert.equal(profile.exit?.reason, undefined);
  });

  it("tells findings in cells what their lines cost, at each cell's end", async function () {
    const page = needBridge(this);
    await insertCell(notebook, 2, costlyLine);
    const cell = notebook.cellAt(2);
    const { uri: address } = cell.document;
    await standIn("start", python, "python");
    await vscode.commands.executeCommand("memoryInsights.profileKernel");
    await standIn("runCell", "rows = range(2_000_000)");
    await standIn("runCell", cell);
    await costOf(address, "confirmed");
    // Where the step took as much, its label says it alone.
    await showsAtLine(page, /· (?:measured about |about \+)[\d.]+ MiB \(sampled/);
    await page.screenshot("kernel-finding");
    await insertCell(notebook, 2, `${costlyLine}  # has not run`);
    await costOf(address, "confirmed");
    const other = await evidenceAt(notebook.cellAt(2).document.uri, costlyLine, "unknown");
    assert.equal(other.bytes, null, "another cell stands there now");
    const edit = new vscode.WorkspaceEdit();
    edit.insert(address, new vscode.Position(0, 0), "# changed\n");
    await vscode.workspace.applyEdit(edit);
    await costOf(address, "stale");
    await standIn("runCell", cell);
    await costOf(address, "confirmed");
  });

  it("that passes a limit of memory says so, and goes on", async function () {
    const page = needBridge(this);
    const { getLatestProfile } = await memoryInsights();
    const settings = vscode.workspace.getConfiguration("memoryInsights.profiling");
    const stopWhen = (limits?: readonly string[]) =>
      settings.update("stopWhen", limits, vscode.ConfigurationTarget.Workspace);
    await stopWhen(["line > 30MB"]);
    try {
      await standIn("start", python, "python");
      await vscode.commands.executeCommand("memoryInsights.profileKernel");
      await standIn("runCell", notebook.cellAt(1));
      await standIn("runCell", notebook.cellAt(2));
    } finally {
      await stopWhen();
    }
    const said =
      /The kernel passed a limit: a line above 28\.6 MiB, by kernel\.ipynb\[3\]:[12]\. .* goes on/;
    await eventually("the message", async () => {
      return (await notifications(page)).some(text => said.test(text));
    });
    assert.equal(getLatestProfile()?.exit, null, "the kernel is still measured");
    await page.click(".notifications-center .monaco-button");
    await eventually("the cell", () => {
      const editor = vscode.window.activeTextEditor;
      return editor?.document.uri.toString() === notebook.cellAt(2).document.uri.toString();
    });
    await eventually("the panel to say it", async () => {
      return said.test(await page.panelText("[data-testid=problems]"));
    });
  });
});
