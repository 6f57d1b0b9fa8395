import * as vscode from "vscode";
import { messages } from "../messages";
import { readAddress } from "./address";
import { ownDebugType } from "./own-type";
import { hasDebugpyType } from "./start-profiled";

/** Asks for a program that runs already, and debugs it with a memory profile. */
export async function attachByAddress(): Promise<void> {
  const text = await vscode.window.showInputBox({
    title: messages.attachTitle(),
    prompt: messages.attachPrompt(),
    placeHolder: messages.attachPlaceholder(),
    validateInput: value => (readAddress(value) ? null : messages.badAddress()),
  });
  const address = readAddress(text ?? "");
  if (!address || text === undefined) return;
  const configuration = {
    type: hasDebugpyType() ? "debugpy" : ownDebugType,
    request: "attach",
    name: messages.attachName(text.trim()),
    ...address,
    memoryInsights: true,
  };
  await vscode.commands.executeCommand("memoryInsights.live.focus", { preserveFocus: true });
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  await vscode.debug.startDebugging(folder, configuration, { suppressDebugView: true });
}
