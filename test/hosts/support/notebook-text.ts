import * as vscode from "vscode";

/** The text of a notebook with a title and these cells of code, none of which has run. */
export function notebookText(sources: readonly string[]): string {
  const title = { cell_type: "markdown", metadata: {}, source: "# Title" };
  const cells = sources.map(source => ({
    cell_type: "code",
    metadata: {},
    source,
    outputs: [],
    execution_count: null,
  }));
  return JSON.stringify({ cells: [title, ...cells], metadata: {}, nbformat: 4, nbformat_minor: 4 });
}

/** Puts a cell of Python into an open notebook. */
export async function insertCell(
  { uri }: vscode.NotebookDocument,
  index: number,
  text: string,
): Promise<void> {
  const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, "python");
  const edit = new vscode.WorkspaceEdit();
  edit.set(uri, [vscode.NotebookEdit.insertCells(index, [cell])]);
  await vscode.workspace.applyEdit(edit);
}
