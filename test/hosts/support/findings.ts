import * as vscode from "vscode";
import { type Bridge, eventually, type PageElement } from "./bridge";

/** A line that MEM101 is about, and what its fix makes of it. */
export const badLine = "total = sum([n * n for n in rows])";
export const goodLine = "total = sum(n * n for n in rows)";

/** Waits for a finding by its code. */
export function findingOn(uri: vscode.Uri, code: string): Promise<vscode.Diagnostic> {
  return eventually(`${code} in ${uri.path}`, () =>
    vscode.languages.getDiagnostics(uri).find(diagnostic => codeOf(diagnostic) === code),
  );
}

/**
 * Opens the list of fixes at the cursor, and returns its rows. A busy editor answers "no fixes" for
 * a finding that it has not drawn yet, so it is asked again.
 */
export function openFixes(page: Bridge): Promise<readonly PageElement[]> {
  const rows = () => page.query(".action-widget .monaco-list-row");
  const open = async () => {
    await vscode.commands.executeCommand("editor.action.quickFix");
    return eventually("rows", rows, 3_000).catch(() => undefined);
  };
  return eventually("the list of fixes", open, 30_000);
}

function codeOf({ code }: vscode.Diagnostic): unknown {
  return typeof code === "object" ? code.value : code;
}
