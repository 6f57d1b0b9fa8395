import { existsSync } from "node:fs";
import { join } from "node:path";
import type * as vscode from "vscode";
import { pythonPathSetting } from "../settings";
import { editorPython } from "./editor-python";
import { inspectPython, type PythonCommand, type PythonInfo } from "./inspect-python";

/** Where a Python was looked for, in words for people, and what was found. */
export interface PythonSearch {
  readonly python: PythonInfo | null;
  readonly tried: readonly string[];
}

/**
 * Finds the Python of a folder: the setting, what the editor's Python extensions say, the folder's
 * own environment, then the first on PATH. A setting that does not work is not passed over, for
 * somebody wanted exactly that one.
 */
export async function findPython(
  folder: vscode.WorkspaceFolder | undefined,
): Promise<PythonSearch> {
  const configured = pythonPathSetting(folder);
  if (configured !== null) return firstOf([[configured]]);
  const fromEditor = await editorPython(folder?.uri);
  const candidates = fromEditor === null ? [] : [[fromEditor] as const];
  return firstOf([...candidates, ...environmentsOf(folder), ...onPath()]);
}

async function firstOf(candidates: readonly PythonCommand[]): Promise<PythonSearch> {
  const tried: string[] = [];
  for (const candidate of candidates) {
    tried.push(candidate.join(" "));
    const python = await inspectPython(candidate);
    if (python) return { python, tried };
  }
  return { python: null, tried };
}

function environmentsOf(folder: vscode.WorkspaceFolder | undefined): readonly PythonCommand[] {
  if (folder?.uri.scheme !== "file") return [];
  const inside = process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"];
  return [".venv", "venv"]
    .map(name => join(folder.uri.fsPath, name, ...inside))
    .filter(path => existsSync(path))
    .map(path => [path]);
}

function onPath(): readonly PythonCommand[] {
  return process.platform === "win32"
    ? [["py", "-3"], ["python"], ["python3"]]
    : [["python3"], ["python"]];
}
