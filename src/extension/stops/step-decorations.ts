import * as vscode from "vscode";
import { type Bytes, type Disposable, DisposableStore, fingerprint } from "#base";
import { fileKey } from "#evidence";
import { type LiveView, type Profile, type StepLabel, stepLabels } from "#profile";
import { type CellName, FilesOfRun } from "../findings/files-of-run";
import { type LineLabel, LineLabels } from "../line-labels";
import { messages } from "../messages";

/** Writes at the end of lines what they gained up to the stop that a running program is at. */
export class StepDecorations implements Disposable {
  readonly #store = new DisposableStore();
  readonly #lines = this.#store.register(new LineLabels(document => this.#labelsOf(document)));
  readonly #changed = this.#store.register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.#changed.event;
  readonly #cellName: CellName;
  #labels: readonly StepLabel[] = [];
  #files: FilesOfRun | null = null;
  /** By path; of the texts that run. */
  #fingerprints: ReadonlyMap<string, string | null> = new Map();
  /** What is drawn, so that samples alone draw nothing. */
  #drawn = "";

  /** `cellName` knows the cells that ran in kernels of this window. */
  constructor(cellName: CellName) {
    this.#cellName = cellName;
    this.#store.register(
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#lines.draw(document)),
    );
  }

  /** Shows the newest stop of a run; nothing once the run has ended. */
  show(view: LiveView, profile: Profile): void {
    this.#labels = stepLabels(view);
    const drawn = JSON.stringify(this.#labels);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#files = new FilesOfRun(profile.files, this.#cellName);
    this.#fingerprints = new Map(profile.files.map(file => [fileKey(file.path), file.fingerprint]));
    this.#lines.draw();
    this.#changed.fire();
  }

  /** The bytes that are written at the lines of a document, by line from 1. */
  bytesIn(document: vscode.TextDocument): ReadonlyMap<number, Bytes> {
    return new Map(this.#labelsIn(document).map(({ line, bytes }) => [line, bytes]));
  }

  dispose(): void {
    this.#store.dispose();
  }

  #labelsOf(document: vscode.TextDocument): readonly LineLabel[] {
    return this.#labelsIn(document).map(label => ({
      line: label.line,
      text: messages.stepLabel(label),
      isStale: false,
    }));
  }

  /** Lines of a text that has changed since it was run may be others: they get nothing. */
  #labelsIn(document: vscode.TextDocument): readonly StepLabel[] {
    const path = this.#labels.length > 0 ? this.#files?.pathOf(document.uri) : null;
    if (!path) return [];
    const key = fileKey(path);
    const labels = this.#labels.filter(label => fileKey(label.file) === key);
    const ran = labels.length > 0 ? this.#fingerprints.get(key) : undefined;
    if (typeof ran === "string" && fingerprint(document.getText()) !== ran) return [];
    return labels;
  }
}
