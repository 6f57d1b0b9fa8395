import * as vscode from "vscode";
import { type Disposable, DisposableStore } from "#base";
import type { LanguageRunTarget } from "#protocol";
import { messages } from "../messages";
import { lensSetting, type LensSetting } from "../settings";

/** Finds what of a file can be run by itself. */
export type FindTargets = (uri: vscode.Uri) => Promise<readonly LanguageRunTarget[]>;

/** A target that a lens names: it is looked for again when somebody clicks. */
export interface NamedTarget {
  readonly uri: string;
  readonly path: readonly string[];
}

/** Offers to profile what of a file can be run by itself, over its definition. */
export class TargetLenses implements vscode.CodeLensProvider, Disposable {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.register(new vscode.EventEmitter<void>());
  readonly onDidChangeCodeLenses = this.#changed.event;
  readonly #find: FindTargets;

  constructor(find: FindTargets) {
    this.#find = find;
    this.#store.register(
      vscode.workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration("memoryInsights.codeLens")) this.#changed.fire();
      }),
    );
  }

  async provideCodeLenses({ uri }: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const setting = lensSetting(uri);
    if (setting === "off") return [];
    const targets = await this.#find(uri);
    return targets.filter(target => isShown(target, setting)).flatMap(each => lensesOf(uri, each));
  }

  dispose(): void {
    this.#store.dispose();
  }
}

function isShown({ kind, needs }: LanguageRunTarget, setting: LensSetting): boolean {
  switch (kind) {
    case "main":
      return true;
    case "test":
      return setting !== "main";
    case "function":
      return setting === "all" && needs.length === 0;
    case "testClass":
      return false;
  }
}

function lensesOf(uri: vscode.Uri, { kind, path, range }: LanguageRunTarget): vscode.CodeLens[] {
  const at = new vscode.Range(range.start.line, 0, range.start.line, 0);
  const target: NamedTarget = { uri: uri.toString(), path };
  const lens = (title: string, command: string) =>
    new vscode.CodeLens(at, { title, command, arguments: [target] });
  const profile = lens(messages.profileLens(), "memoryInsights.profileTarget");
  // Only what ends and can be called again has rounds.
  if (kind === "main") return [profile];
  return [profile, lens(messages.leaksLens(), "memoryInsights.huntLeaks")];
}
