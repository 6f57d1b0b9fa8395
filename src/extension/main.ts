import { join } from "node:path";
import * as vscode from "vscode";
import type { Profile } from "#profile";
import type { PanelCommand } from "#protocol";
import type { MemoryInsightsApi } from "./api";
import type { FindingsClient } from "./client";
import type { ProfiledRun } from "./debug/profiled-run";
import type { RunHost } from "./debug/start-run";
import { type RunPlain, startPlain, startWhereItCan } from "./debug/start-profiled";
import { registerDebugging } from "./debugging";
import type { CellName } from "./findings/files-of-run";
import { FindingsModel } from "./findings/findings-model";
import { registerFindings } from "./findings/register-findings";
import { KernelCells } from "./kernels/kernel-cells";
import { messages } from "./messages";
import { LivePanel, type LivePanelOptions } from "./panel";
import { openPlace } from "./open-place";
import { Presenter } from "./presenter";
import { readRun } from "./runs/read-run";
import { registerRunCommands } from "./runs/run-commands";
import { RunEditor } from "./runs/run-editor";
import { RunFolder } from "./runs/run-folder";
import { RunsTree } from "./runs/runs-tree";
import { StepDecorations } from "./stops/step-decorations";
import { registerTargets, type TargetsParts } from "./targets/register-targets";
import { keptRuns } from "./settings";
import { ProfileTasks } from "./tasks/profile-tasks";
import { openWalkthrough } from "./walkthrough";

/** Starts the extension. The language server starts beside it and is not waited for. */
export function activate(context: vscode.ExtensionContext): MemoryInsightsApi {
  const own = <T extends vscode.Disposable>(value: T): T => {
    context.subscriptions.push(value);
    return value;
  };
  const log = own(vscode.window.createOutputChannel("Memory Insights", { log: true }));
  const cells = new KernelCells();
  const onGoto = (file: string, line: number) => {
    openPlace(file, line, cells).catch((error: unknown) => log.warn(`${file}: ${String(error)}`));
  };
  const panelOptions = optionsOfPanel(context, log, onGoto);
  const panel = own(new LivePanel(panelOptions));
  own(vscode.window.registerWebviewViewProvider(LivePanel.viewId, panel));
  const cellName: CellName = uri => cells.nameFor(uri);
  const findings = own(new FindingsModel(log, cellName));
  const steps = own(new StepDecorations(cellName));
  const presenter = own(new Presenter(panel, findings, steps));
  own(registerFindings(findings, steps));
  const runs = new RunFolder(runFolder(context), keptRuns);
  const tree = own(new RunsTree(runs));
  own(vscode.window.registerTreeDataProvider("memoryInsights.runs", tree));
  const show = async (profile: Profile, path: string) => {
    presenter.showSaved(profile, path);
    await findings.measure(profile);
  };
  own(vscode.commands.registerCommand("memoryInsights.openWalkthrough", openWalkthrough));
  own(registerRunCommands({ runs, tree, log, show, forget: path => presenter.forget(path) }));
  const editor = new RunEditor(panelOptions, profile => {
    // A run that goes on will bring its own measurements.
    if (!presenter.running) void findings.measure(profile);
  });
  own(vscode.window.registerCustomEditorProvider(RunEditor.viewType, editor));
  // Figures of an earlier run beside a program that runs would look like its own.
  const onProgress = async (run: ProfiledRun) => {
    if (presenter.isNewest(run)) await findings.measure(run.profile());
  };
  const onEnd = async (run: ProfiledRun) => {
    if (!run.hasProgram) run.addProblem(messages.noReport());
    await onProgress(run);
    await runs.finish(run.runFile, run.profile()).finally(() => tree.refresh());
  };
  const host = runHost(context, log, runs);
  const parts = { host, presenter, cells, onGoto, onProgress, onEnd };
  const { runPlain } = own(registerDebugging(parts));
  const onTaskEnd = async (path: string) => {
    const { profile } = await readRun(vscode.Uri.file(path));
    const taken = await runs.takeIn(path, profile).finally(() => tree.refresh());
    if (presenter.running) return;
    await show(profile, taken);
    await focusPanel();
  };
  const cli = context.asAbsolutePath(join("dist", "cli.js"));
  own(new ProfileTasks({ host, cli, onEnd: onTaskEnd }));
  const client = connect(context, log, findings);
  own(registerTargets(targetsParts({ client, host, presenter, runPlain })));
  return {
    version: 1,
    getFindings: uri => (uri ? findings.of(uri) : findings.all()),
    onDidChangeFindings: findings.onDidChange,
    getLatestProfile: () => presenter.profile(),
  };
}

function targetsParts({
  client,
  host,
  presenter,
  runPlain,
}: {
  readonly client: Promise<FindingsClient>;
  readonly host: RunHost;
  readonly presenter: Presenter;
  readonly runPlain: RunPlain;
}): TargetsParts {
  return {
    find: async uri => (await client).runTargets(uri.toString()),
    start: startWhereItCan(runPlain),
    startPlain: startPlain(runPlain),
    probeFolder: host.probeFolder,
    onUntrusted() {
      presenter.showEmpty("untrusted", null);
      void focusPanel();
    },
  };
}

/** Brings the panel to the front and leaves the cursor where it is. */
async function focusPanel(): Promise<void> {
  await vscode.commands.executeCommand("memoryInsights.live.focus", { preserveFocus: true });
}

function optionsOfPanel(
  { extensionUri }: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  onGoto: LivePanelOptions["onGoto"],
): LivePanelOptions {
  return {
    extensionUri,
    onCommand: command => void vscode.commands.executeCommand(panelCommands[command]),
    onGoto,
    log: text => log.warn(text),
  };
}

const panelCommands: Readonly<Record<PanelCommand, string>> = {
  // The button says "again" where there is a run, and means that run.
  debug: "memoryInsights.debugAgain",
  mark: "memoryInsights.mark",
  takeSnapshot: "memoryInsights.takeSnapshot",
  startTracing: "memoryInsights.startTracing",
  stopTracing: "memoryInsights.stopTracing",
  selectPython: "memoryInsights.selectPython",
  showLog: "memoryInsights.showLog",
  trust: "workbench.trust.manage",
  openRun: "memoryInsights.openRun",
};

/** Runs belong to the workspace; a window without one keeps them for all such windows. */
function runFolder(context: vscode.ExtensionContext): string {
  return join((context.storageUri ?? context.globalStorageUri).fsPath, "runs");
}

function runHost(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  runs: RunFolder,
): RunHost {
  const { version } = context.extension.packageJSON as { readonly version: string };
  return {
    log,
    runs,
    probeFolder: context.asAbsolutePath(join("dist", "probe")),
    tool: `memory-insights ${version}`,
    showLog: () => log.show(),
  };
}

/** The client's library is large: it is loaded after activation, and nothing waits for it. */
function connect(
  context: vscode.ExtensionContext,
  log: vscode.LogOutputChannel,
  findings: FindingsModel,
): Promise<FindingsClient> {
  const started = import("./client").then(async ({ startClient }) => {
    const client = await startClient(context, log);
    context.subscriptions.push(client);
    findings.connect(client);
    return client;
  });
  started.catch((error: unknown) => log.error("The language client did not start", String(error)));
  return started;
}
