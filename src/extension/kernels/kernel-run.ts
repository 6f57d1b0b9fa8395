import { basename } from "node:path";
import * as vscode from "vscode";
import { DisposableStore } from "#base";
import { askProgram, beginProbe, type Evaluate } from "../debug/probe-injection";
import type { ProfiledRun } from "../debug/profiled-run";
import { type RunHost, startRun } from "../debug/start-run";
import { messages } from "../messages";
import { profilingSettings } from "../settings";
import { evaluateIn, isGone, type Kernel } from "./jupyter";
import type { KernelCells } from "./kernel-cells";

/** What measuring kernels needs of the rest. */
export interface KernelParts {
  readonly host: RunHost;
  readonly cells: KernelCells;
}

/**
 * Brings the probe into a kernel and starts to measure it. Rejects, with what to do, where that
 * cannot be; the kernel is then as it was.
 */
export async function beginInKernel(
  kernel: Kernel,
  notebook: vscode.NotebookDocument,
  { host, cells }: KernelParts,
): Promise<ProfiledRun | null> {
  const evaluate = evaluateIn(kernel, new vscode.CancellationTokenSource().token);
  const program = await askProgram(evaluate, host.probeFolder);
  if (program.isMeasuring) throw new Error(messages.kernelProfiled());
  if (!program.isSupported) throw new Error(messages.unsupportedPython(program.name));
  const { level, frames, limits } = profilingSettings(notebook.uri);
  const path = notebook.uri.fsPath;
  const run = await startRun(host, {
    command: ["jupyter", path],
    program: basename(path),
    level,
    frames,
    limits,
    traceFunction: "",
    environment: {},
    rename: file => cells.nameOf(notebook, file),
    textOf: name => cells.textOf(name),
  });
  if (!run) return null;
  try {
    await enter(run, evaluate, host.probeFolder);
    return run;
  } catch (error) {
    await run.end(null);
    await host.runs.discard(run.runFile);
    run.dispose();
    throw error;
  }
}

async function enter(run: ProfiledRun, evaluate: Evaluate, probeFolder: string): Promise<void> {
  const variables = { ...run.environment, MEMORY_INSIGHTS_CELLS: "1" };
  const beginning = await beginProbe(evaluate, probeFolder, variables);
  if (beginning === "running") throw new Error(messages.kernelProfiled());
  // Somebody else may listen on that port of the kernel's machine.
  if (beginning !== "socket" || !(await run.greeted())) {
    throw new Error(messages.farKernel());
  }
}

/** Ends a run with its kernel, with its notebook, or when `stop` of what it returns is called. */
export function followKernel(
  run: ProfiledRun,
  {
    kernel,
    notebook,
    cells,
    onEnd,
  }: {
    readonly kernel: Kernel;
    readonly notebook: vscode.NotebookDocument;
    readonly cells: KernelCells;
    readonly onEnd: (ended: Promise<void>) => void;
  },
): { readonly stop: () => void } {
  const store = new DisposableStore();
  const end = (): void => {
    store.dispose();
    onEnd(run.end(null));
  };
  const stop = (): void => {
    run.endRequested("detached");
    end();
  };
  store.register(
    kernel.onDidChangeStatus(status => {
      if (isGone(status)) end();
      else if (status === "busy") cells.begin(notebook);
    }),
  );
  store.register(run.onDidLoseProgram(end));
  store.register(
    vscode.workspace.onDidCloseNotebookDocument(closed => {
      if (closed === notebook) stop();
    }),
  );
  return { stop };
}
