import assert from "node:assert/strict";
import * as vscode from "vscode";
import { type Bridge, eventually, needBridge } from "./support/bridge";
import {
  breakAt,
  debuggingEnded,
  lineOf,
  memoryInsights,
  sampleFile,
  startDebugging,
  StopCounter,
  tidyUp,
} from "./support/debugging";
import { evidenceAt } from "./support/findings";
import { decorations, showsAtLine } from "./support/line-ends";

const visits = sampleFile("shop/visits.py");

describe("findings after a run", () => {
  afterEach(tidyUp);

  it("carry what their lines measured, wherever they are shown", async function () {
    this.timeout(150_000);
    const page = needBridge(this);
    await vscode.window.showTextDocument(visits);
    await runToEnd();
    const readlines = await evidenceAt(visits, "log.readlines()", "confirmed");
    assert.equal(readlines.source, "sampled");
    await showsInTree(page);
    await showsAtLine(page, /· measured about [\d.]+ MiB \(sampled\)/);
    await showsInHover(page);
    await showsInStatusBar(page, /peak [\d.]+ MiB · \d+ findings/);
    await page.screenshot("evidence");
    await page.key("Escape");
  });

  it("tell small from not executed and from a file that changed since", async function () {
    const page = needBridge(this);
    const editor = await vscode.window.showTextDocument(visits);
    const report = sampleFile("shop/report.py");
    assert.equal((await evidenceAt(report, 'marks=["=", "-"]', "small")).state, "small");
    const never = await evidenceAt(visits, "in log.readlines():\n            if is_failed");
    assert.equal(never.state, "not-executed");
    await vscode.commands.executeCommand("memoryInsights.findings.focus");
    await eventually("both in the tree", async () => {
      const rows = (await treeRows(page)).join("\n");
      return rows.includes(", not executed, ") && rows.includes(", small, ");
    });
    const fresh = await evidenceAt(visits, "log.readlines()", "confirmed");
    await editor.edit(edit => edit.insert(new vscode.Position(0, 0), "# changed\n"));
    const stale = await evidenceAt(visits, "log.readlines()", "stale");
    assert.equal(stale.bytes, fresh.bytes, "the line keeps its figure, although it moved");
    await showsAtLine(page, /· ~ measured about [\d.]+ MiB \(sampled\)/);
    await eventually("the change in the tree", async () =>
      (await treeRows(page)).join("\n").includes("MiB · file changed, "),
    );
    await page.screenshot("stale");
    await vscode.commands.executeCommand("undo");
    await evidenceAt(visits, "log.readlines()", "confirmed");
  });

  it("are unknown again when the next run starts", async function () {
    this.timeout(150_000);
    const { getFindings } = await memoryInsights();
    const stops = new StopCounter();
    try {
      await breakAt(sampleFile("main.py"), "count = arguments.orders");
      await startDebugging({});
      await stops.next();
      await eventually("no figure of the run before", () =>
        getFindings().every(({ evidence }) => !evidence || evidence.state !== "confirmed"),
      );
      assert.equal((await evidenceAt(visits, "log.readlines()", "unknown")).bytes, null);
      vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
      await vscode.commands.executeCommand("workbench.action.debug.continue");
      await debuggingEnded();
    } finally {
      stops.dispose();
    }
    await evidenceAt(visits, "log.readlines()", "confirmed");
  });

  it("can be hidden, shown again and cleared", async function () {
    const page = needBridge(this);
    await vscode.window.showTextDocument(visits);
    await showsAtLine(page, /measured/);
    await vscode.commands.executeCommand("memoryInsights.hideMeasurements");
    await eventually("nothing at the end of the lines", async () => {
      return (await decorations(page)).length === 0;
    });
    await vscode.commands.executeCommand("memoryInsights.showMeasurements");
    await showsAtLine(page, /measured/);
    await vscode.commands.executeCommand("memoryInsights.clearMeasurements");
    const { getFindings } = await memoryInsights();
    await eventually("findings without evidence", () =>
      getFindings().every(({ evidence }) => evidence === null),
    );
    assert.ok(getFindings(visits).length > 0, "the findings themselves stay");
    await eventually("nothing in the status bar", async () => {
      const items = await page.query(".statusbar-item");
      return !items.some(item => item.text.includes("peak"));
    });
  });

  it("come back with a run that is opened again", async function () {
    const page = needBridge(this);
    await vscode.commands.executeCommand("memoryInsights.runs.focus");
    const isRun = (text: string) => text.includes("main.py");
    const index = await eventually("a run in the tree", async () => {
      const found = (await treeRows(page, "Runs")).findIndex(isRun);
      return found >= 0 && { found };
    });
    await page.click(`${treeSelector("Runs")} .monaco-list-row`, index.found);
    await evidenceAt(visits, "log.readlines()", "confirmed");
    await eventually("the run in the panel", () =>
      page.panelQuery("[data-testid=status][data-status=ended]"),
    );
  });
});

/** Other tests leave the run of before, so that its end is no sign of this one's. */
async function runToEnd(): Promise<void> {
  const { getLatestProfile } = await memoryInsights();
  const before = getLatestProfile()?.run.pid;
  await startDebugging({});
  const isOver = () => {
    const profile = getLatestProfile();
    return profile !== null && profile.run.pid !== before && profile.exit !== null;
  };
  await eventually("the run to end", isOver, 100_000);
  await debuggingEnded();
}

async function showsInTree(page: Bridge): Promise<void> {
  await vscode.commands.executeCommand("memoryInsights.findings.focus");
  // The tree follows the run, so for a moment it still shows what was known before the end.
  const known = await eventually("three findings with their bytes", async () => {
    const rows = await treeRows(page);
    const measured = rows.map(row => Number(/, ≈ ([\d.]+) MiB, /.exec(row)?.[1]));
    const found = measured.filter(bytes => !Number.isNaN(bytes));
    if (found.length < 3) throw new Error(rows.join("\n"));
    return found;
  });
  assert.deepEqual(
    known,
    [...known].sort((a, b) => b - a),
    "the most bytes come first",
  );
}

async function showsInStatusBar(page: Bridge, words: RegExp): Promise<void> {
  await eventually(`${String(words)} in the status bar`, async () => {
    const texts = (await page.query(".statusbar-item")).map(item => item.text);
    if (!texts.some(text => words.test(text.replaceAll("\u00a0", " ")))) {
      throw new Error(texts.join(" | "));
    }
    return true;
  });
}

async function showsInHover(page: Bridge): Promise<void> {
  const editor = await vscode.window.showTextDocument(visits);
  const at = new vscode.Position(await lineOf(visits, "log.readlines()"), 25);
  editor.selection = new vscode.Selection(at, at);
  await vscode.commands.executeCommand("editor.action.showHover");
  await eventually("the measurement in the hover", async () => {
    const texts = (await page.query(".monaco-hover")).map(hover => hover.text.replace(/\s/g, " "));
    if (
      !texts.some(text => /measured about [\d.]+ MiB \(\d+ % of the peak, sampled\)/.test(text))
    ) {
      throw new Error(texts.join(" | "));
    }
    return true;
  });
}

async function treeRows(page: Bridge, view = "Findings"): Promise<readonly string[]> {
  const rows = await page.query(`${treeSelector(view)} .monaco-list-row`);
  return rows.map(row => row.attributes["aria-label"] ?? row.text);
}

function treeSelector(view: string): string {
  return `.pane:has(.pane-header[aria-label^="${view}"])`;
}
