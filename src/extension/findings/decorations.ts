import * as vscode from "vscode";
import { type Disposable, DisposableStore } from "#base";
import { labelEvidence } from "#evidence";
import { showsMeasurements } from "../settings";
import type { FindingsModel } from "./findings-model";
import type { MeasuredFinding } from "./measure";

/** Writes what a run measured at the end of the lines that findings are on. */
export class MeasurementDecorations implements Disposable {
  readonly #store = new DisposableStore();
  readonly #model: FindingsModel;
  readonly #fresh = this.#decoration("memoryInsights.measurementForeground");
  readonly #stale = this.#decoration("memoryInsights.staleForeground");

  constructor(model: FindingsModel) {
    this.#model = model;
    const drawAll = () => vscode.window.visibleTextEditors.forEach(editor => this.#draw(editor));
    this.#store.register(model.onDidChange(drawAll));
    this.#store.register(vscode.window.onDidChangeVisibleTextEditors(drawAll));
    this.#store.register(
      vscode.workspace.onDidChangeConfiguration(change => {
        if (change.affectsConfiguration("memoryInsights.editor")) drawAll();
      }),
    );
    drawAll();
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
    if (editor.document.languageId !== "python") return;
    const lines = showsMeasurements() ? labelsByLine(this.#model.of(editor.document.uri)) : [];
    const last = editor.document.lineCount - 1;
    const options = lines
      .filter(([line]) => line <= last)
      .map(([line, label]) => ({
        isStale: label.startsWith("~"),
        range: editor.document.lineAt(line).range,
        renderOptions: { after: { contentText: `· ${label}` } },
      }));
    editor.setDecorations(
      this.#fresh,
      options.filter(option => !option.isStale),
    );
    editor.setDecorations(
      this.#stale,
      options.filter(option => option.isStale),
    );
  }
}

/** One label a line: findings come with the most bytes first, and the first one stays. */
function labelsByLine(
  findings: readonly MeasuredFinding[],
): readonly (readonly [number, string])[] {
  const labels = new Map<number, string>();
  for (const { finding, evidence } of findings) {
    const label = evidence && labelEvidence(evidence);
    const line = finding.range.start.line;
    if (label && !labels.has(line)) labels.set(line, label);
  }
  return [...labels];
}
