import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { type Bridge, eventually, needBridge, type PageElement } from "./support/bridge";
import {
  breakAt,
  debuggingEnded,
  lineOf,
  logAt,
  memoryInsights,
  sampleFile,
  startDebugging,
  StopCounter,
  tidyUp,
} from "./support/debugging";
import { decorations, showsAtLine } from "./support/line-ends";

const main = sampleFile("main.py");
const kibibyte = 1024;
const workers = `import multiprocessing

kept = []


def load():
    kept.append(bytearray(b"x" * 30_000_000))
    print("loaded", flush=True)
    for number in range(2_000_000):
        kept.append({"number": number, "name": "row %d" % number})


if __name__ == "__main__":
    worker = multiprocessing.get_context("spawn").Process(target=load)
    worker.start()
    print("started", flush=True)
    worker.join()
`;
const blobBytes = 30_000_000;

describe("a debug run", () => {
  const stops = new StopCounter();
  after(() => stops.dispose());
  afterEach(tidyUp);

  for (const type of ["memory-insights", "debugpy"]) {
    it(`of the type ${type} shows what grew between two stops`, async function () {
      const page = needBridge(this);
      const { row, line } = await runToSecondStop(page, stops, { type });
      assert.ok(Number(row.attributes["data-bytes"]) > 500 * kibibyte);
      assert.equal(row.attributes["data-source"], "sampled");
      await page.screenshot(type === "debugpy" ? "stop" : "stop-own-type");
      await page.panelClick(rowSelector("shop/addresses.py", line));
      await eventually("the editor to go to the line", () => {
        const editor = vscode.window.activeTextEditor;
        const isThere = editor?.document.uri.path.endsWith("shop/addresses.py");
        return isThere && editor?.selection.active.line === line - 1;
      });
      await showsAtLine(page, /· about \+[\d.]+ [KM]iB \(sampled, stop 2\)/);
      await page.screenshot("stop-at-line");
      await vscode.commands.executeCommand("workbench.action.debug.continue");
      await debuggingEnded();
      await eventually("the end in the panel", async () => statusOf(page, "ended"));
      await eventually("no stop at a line any more", async () => {
        return !(await decorations(page)).some(text => text.includes("stop 2"));
      });
    });
  }

  it("with every allocation counts blocks, and the growth is exact", async function () {
    const page = needBridge(this);
    const memoryInsights = { level: "allocations" };
    const { row } = await runToSecondStop(page, stops, { memoryInsights });
    assert.equal(row.attributes["data-source"], "traced");
    assert.ok(Number(row.attributes["data-blocks"]) >= 20_000, JSON.stringify(row.attributes));
    assert.ok(Number(row.attributes["data-bytes"]) > 500 * kibibyte);
  });

  it("keeps snapshots, and traces from one stop on", async function () {
    const page = needBridge(this);
    await breakAt(main, "addresses  ");
    await logAt(main, "letters    ", 'memory: snapshot "before letters"');
    await breakAt(main, "report     ");
    await startDebugging({});
    await stops.next();
    await showPanel();
    await eventually("the pause in the panel", () => statusOf(page, "paused"));
    await page.panelClick("[data-testid=take-snapshot]");
    await page.panelClick("[data-testid=level][data-level=live]");
    await eventually("the level in the panel", async () => {
      const found = await page.panelQuery("[data-testid=level][data-level=allocations]");
      return found.length > 0;
    });
    await stops.goOn();
    await showPanel();
    const snapshots = await eventually("both snapshots", async () => {
      const rows = await page.panelQuery("[data-testid=snapshot-row]");
      return rows.length >= 2 && rows;
    });
    const names = snapshots.map(({ attributes }) => attributes["aria-label"]).join();
    assert.match(names, /before letters.*on request|on request.*before letters/);
    await eventually("traced lines", async () => {
      const rows = await page.panelQuery("[data-testid=since-stop] [data-testid=line-row]");
      return rows.some(({ attributes }) => attributes["data-source"] === "traced");
    });
    await page.panelClick("[data-testid=snapshot-row]");
    await page.screenshot("snapshots");
  });

  it("stops where memory passes a limit, and says so", async function () {
    const page = needBridge(this);
    const memoryInsights = { stopWhen: ["line > 1MiB"] };
    await startDebugging({ memoryInsights });
    await stops.next();
    await showPanel();
    const text = await eventually("the limit in the panel", async () => {
      const words = await page.panelText("[data-testid=last-stop]");
      return /above/.test(words) && words;
    });
    assert.match(text, /a line above 1\.0 MiB, by \w+\.py:\d+/);
    await page.screenshot("limit");
  });

  it("of several processes shows a stop and a limit of the child that has them", async function () {
    const page = needBridge(this);
    const folder = mkdtempSync(join(tmpdir(), "memory-insights-children-"));
    const file = vscode.Uri.file(join(folder, "workers.py"));
    writeFileSync(file.fsPath, workers);
    await breakAt(file, 'print("loaded"');
    await breakAt(file, 'print("started"');
    const memoryInsights = { stopWhen: ["line > 40MiB"] };
    await startDebugging({ program: file.fsPath, args: [], memoryInsights });
    await stops.next();
    await stops.next();
    const child = stops.ofChild;
    const pid: unknown = child?.session.configuration["subProcessId"];
    assert.ok(child && typeof pid === "number");
    await eventually("the stops of both in the panel", async () => {
      // Each stop brings the debug view to the front, when it is drawn.
      await showPanel();
      const shown = await page.panelQuery("[data-testid=last-stop]");
      const paused = await page.panelQuery("[data-testid=process][data-paused=true]");
      return shown.length === 2 && paused.length === 2;
    });
    const ofChild = `[data-testid=last-stop][data-pid="${pid}"]`;
    const [rss] = await page.panelQuery(`${ofChild} [data-testid=stop-rss]`);
    assert.ok(Number(rss?.attributes["data-bytes"]) >= 0.8 * blobBytes);
    await showsAtLine(page, /^· about \+2\d MiB .*\(sampled, stop \d\)/);
    await page.screenshot("children");
    await child.session.customRequest("continue", { threadId: child.threadId });
    await stops.next();
    assert.equal(stops.ofChild.session, child.session, "the one that grew has stopped");
    const text = await eventually("the limit in the panel", async () => {
      await showPanel();
      const words = await page.panelText(ofChild);
      return /above/.test(words) && words;
    });
    assert.match(text, /a line above 40\.0 MiB, by workers\.py:\d+/);
    await page.screenshot("child-limit");
    // The children end with it; to stop each by itself would be refused for those that are gone.
    await vscode.debug.stopDebugging(child.session.parentSession);
  });

  it("that is killed keeps all that was seen", async function () {
    const page = needBridge(this);
    const { line } = await runToSecondStop(page, stops, {});
    const { getLatestProfile } = await memoryInsights();
    const pid = getLatestProfile()?.run.pid;
    assert.ok(pid);
    process.kill(pid, "SIGKILL");
    await debuggingEnded();
    await eventually("the end in the panel", async () => statusOf(page, "ended"));
    const rows = await page.panelQuery(rowSelector("shop/addresses.py", line));
    assert.ok(rows.length > 0, "the rows of the last stop are still there");
    assert.equal(getLatestProfile()?.stops.length, 2);
    assert.ok(getLatestProfile()?.peakRssBytes);
    assert.equal(await page.panelText("[data-testid=ending]"), "Killed by SIGKILL");
  });

  it("that the user stops says so", async function () {
    const page = needBridge(this);
    await runToSecondStop(page, stops, {});
    assert.deepEqual(await page.panelQuery("[data-testid=rate]"), [], "no trend in a pause");
    await vscode.commands.executeCommand("workbench.action.debug.stop");
    await debuggingEnded();
    await eventually("the end in the panel", async () => statusOf(page, "ended"));
    assert.equal(await page.panelText("[data-testid=ending]"), "Stopped by you");
    const { getLatestProfile } = await memoryInsights();
    assert.equal(getLatestProfile()?.exit?.reason, "stopped");
  });

  it("that is restarted is measured anew", async function () {
    const page = needBridge(this);
    await breakAt(main, "addresses  ");
    await startDebugging({});
    await stops.next();
    const { getLatestProfile } = await memoryInsights();
    const first = await eventually("the first program", () => getLatestProfile()?.run.pid ?? false);
    await vscode.commands.executeCommand("workbench.action.debug.restart");
    await stops.next();
    await showPanel();
    await eventually("the stop of another program", () => {
      const profile = getLatestProfile();
      return profile !== null && profile.run.pid !== first && profile.stops.length === 1;
    });
    await eventually("the pause in the panel", () => statusOf(page, "paused"));
  });

  it("can be without a profile", async () => {
    const { getLatestProfile } = await memoryInsights();
    const before = getLatestProfile()?.run.pid;
    await breakAt(main, "count = arguments.orders");
    await startDebugging({ memoryInsights: false });
    await stops.next();
    assert.equal(getLatestProfile()?.run.pid, before);
    assert.ok(!("MEMORY_INSIGHTS_TOKEN" in (environmentOfSession() ?? {})));
  });
});

async function runToSecondStop(
  page: Bridge,
  stops: StopCounter,
  configuration: Partial<vscode.DebugConfiguration>,
): Promise<{ readonly row: PageElement; readonly line: number }> {
  await breakAt(main, "addresses  ");
  await breakAt(main, "letters    ");
  await startDebugging(configuration);
  await stops.next();
  await stops.goOn();
  await showPanel();
  await eventually("the second stop in the panel", async () => {
    const [newest] = await page.panelQuery("[data-testid=last-stop]");
    return newest?.attributes["data-stop"] === "2";
  });
  const line = (await lineOf(sampleFile("shop/addresses.py"), "_labels[key] =")) + 1;
  const rows = await eventually("the line that grew", () =>
    page.panelQuery(rowSelector("shop/addresses.py", line)),
  );
  const [row] = rows;
  assert.ok(row);
  return { row, line };
}

/** The rows of the newest stop come before those of the whole run. */
function rowSelector(file: string, line: number): string {
  return `[data-testid=since-stop] [data-testid=line-row][data-file$="${file}"][data-line="${line}"]`;
}

async function statusOf(page: Bridge, status: string): Promise<boolean> {
  const found = await page.panelQuery(`[data-testid=status][data-status=${status}]`);
  return found.length > 0;
}

async function showPanel(): Promise<void> {
  await vscode.commands.executeCommand("memoryInsights.live.focus");
}

function environmentOfSession(): object | undefined {
  return vscode.debug.activeDebugSession?.configuration["env"] as object | undefined;
}
