import * as vscode from "vscode";
import type { Bridge } from "./bridge";

/** All messages, also those whose toast has gone. */
export async function notifications(page: Bridge): Promise<readonly string[]> {
  await vscode.commands.executeCommand("notifications.showList");
  const found = await page.query(".notifications-center .monaco-list-row");
  return found.map(message => message.text);
}
