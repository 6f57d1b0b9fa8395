import { existsSync } from "node:fs";
import * as vscode from "vscode";
import { activePython, isOnDisk } from "../debug/debug-file";
import type { StartProfiled } from "../debug/start-profiled";
import { messages } from "../messages";
import { moduleOf, runnableName } from "./module-name";
import { launchModule } from "./target-launch";

/** Asks for a module, of which the active file is the first guess, and runs it with a profile. */
export async function debugModule(start: StartProfiled): Promise<void> {
  const uri = activePython();
  if (!uri) {
    await vscode.window.showInformationMessage(messages.noFile());
    return;
  }
  const module = moduleOf(uri.fsPath, existsSync);
  const guess = module ? runnableName(module) : "";
  const name = await vscode.window.showInputBox({
    title: messages.moduleTitle(),
    prompt: messages.modulePrompt(),
    value: guess,
    validateInput: text => (isModuleName(text) ? null : messages.badModule()),
  });
  if (name === undefined || !(await isOnDisk(uri))) return;
  const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath ?? null;
  await start(uri, { ...launchModule(name.trim(), module, { folder, file: uri.fsPath }) }, null);
}

function isModuleName(text: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*$/u.test(text.trim());
}
