import * as vscode from "vscode";
import { type Bridge, eventually, type PageElement } from "./bridge";
import { lineOf, memoryInsights } from "./debugging";

/** A line that MEM101 is about, and what its fix makes of it. */
export const badLine = "total = sum([n * n for n in rows])";
export const goodLine = "total = sum(n * n for n in rows)";

/** Waits for a finding by its code. */
export function findingOn(uri: vscode.Uri, code: string): Promise<vscode.Diagnostic> {
  return eventually(`${code} in ${uri.path}`, () =>
    vscode.languages.getDiagnostics(uri).find(diagnostic => codeOf(diagnostic) === code),
  );
}

/** Waits for what a run says, in this state if one is given, of the finding on the line with a text. */
export async function evidenceAt(uri: vscode.Uri, text: string, state?: string) {
  const { getFindings } = await memoryInsights();
  return eventually(`evidence at ${text}`, async () => {
    // The text may have moved by a line, so it is looked up each time.
    const line = await lineOf(uri, text);
    const found = getFindings(uri).find(({ finding }) => finding.range.start.line === line);
    const evidence = found?.evidence;
    if (!evidence) return undefined;
    if (state !== undefined && evidence.state !== state) throw new Error(evidence.state);
    return evidence;
  });
}

/** A line that MEM101 is about, and that takes some ten megabytes where `rows` are millions. */
export const costlyLine = "total = sum([float(row) for row in rows])";

/** Waits until the finding on the costly line has its cost, and the state given. */
export function costOf(uri: vscode.Uri, state: string): Promise<true> {
  return eventually(`the cost of the line, ${state}`, async () => {
    const { bytes } = await evidenceAt(uri, costlyLine, state);
    if (Number(bytes) < 10_000_000) throw new Error(String(bytes));
    return true as const;
  });
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
