import * as vscode from "vscode";
import { briefEvidence, describeEvidence, type Evidence, type EvidenceState } from "#evidence";
import { messages } from "../messages";
import { cellMark, documentName } from "./document-name";
import type { FindingsModel } from "./findings-model";
import type { MeasuredFinding } from "./measure";
import { toRange } from "./range";

/** Each state has a shape of its own, so that colour is never alone in telling them apart. */
const icons: Readonly<Record<EvidenceState, vscode.ThemeIcon>> = {
  confirmed: new vscode.ThemeIcon("flame", new vscode.ThemeColor("list.warningForeground")),
  small: new vscode.ThemeIcon("pass"),
  "not-executed": new vscode.ThemeIcon("circle-slash"),
  "not-loaded": new vscode.ThemeIcon("circle-slash"),
  unknown: new vscode.ThemeIcon("question"),
  stale: new vscode.ThemeIcon("history"),
};

/** What is no memory, or memory that was not measured, looks like neither. */
function iconOf({ state, saves }: Evidence): vscode.ThemeIcon {
  if (state === "confirmed" && saves === "time") return new vscode.ThemeIcon("watch");
  return state === "small" && saves === "kept" ? icons.unknown : icons[state];
}

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

  /** The sidebar is narrow: what was measured comes before the words about it. */
  getTreeItem(measured: MeasuredFinding): vscode.TreeItem {
    const { finding, evidence } = measured;
    const uri = vscode.Uri.parse(measured.uri);
    const line = finding.range.start.line + 1;
    const { hasEnded } = this.#model;
    const brief = evidence && briefEvidence(evidence, hasEnded);
    const words = evidence && describeEvidence(evidence, hasEnded);
    const item = new vscode.TreeItem(`${documentName(uri)}:${line}`);
    item.description = joined([brief, finding.message], " · ");
    const place = `${vscode.workspace.asRelativePath(uri)}${cellMark(uri)}:${line}`;
    const rule = `${finding.message} (${finding.code} ${finding.name})`;
    item.tooltip = joined([rule, place, words], "\n");
    item.accessibilityInformation = { label: joined([place, brief, finding.message], ", ") };
    item.iconPath = evidence ? iconOf(evidence) : severityIcon(measured);
    item.contextValue = evidence?.state ?? "unmeasured";
    item.command = openCommand(uri, measured);
    return item;
  }
}

function joined(parts: readonly (string | null)[], separator: string): string {
  return parts.filter(part => part !== null).join(separator);
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
