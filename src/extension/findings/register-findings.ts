import * as vscode from "vscode";
import { type Bytes, type Disposable, DisposableStore } from "#base";
import { LineLabels } from "../line-labels";
import { messages } from "../messages";
import { findingLabels } from "./finding-labels";
import type { FindingsModel } from "./findings-model";
import { FindingsTree } from "./findings-tree";
import { EvidenceHover } from "./hover";
import { FindingsStatus } from "./status";

const contextKey = "memoryInsights.hasMeasurements";

/** What a program that stands has written at the lines of a document. */
export interface ShownSteps {
  readonly onDidChange: vscode.Event<void>;
  /** By line, from 1. */
  bytesIn(document: vscode.TextDocument): ReadonlyMap<number, Bytes>;
}

/** Shows findings in the tree, at the end of their lines, in hovers and in the status. */
export function registerFindings(model: FindingsModel, steps: ShownSteps | null): Disposable {
  const store = new DisposableStore();
  const treeDataProvider = new FindingsTree(model);
  const tree = store.register(
    vscode.window.createTreeView("memoryInsights.findings", { treeDataProvider }),
  );
  const labels = store.register(
    new LineLabels(document => findingLabels(model.of(document.uri), steps?.bytesIn(document))),
  );
  store.register(model.onDidChange(() => labels.draw()));
  if (steps) store.register(steps.onDidChange(() => labels.draw()));
  store.register(new FindingsStatus(model));
  const python = { language: "python" };
  store.register(vscode.languages.registerHoverProvider(python, new EvidenceHover(model)));
  store.register(
    model.onDidChange(() => {
      tree.badge = badgeOf(model);
      void vscode.commands.executeCommand("setContext", contextKey, model.profile !== null);
    }),
  );
  const register = (name: string, run: () => unknown) =>
    store.register(vscode.commands.registerCommand(`memoryInsights.${name}`, run));
  register("clearMeasurements", () => model.measure(null));
  register("hideMeasurements", () => setShown(false));
  register("showMeasurements", () => setShown(true));
  return store;
}

/** Counts what somebody should look at, not every hint. */
function badgeOf(model: FindingsModel): vscode.ViewBadge | undefined {
  const serious = model
    .all()
    .filter(({ finding }) => finding.severity === "warning" || finding.severity === "error");
  if (serious.length === 0) return undefined;
  return { value: serious.length, tooltip: messages.findingCount(serious.length) };
}

async function setShown(isShown: boolean): Promise<void> {
  const settings = vscode.workspace.getConfiguration("memoryInsights.editor");
  await settings.update("showMeasurements", isShown, vscode.ConfigurationTarget.Global);
}
