import type * as vscode from "vscode";

const cellScheme = "vscode-notebook-cell:";

/**
 * Names of cells that ran in kernels: where the cell stood when it ran first, as in `plot.ipynb[3]`.
 * Cells move; while a notebook is open, a name leads to its cell wherever that has gone.
 */
export class KernelCells {
  readonly #names = new Map<string, string>();
  readonly #cells = new Map<string, vscode.NotebookCell>();
  /** What cells were when their kernel began to run one. */
  readonly #begun = new WeakMap<vscode.NotebookCell, string>();

  /** Gives the name of a file of a kernel: that of a cell where it is one, else its own. */
  nameOf(notebook: vscode.NotebookDocument, file: string): string {
    if (!file.startsWith(cellScheme)) return file;
    const known = this.#names.get(file);
    if (known !== undefined) return known;
    const cell = notebook.getCells().find(each => each.document.uri.toString() === file);
    if (!cell) return file;
    const name = this.#free(notebook.uri.fsPath, cell.index + 1);
    this.#names.set(file, name);
    this.#cells.set(name, cell);
    return name;
  }

  /** Gives the name of a cell by its address; null for one that has not run. */
  nameFor(uri: string): string | null {
    return this.#names.get(uri) ?? null;
  }

  /** A cell of a notebook begins to run: whoever edits it from now on does not change what runs. */
  begin(notebook: vscode.NotebookDocument): void {
    for (const cell of notebook.getCells()) this.#begun.set(cell, cell.document.getText());
  }

  /** Gives the text with which the cell of a name has run last; null where no cell has it. */
  textOf(name: string): string | null {
    const cell = this.#cells.get(name);
    return cell ? (this.#begun.get(cell) ?? cell.document.getText()) : null;
  }

  /** Gives the cell that has a name, while it is there. */
  uriOf(name: string): vscode.Uri | null {
    const cell = this.#cells.get(name);
    const isThere = cell !== undefined && cell.index >= 0 && !cell.document.isClosed;
    return isThere ? cell.document.uri : null;
  }

  /** Another cell may have stood at the same place before. */
  #free(notebook: string, number: number): string {
    const first = `${notebook}[${number}]`;
    if (!this.#cells.has(first)) return first;
    let at = 2;
    while (this.#cells.has(`${notebook}[${number}.${at}]`)) at++;
    return `${notebook}[${number}.${at}]`;
  }
}
