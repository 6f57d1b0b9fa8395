import { dirname } from "node:path";
import * as vscode from "vscode";
import { messages } from "../messages";
import { profilingSettings } from "../settings";
import { readEnvironment } from "./environment";
import { launchChoice } from "./launch-choice";
import { argumentsOf, ownDebugType } from "./own-type";
import type { ProfiledRun } from "./profiled-run";
import { requestOf } from "./profiling-provider";
import { type RunHost, startRun } from "./start-run";

/** A program as a launch configuration has it, and the Python to run it. */
export interface PlainLaunch {
  readonly folder: vscode.WorkspaceFolder | undefined;
  readonly configuration: vscode.DebugConfiguration;
  /** Path of the interpreter. */
  readonly python: string;
}

/** Who is told of a run. */
export interface RunListener {
  readonly onStart: (run: ProfiledRun) => void;
  readonly onEnd: (run: ProfiledRun) => void;
}

/**
 * Runs a program with a memory profile and without a debugger, as a task in a terminal. A program
 * that cannot be profiled runs all the same, and the user has been told.
 */
export async function runWithoutDebugger(
  host: RunHost,
  launch: PlainLaunch,
  listener: RunListener,
): Promise<void> {
  const { folder, configuration } = launch;
  const settings = launchChoice(configuration["memoryInsights"], profilingSettings(folder));
  const run = await startRun(host, requestOf(configuration, settings));
  const task = taskOf(launch, run?.environment ?? {});
  if (run) listener.onStart(run);
  const execution = await start(task, run);
  if (!run) return;
  const listening = vscode.tasks.onDidEndTaskProcess(({ execution: ended, exitCode }) => {
    if (ended !== execution) return;
    listening.dispose();
    // Without a code the editor has ended it: somebody closed its terminal.
    if (exitCode === undefined) run.endRequested("stopped");
    run.end(exitCode ?? null).then(
      () => listener.onEnd(run),
      (error: unknown) => host.log.warn("At the end of a run", String(error)),
    );
  });
}

/** @throws Error when the editor refuses */
async function start(task: vscode.Task, run: ProfiledRun | null): Promise<vscode.TaskExecution> {
  try {
    return await vscode.tasks.executeTask(task);
  } catch (error) {
    await run?.end(null);
    throw error;
  }
}

function taskOf(
  { folder, configuration, python }: PlainLaunch,
  environment: Readonly<Record<string, string>>,
): vscode.Task {
  const cwd: unknown = configuration["cwd"];
  const program: unknown = configuration["program"];
  const elsewhere = typeof program === "string" ? dirname(program) : undefined;
  const place = typeof cwd === "string" ? cwd : (folder?.uri.fsPath ?? elsewhere);
  const env = { ...setVariables(configuration["env"]), ...environment };
  const options = { env, ...(place === undefined ? {} : { cwd: place }) };
  const task = new vscode.Task(
    { type: ownDebugType },
    folder ?? vscode.TaskScope.Workspace,
    configuration.name,
    messages.extensionName(),
    new vscode.ProcessExecution(python, [...argumentsOf(configuration)], options),
    [],
  );
  task.presentationOptions = { clear: true, showReuseMessage: false };
  return task;
}

/** A task's variables come over the editor's; it cannot take one away. */
function setVariables(value: unknown): Readonly<Record<string, string>> {
  const entries = Object.entries(readEnvironment(value));
  return Object.fromEntries(
    entries.flatMap(([name, text]) => (typeof text === "string" ? [[name, text] as const] : [])),
  );
}
