import * as vscode from "vscode";
import type { Level } from "#profile";
import { messages } from "../messages";
import type { StartProfiled } from "./start-profiled";

/** Debugs a Python file with a memory profile: the one given, or the one in the active editor. */
export async function debugFile(
  target: unknown,
  level: Level | null,
  start: StartProfiled,
): Promise<void> {
  const uri = target instanceof vscode.Uri ? target : activePython();
  if (!uri) {
    await vscode.window.showInformationMessage(messages.noFile());
    return;
  }
  if (await isOnDisk(uri)) await start(uri, { program: uri.fsPath }, level);
}

/** The Python file in the active editor. */
export function activePython(): vscode.Uri | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document?.languageId === "python" ? document.uri : undefined;
}

/** Saves a file that is about to run; false when it cannot be, and the user has been told. */
export async function isOnDisk(uri: vscode.Uri): Promise<boolean> {
  const document = await vscode.workspace.openTextDocument(uri);
  if (!document.isUntitled && (!document.isDirty || (await document.save()))) return true;
  await vscode.window.showInformationMessage(messages.unsavedFile());
  return false;
}
