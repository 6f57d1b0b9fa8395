import { delimiter } from "node:path";
import * as vscode from "vscode";
import type { Level, MemoryLimit, RunFileRecord } from "#profile";
import { type FileRename, type RecorderOptions, startRecorder, type TextOf } from "#recorder";
import { messages } from "../messages";
import type { RunFolder } from "../runs/run-folder";
import { type Environment, joinPythonPath } from "./environment";
import { ProfiledRun } from "./profiled-run";

/** What all runs of this extension share. */
export interface RunHost {
  readonly log: vscode.LogOutputChannel;
  readonly runs: RunFolder;
  /** The folder with the probe as it ships. */
  readonly probeFolder: string;
  /** Name and version of this extension. */
  readonly tool: string;
  /** Opens the log. */
  readonly showLog: () => void;
}

/** What is about to run. */
export interface RunRequest {
  readonly command: readonly string[];
  /** The name that people know it by. */
  readonly program: string;
  readonly level: Level;
  readonly frames: number;
  readonly limits: readonly MemoryLimit[];
  /** A function to trace while it runs; empty for none. */
  readonly traceFunction: string;
  /** `env` of its launch configuration. */
  readonly environment: Environment;
  /** What files of the program are to be called; as they are unless told. */
  readonly rename?: FileRename;
  /** Gives the text of what is no file on disk and has run. */
  readonly textOf?: TextOf;
  /** The variables of an earlier run, when the program will be started with them again. */
  readonly reuse?: RecorderOptions["reuse"];
}

/** Starts to listen for a program. Null when it cannot be profiled, and the user has been told. */
export async function startRun(host: RunHost, request: RunRequest): Promise<ProfiledRun | null> {
  const runFile = await host.runs.newFile(request.program);
  // Records that come before the run exists are kept for it.
  const early: RunFileRecord[] = [];
  const problems: string[] = [];
  let add = (record: RunFileRecord): void => void early.push(record);
  let addProblem = (text: string): void => void problems.push(text);
  const started = await startRecorder({
    level: request.level,
    frames: request.frames,
    traceFunction: request.traceFunction,
    command: request.command,
    ...(request.reuse ? { reuse: request.reuse } : {}),
    ...(request.rename ? { rename: request.rename } : {}),
    ...(request.textOf ? { textOf: request.textOf } : {}),
    runFile,
    probeFolder: host.probeFolder,
    pythonPath: joinPythonPath(request.environment, process.env, delimiter),
    tool: host.tool,
    onRecord: record => add(record),
    onProblem: problem => {
      host.log.warn(problem.text);
      addProblem(problem.text);
    },
    log: line => host.log.debug(line),
  });
  if (started.kind === "problem") {
    tellProblem(host, messages.notProfiled(started.problem.text));
    return null;
  }
  const run = new ProfiledRun(started.recorder, runFile, request.frames);
  if (request.limits.length > 0) run.setLimits(request.limits);
  early.forEach(record => run.add(record));
  problems.forEach(text => run.addProblem(text));
  add = record => run.add(record);
  addProblem = text => run.addProblem(text);
  return run;
}

/** Tells why a program runs without being profiled; the program must not wait for the answer. */
export function tellProblem(host: Pick<RunHost, "log" | "showLog">, text: string): void {
  host.log.warn(text);
  const shown = vscode.window.showWarningMessage(text, messages.showLog());
  void shown.then(choice => {
    if (choice === messages.showLog()) host.showLog();
  });
}
