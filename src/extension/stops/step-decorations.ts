import * as vscode from "vscode";
import { type Disposable, DisposableStore, fingerprint } from "#base";
import { fileKey } from "#evidence";
import { type LiveView, type Profile, type StepLabel, stepLabels } from "#profile";
import { messages } from "../messages";
import { showsMeasurements } from "../settings";

/** Writes at the end of lines what they gained up to the stop that a running program is at. */
export class StepDecorations implements Disposable {
  readonly #store = new DisposableStore();
  readonly #decoration = this.#store.register(
    vscode.window.createTextEditorDecorationType({
      after: {
        color: new vscode.ThemeColor("memoryInsights.measurementForeground"),
        margin: "0 0 0 2em",
      },
      rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
    }),
  );
  #labels: readonly StepLabel[] = [];
  /** By path; of the texts that run. */
  #fingerprints: ReadonlyMap<string, string | null> = new Map();
  /** What is drawn, so that samples alone draw nothing. */
  #drawn = "";

  constructor() {
    const drawAll = () => this.#drawAll();
    this.#store.register(vscode.window.onDidChangeVisibleTextEditors(drawAll));
    this.#store.register(
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#drawEditorsOf(document)),
    );
    this.#store.register(
      vscode.workspace.onDidChangeConfiguration(change => {
        if (change.affectsConfiguration("memoryInsights.editor")) drawAll();
      }),
    );
  }

  /** Shows the newest stop of a run; nothing once the run has ended. */
  show(view: LiveView, profile: Profile): void {
    this.#labels = stepLabels(view);
    const drawn = JSON.stringify(this.#labels);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#fingerprints = new Map(profile.files.map(file => [fileKey(file.path), file.fingerprint]));
    this.#drawAll();
  }

  dispose(): void {
    this.#store.dispose();
  }

  #drawAll(): void {
    for (const editor of vscode.window.visibleTextEditors) this.#draw(editor);
  }

  #drawEditorsOf(document: vscode.TextDocument): void {
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document === document) this.#draw(editor);
    }
  }

  #draw(editor: vscode.TextEditor): void {
    const { document } = editor;
    if (document.languageId !== "python") return;
    const labels = showsMeasurements() ? this.#labelsOf(document) : [];
    const options = labels
      .filter(({ line }) => line <= document.lineCount)
      .map(label => ({
        range: document.lineAt(label.line - 1).range,
        renderOptions: { after: { contentText: `· ${messages.stepLabel(label)}` } },
      }));
    editor.setDecorations(this.#decoration, options);
  }

  /** Lines of a text that has changed since it was run may be others: they get nothing. */
  #labelsOf(document: vscode.TextDocument): readonly StepLabel[] {
    const key = fileKey(document.uri.fsPath);
    const labels = this.#labels.filter(label => fileKey(label.file) === key);
    const ran = labels.length > 0 ? this.#fingerprints.get(key) : undefined;
    return typeof ran === "string" && fingerprint(document.getText()) !== ran ? [] : labels;
  }
}
