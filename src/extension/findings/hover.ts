import * as vscode from "vscode";
import { describeEvidence } from "#evidence";
import { messages } from "../messages";
import type { FindingsModel } from "./findings-model";
import { toRange } from "./range";

/** Says in the hover of a finding what the last run measured. */
export class EvidenceHover implements vscode.HoverProvider {
  readonly #model: FindingsModel;

  constructor(model: FindingsModel) {
    this.#model = model;
  }

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | null {
    const here = this.#model
      .of(document.uri)
      .filter(({ finding, evidence }) => evidence && toRange(finding.range).contains(position));
    if (here.length === 0) return null;
    const text = new vscode.MarkdownString();
    for (const { finding, evidence } of here) {
      if (!evidence) continue;
      text.appendMarkdown(`**${messages.hoverTitle()}** · ${finding.code}: `);
      text.appendText(`${describeEvidence(evidence, this.#model.hasEnded)}\n`);
    }
    return new vscode.Hover(text);
  }
}
