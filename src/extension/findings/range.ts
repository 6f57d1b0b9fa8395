import * as vscode from "vscode";
import type { LanguageRange } from "#protocol";

/** Turns a range of the language server into the editor's own. */
export function toRange({ start, end }: LanguageRange): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
