import * as vscode from "vscode";

/** Opens the extension's walkthrough. */
export async function openWalkthrough(): Promise<void> {
  const id = "memory-insights.memory-insights#start";
  await vscode.commands.executeCommand("workbench.action.openWalkthrough", id, false);
}
