import * as vscode from "vscode";
import { type Disposable, DisposableStore } from "#base";
import { showsMeasurements } from "./settings";

/** What is written at the end of a line. */
export interface LineLabel {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  /** Whether it may be about another line, for the text has changed since. */
  readonly isStale: boolean;
}

/** Writes labels at the end of lines of Python, unless the user wants none. */
export class LineLabels implements Disposable {
  readonly #store = new DisposableStore();
  readonly #labelsOf: (document: vscode.TextDocument) => readonly LineLabel[];
  readonly #fresh = this.#decoration("memoryInsights.measurementForeground");
  readonly #stale = this.#decoration("memoryInsights.staleForeground");

  constructor(labelsOf: (document: vscode.TextDocument) => readonly LineLabel[]) {
    this.#labelsOf = labelsOf;
    this.#store.register(vscode.window.onDidChangeVisibleTextEditors(() => this.draw()));
    this.#store.register(
      vscode.workspace.onDidChangeConfiguration(change => {
        if (change.affectsConfiguration("memoryInsights.editor")) this.draw();
      }),
    );
  }

  /** Writes the labels anew that there are now, of all documents or of one. */
  draw(document?: vscode.TextDocument): void {
    for (const editor of vscode.window.visibleTextEditors) {
      if (!document || editor.document === document) this.#draw(editor);
    }
  }

  dispose(): void {
    this.#store.dispose();
  }

  #decoration(color: string): vscode.TextEditorDecorationType {
    const after = { color: new vscode.ThemeColor(color), margin: "0 0 0 2em" };
    return this.#store.register(
      vscode.window.createTextEditorDecorationType({
        after,
        // Text typed at the end of the line must not push the figure into the next one.
        rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
      }),
    );
  }

  #draw(editor: vscode.TextEditor): void {
    const { document } = editor;
    if (document.languageId !== "python") return;
    const labels = showsMeasurements() ? this.#labelsOf(document) : [];
    const optionsOf = (isStale: boolean) =>
      labels
        .filter(label => label.isStale === isStale && label.line <= document.lineCount)
        .map(({ line, text }) => ({
          range: document.lineAt(line - 1).range,
          renderOptions: { after: { contentText: `· ${text}` } },
        }));
    editor.setDecorations(this.#fresh, optionsOf(false));
    editor.setDecorations(this.#stale, optionsOf(true));
  }
}
