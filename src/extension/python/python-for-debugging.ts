import * as vscode from "vscode";
import { messages } from "../messages";
import { findPython } from "./find-python";
import { inspectPython, type PythonInfo } from "./inspect-python";

/** Why there is no Python to debug with. */
export interface PythonProblem {
  readonly reason: "no-python" | "no-debugpy";
  readonly text: string;
}

/** What becomes of a search that finds no Python to debug with. */
export interface NoDebugger {
  readonly onProblem: (problem: PythonProblem) => void;
  /** Runs the program by a Python that has no debugger; the user has chosen to. */
  readonly runWithout: (python: string) => Promise<void>;
}

/**
 * Finds a Python that has debugpy. Where there is none it says so once, with the next step, and
 * tells `onProblem`; null then.
 */
export async function pythonForDebugging(
  folder: vscode.WorkspaceFolder | undefined,
  wanted: string | null,
  { onProblem, runWithout }: NoDebugger,
): Promise<PythonInfo | null> {
  const search = wanted === null ? await findPython(folder) : await exactly(wanted);
  const { python, tried } = search;
  if (python?.hasDebugpy) return python;
  if (python) {
    onProblem({ reason: "no-debugpy", text: messages.noDebugpy(python.executable) });
    void offerDebugpy(python, runWithout);
  } else {
    onProblem({ reason: "no-python", text: messages.noPython(tried) });
    void offerPython(tried);
  }
  return null;
}

async function exactly(wanted: string) {
  return { python: await inspectPython([wanted]), tried: [wanted] };
}

/** No button installs anything: what is installed, and where, is for the user to say. */
async function offerDebugpy(
  { executable }: PythonInfo,
  runWithout: NoDebugger["runWithout"],
): Promise<void> {
  const command = `${quoted(executable)} -m pip install debugpy`;
  const open = messages.installDebugpy();
  const copy = messages.copyCommand();
  const run = messages.runWithoutDebugger();
  const text = messages.noDebugpy(executable);
  const choice = await vscode.window.showErrorMessage(text, run, open, copy);
  if (choice === run) await runWithout(executable);
  if (choice === copy) await vscode.env.clipboard.writeText(command);
  if (choice !== open) return;
  const terminal = vscode.window.createTerminal(messages.installTerminal());
  terminal.show();
  terminal.sendText(command, false);
}

async function offerPython(tried: readonly string[]): Promise<void> {
  const choose = messages.choosePython();
  const choice = await vscode.window.showErrorMessage(messages.noPython(tried), choose);
  if (choice === choose) await vscode.commands.executeCommand("memoryInsights.selectPython");
}

/** PowerShell, the default on Windows, runs a quoted path only after `&`. */
function quoted(path: string): string {
  if (!path.includes(" ")) return path;
  return process.platform === "win32" ? `& "${path}"` : `"${path}"`;
}
