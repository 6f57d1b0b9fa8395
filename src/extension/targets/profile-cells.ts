import { dirname, join } from "node:path";
import * as vscode from "vscode";
import type { StartProfiled } from "../debug/start-profiled";
import { messages } from "../messages";

/** What running cells works with. */
export interface CellsParts {
  readonly start: StartProfiled;
  /** The folder with the probe as it ships. */
  readonly probeFolder: string;
}

/**
 * Runs the cells of a notebook as one program, without a kernel and with a memory profile: up to the
 * cell given or the one that is selected.
 */
export async function profileCells(argument: unknown, parts: CellsParts): Promise<void> {
  const editor = vscode.window.activeNotebookEditor;
  const cell = isCell(argument) ? argument : editor?.notebook.cellAt(lastSelected(editor));
  if (cell) await run(cell.notebook, [String(cell.index + 1)], parts);
  else await vscode.window.showInformationMessage(messages.noNotebook());
}

/** Runs all cells of the active notebook. */
export async function profileNotebook(parts: CellsParts): Promise<void> {
  const notebook = vscode.window.activeNotebookEditor?.notebook;
  if (notebook) await run(notebook, [], parts);
  else await vscode.window.showInformationMessage(messages.noNotebook());
}

async function run(
  notebook: vscode.NotebookDocument,
  last: readonly string[],
  { start, probeFolder }: CellsParts,
): Promise<void> {
  if (notebook.isUntitled || (notebook.isDirty && !(await notebook.save()))) {
    await vscode.window.showInformationMessage(messages.unsavedNotebook());
    return;
  }
  const { uri } = notebook;
  const program = join(probeFolder, "site", "_memory_insights", "run_cells.py");
  // A kernel starts there too.
  const cwd = dirname(uri.fsPath);
  await start(uri, { program, args: [uri.fsPath, ...last], cwd }, null);
}

function lastSelected({ selections }: vscode.NotebookEditor): number {
  return Math.max(0, ...selections.map(({ end }) => end - 1));
}

function isCell(value: unknown): value is vscode.NotebookCell {
  return typeof value === "object" && value !== null && "notebook" in value && "index" in value;
}
