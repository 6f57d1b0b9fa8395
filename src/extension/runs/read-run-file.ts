import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import * as vscode from "vscode";
import { createRunReader, readRun, type RunReading } from "#profile";

/** Reads a run file; one on disk line by line. @throws when it cannot be opened or read. */
export async function readRunFile(uri: vscode.Uri): Promise<RunReading> {
  if (uri.scheme !== "file") {
    return readRun(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
  }
  const reader = createRunReader();
  const input = createReadStream(uri.fsPath, "utf8");
  for await (const line of createInterface({ input, crlfDelay: Infinity })) reader.line(line);
  return reader.end();
}
