import * as vscode from "vscode";
import type { RunReading } from "#profile";
import { readRunBytes, readRunFile } from "#recorder";

/** Reads a run file; one on disk bit by bit. @throws when it cannot be opened or read. */
export async function readRun(uri: vscode.Uri): Promise<RunReading> {
  return uri.scheme === "file"
    ? readRunFile(uri.fsPath)
    : readRunBytes(await vscode.workspace.fs.readFile(uri));
}
