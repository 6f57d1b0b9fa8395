import * as vscode from "vscode";
import { describeEvidence, type EvidenceState } from "#evidence";
import { messages } from "../messages";
import type { FindingsModel } from "./findings-model";
import type { MeasuredFinding } from "./measure";
import { toRange } from "./range";

/** Each state has a shape of its own, so that colour is never alone in telling them apart. */
const icons: Readonly<Record<EvidenceState, vscode.ThemeIcon>> = {
  confirmed: new vscode.ThemeIcon("flame", new vscode.ThemeColor("memoryInsights.confirmed")),
  small: new vscode.ThemeIcon("pass"),
  "not-executed": new vscode.ThemeIcon("circle-slash"),
  unknown: new vscode.ThemeIcon("question"),
  stale: new vscode.ThemeIcon("history"),
};

/** The findings as a flat list, the most bytes first. */
export class FindingsTree implements vscode.TreeDataProvider<MeasuredFinding> {
  readonly onDidChangeTreeData: vscode.Event<void>;
  readonly #model: FindingsModel;

  constructor(model: FindingsModel) {
    this.#model = model;
    this.onDidChangeTreeData = model.onDidChange;
  }

  getChildren(parent?: MeasuredFinding): readonly MeasuredFinding[] & MeasuredFinding[] {
    return parent ? [] : [...this.#model.all()];
  }

  getTreeItem(measured: MeasuredFinding): vscode.TreeItem {
    const { finding, evidence } = measured;
    const uri = vscode.Uri.parse(measured.uri);
    const place = `${vscode.workspace.asRelativePath(uri)}:${finding.range.start.line + 1}`;
    const words = evidence ? describeEvidence(evidence) : null;
    const item = new vscode.TreeItem(finding.message);
    item.description = [place, words].filter(part => part !== null).join(" · ");
    item.tooltip = tooltip(measured, place, words);
    item.iconPath = evidence ? icons[evidence.state] : severityIcon(measured);
    item.contextValue = evidence?.state ?? "unmeasured";
    item.accessibilityInformation = { label: `${finding.message}, ${item.description}` };
    item.command = openCommand(uri, measured);
    return item;
  }
}

function tooltip({ finding }: MeasuredFinding, place: string, words: string | null): string {
  return [`${finding.message} (${finding.code} ${finding.name})`, place, words]
    .filter(part => part !== null)
    .join("\n");
}

function severityIcon({ finding }: MeasuredFinding): vscode.ThemeIcon {
  if (finding.severity === "error" || finding.severity === "warning") {
    return new vscode.ThemeIcon(finding.severity);
  }
  return new vscode.ThemeIcon(finding.severity === "hint" ? "lightbulb" : "info");
}

function openCommand(uri: vscode.Uri, { finding }: MeasuredFinding): vscode.Command {
  const options: vscode.TextDocumentShowOptions = { selection: toRange(finding.range) };
  return { command: "vscode.open", title: messages.showFindings(), arguments: [uri, options] };
}
