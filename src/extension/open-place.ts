import * as vscode from "vscode";
import { readCellName } from "#profile";
import type { KernelCells } from "./kernels/kernel-cells";

/** Opens a line, from 1, of a file or of a notebook's cell, which `cells` knows while it is open. */
export async function openPlace(file: string, line: number, cells: KernelCells): Promise<void> {
  const at = new vscode.Position(Math.max(0, line - 1), 0);
  const options: vscode.TextDocumentShowOptions = { selection: new vscode.Range(at, at) };
  await vscode.commands.executeCommand(
    "vscode.open",
    cells.uriOf(file) ?? (await uriOf(file)),
    options,
  );
}

async function uriOf(file: string): Promise<vscode.Uri> {
  const place = readCellName(file);
  if (!place) return vscode.Uri.file(file);
  const notebook = await vscode.workspace.openNotebookDocument(vscode.Uri.file(place.notebook));
  // Cells may have gone since the run.
  const index = Math.min(place.number, notebook.cellCount) - 1;
  return index < 0 ? notebook.uri : notebook.cellAt(index).document.uri;
}
