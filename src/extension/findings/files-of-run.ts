import * as vscode from "vscode";
import { fingerprint } from "#base";
import { cellFilesIn, type Profile } from "#profile";

/** Gives the name under which a cell has run in a kernel, by its address; null for one that has not. */
export type CellName = (uri: string) => string | null;

/** Finds what the documents of the editor are called in a run. */
export class FilesOfRun {
  /** By address; of the notebooks that are open. */
  readonly #cells: ReadonlyMap<string, string>;

  /** `cellName` knows the cells that ran in kernels of this window. */
  constructor(files: Profile["files"], cellName: CellName) {
    this.#cells = new Map(
      vscode.workspace.notebookDocuments.flatMap(notebook => namesIn(notebook, files, cellName)),
    );
  }

  /** Gives the path of a file, or what a cell is called; null for what no run can have met. */
  pathOf(uri: vscode.Uri): string | null {
    return uri.scheme === "file" ? uri.fsPath : (this.#cells.get(uri.toString()) ?? null);
  }
}

function namesIn(
  notebook: vscode.NotebookDocument,
  files: Profile["files"],
  cellName: CellName,
): readonly (readonly [string, string])[] {
  const cells = notebook.getCells().map(({ document, index }) => ({
    uri: document.uri.toString(),
    number: index + 1,
    fingerprint: fingerprint(document.getText()),
    ranAs: cellName(document.uri.toString()),
  }));
  const path = notebook.uri.fsPath;
  // Cells are counted from 1: no run has that one.
  const other = `${path}[0]`;
  const names = cellFilesIn(files, path, cells);
  return cells.map(({ uri }, index) => [uri, names[index] ?? other]);
}
