import * as vscode from "vscode";
import { eventually } from "./bridge";

/** A line that MEM101 is about, and what its fix makes of it. */
export const badLine = "total = sum([n * n for n in rows])";
export const goodLine = "total = sum(n * n for n in rows)";

/** Waits for a finding by its code. */
export function findingOn(uri: vscode.Uri, code: string): Promise<vscode.Diagnostic> {
  return eventually(`${code} in ${uri.path}`, () =>
    vscode.languages.getDiagnostics(uri).find(diagnostic => codeOf(diagnostic) === code),
  );
}

function codeOf({ code }: vscode.Diagnostic): unknown {
  return typeof code === "object" ? code.value : code;
}
