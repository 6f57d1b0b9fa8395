import * as vscode from "vscode";
import { messages } from "../messages";

/** Lets the user choose a Python: by the Python extension's own list, or else by a file dialog. */
export async function selectPython(): Promise<void> {
  const commands = await vscode.commands.getCommands(true);
  if (commands.includes("python.setInterpreter")) {
    await vscode.commands.executeCommand("python.setInterpreter");
    return;
  }
  const [chosen] =
    (await vscode.window.showOpenDialog({ title: messages.choosePythonTitle() })) ?? [];
  if (!chosen) return;
  const target = vscode.workspace.workspaceFolders
    ? vscode.ConfigurationTarget.Workspace
    : vscode.ConfigurationTarget.Global;
  const settings = vscode.workspace.getConfiguration("memoryInsights");
  await settings.update("pythonPath", chosen.fsPath, target);
}
