import * as vscode from "vscode";
import { messages } from "../messages";
import { findPython } from "./find-python";
import { inspectPython, type PythonInfo } from "./inspect-python";

/** Why there is no Python to debug with. */
export interface PythonProblem {
  readonly reason: "no-python" | "no-debugpy";
  readonly text: string;
}

/**
 * Finds a Python that has debugpy. Where there is none it says so once, with the next step, and
 * tells `onProblem`; null then.
 */
export async function pythonForDebugging(
  folder: vscode.WorkspaceFolder | undefined,
  wanted: string | null,
  onProblem: (problem: PythonProblem) => void,
): Promise<PythonInfo | null> {
  const search = wanted === null ? await findPython(folder) : await exactly(wanted);
  const { python, tried } = search;
  if (python?.hasDebugpy) return python;
  if (python) {
    onProblem({ reason: "no-debugpy", text: messages.noDebugpy(python.executable) });
    void offerDebugpy(python);
  } else {
    onProblem({ reason: "no-python", text: messages.noPython(tried) });
    void offerPython(tried);
  }
  return null;
}

async function exactly(wanted: string) {
  return { python: await inspectPython([wanted]), tried: [wanted] };
}

/** Neither button runs anything: what is installed, and where, is for the user to say. */
async function offerDebugpy({ executable }: PythonInfo): Promise<void> {
  const command = `${quoted(executable)} -m pip install debugpy`;
  const open = messages.installDebugpy();
  const copy = messages.copyCommand();
  const choice = await vscode.window.showErrorMessage(messages.noDebugpy(executable), open, copy);
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
