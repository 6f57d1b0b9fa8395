import * as vscode from "vscode";

/** Names a document briefly: by its file, and a cell by where it stands, as in `plot.ipynb[3]`. */
export function documentName(uri: vscode.Uri): string {
  return `${uri.path.slice(uri.path.lastIndexOf("/") + 1)}${cellMark(uri)}`;
}

/** Gives `[3]` for the third cell of a notebook, and nothing for what is no cell. */
export function cellMark(uri: vscode.Uri): string {
  const address = uri.toString();
  const cell = vscode.workspace.notebookDocuments
    .filter(notebook => notebook.uri.path === uri.path)
    .flatMap(notebook => notebook.getCells())
    .find(({ document }) => document.uri.toString() === address);
  return cell ? `[${cell.index + 1}]` : "";
}
