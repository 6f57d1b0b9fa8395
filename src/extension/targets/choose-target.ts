import * as vscode from "vscode";
import type { LanguageRunTarget } from "#protocol";
import { activePython } from "../debug/debug-file";
import { messages } from "../messages";
import type { FindTargets, NamedTarget } from "./lenses";
import { targetAt } from "./target-at";
import type { Wanted } from "./target-launch";

/** A target and the file that it stands in. */
export interface ChosenTarget {
  readonly uri: vscode.Uri;
  readonly target: Wanted;
}

/**
 * Chooses what to run: what a lens names, or else what stands at the cursor, or else what the user
 * takes from a list. Null when there is nothing, and the user knows.
 */
export async function chooseTarget(
  argument: unknown,
  find: FindTargets,
  isWanted: (target: LanguageRunTarget) => boolean,
): Promise<ChosenTarget | null> {
  if (isNamedTarget(argument)) return namedTarget(argument, find);
  const uri = activePython();
  if (!uri) return nothing(messages.noFile());
  const targets = (await find(uri)).filter(isWanted);
  const line = vscode.window.activeTextEditor?.selection.active.line ?? 0;
  const target = targetAt(targets, line) ?? (await pickTarget(targets));
  if (target) return { uri, target };
  return targets.length > 0 ? null : nothing(messages.noTargets());
}

async function namedTarget(named: NamedTarget, find: FindTargets): Promise<ChosenTarget | null> {
  const uri = vscode.Uri.parse(named.uri, true);
  const path = named.path.join(".");
  const target = (await find(uri)).find(each => each.path.join(".") === path);
  return target ? { uri, target } : nothing(messages.goneTarget());
}

async function pickTarget(
  targets: readonly LanguageRunTarget[],
): Promise<LanguageRunTarget | undefined> {
  const items = targets
    .filter(({ needs, kind }) => kind !== "function" || needs.length === 0)
    .map(target => ({
      label: target.path.length > 0 ? target.path.join(".") : '__name__ == "__main__"',
      target,
    }));
  if (items.length === 0) return undefined;
  const options = { title: messages.chooseTarget() };
  return (await vscode.window.showQuickPick(items, options))?.target;
}

async function nothing(text: string): Promise<null> {
  await vscode.window.showInformationMessage(text);
  return null;
}

function isNamedTarget(value: unknown): value is NamedTarget {
  return typeof value === "object" && value !== null && "path" in value && "uri" in value;
}
