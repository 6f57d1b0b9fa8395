import * as vscode from "vscode";
import { type Disposable, DisposableStore } from "#base";
import { messages } from "../messages";
import type { FindingsModel } from "./findings-model";

/** Shows how many findings the open file has, beside the editor's other facts about it. */
export class FindingsStatus implements Disposable {
  readonly #store = new DisposableStore();
  readonly #item = this.#store.register(
    vscode.languages.createLanguageStatusItem("memoryInsights.findings", { language: "python" }),
  );

  constructor(model: FindingsModel) {
    this.#item.name = messages.languageStatus();
    this.#item.command = {
      title: messages.showFindings(),
      command: "memoryInsights.findings.focus",
    };
    const update = () => {
      const document = vscode.window.activeTextEditor?.document;
      this.#item.text = messages.findingCount(document ? model.of(document.uri).length : 0);
    };
    this.#store.register(model.onDidChange(update));
    this.#store.register(vscode.window.onDidChangeActiveTextEditor(update));
    update();
  }

  dispose(): void {
    this.#store.dispose();
  }
}
