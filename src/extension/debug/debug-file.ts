import * as vscode from "vscode";
import type { Level } from "#profile";
import { messages } from "../messages";
import { launchOf, ownDebugType } from "./own-type";

/** Debugs a Python file with a memory profile: the one given, or the one in the active editor. */
export async function debugFile(target: unknown, level: Level | null): Promise<void> {
  const uri = target instanceof vscode.Uri ? target : activePython();
  if (!uri) {
    await vscode.window.showInformationMessage(messages.noFile());
    return;
  }
  const document = await vscode.workspace.openTextDocument(uri);
  if (document.isUntitled || (document.isDirty && !(await document.save()))) {
    await vscode.window.showInformationMessage(messages.unsavedFile());
    return;
  }
  const configuration = {
    ...launchOf(uri.fsPath, hasDebugpyType() ? "debugpy" : ownDebugType),
    // Whoever asks for a profile by name gets one, whatever the settings say.
    memoryInsights: level === null ? true : { level },
  };
  await vscode.commands.executeCommand("memoryInsights.live.focus", { preserveFocus: true });
  // The panel is what was asked for, so the debugger's own view does not take its place.
  const options = { suppressDebugView: true };
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  await vscode.debug.startDebugging(folder, configuration, options);
}

function activePython(): vscode.Uri | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document?.languageId === "python" ? document.uri : undefined;
}

/** Whether any extension brings the type `debugpy`, such as Microsoft's. */
function hasDebugpyType(): boolean {
  return vscode.extensions.all.some(extension => debuggersOf(extension).includes("debugpy"));
}

function debuggersOf({ packageJSON }: vscode.Extension<unknown>): readonly unknown[] {
  const manifest = packageJSON as { contributes?: { debuggers?: unknown } } | undefined;
  const debuggers = manifest?.contributes?.debuggers;
  if (!Array.isArray(debuggers)) return [];
  return debuggers.map((entry: unknown): unknown =>
    typeof entry === "object" && entry !== null ? Reflect.get(entry, "type") : undefined,
  );
}
