import { limitText, readLimit } from "#profile";
import * as vscode from "vscode";
import { messages } from "../messages";

const section = "memoryInsights.profiling";
const key = "stopWhen";

interface Choice extends vscode.QuickPickItem {
  /** What to begin with when a limit is added. */
  readonly example?: string;
  /** The limit to take away. */
  readonly removes?: string;
}

/** Asks for a limit to add, or one to take away, and keeps it in the settings. */
export async function chooseLimits(): Promise<void> {
  const settings = vscode.workspace.getConfiguration(section);
  const given: unknown = settings.get(key);
  const present = Array.isArray(given) ? given.filter(each => typeof each === "string") : [];
  const choice = await vscode.window.showQuickPick(choices(present), {
    title: messages.stopWhenTitle(),
  });
  if (!choice) return;
  const next =
    choice.removes === undefined
      ? [...present, ...(await askForLimit(choice.example ?? ""))]
      : present.filter(each => each !== choice.removes);
  if (next.length === present.length) return;
  const hasFolder = vscode.workspace.workspaceFolders !== undefined;
  const { Workspace, Global } = vscode.ConfigurationTarget;
  await settings.update(key, next, hasFolder ? Workspace : Global);
}

function choices(present: readonly string[]): readonly Choice[] {
  const kinds = [
    [messages.stopAtRss(), "rss > 500MiB"],
    [messages.stopAtGrowth(), "rss + 50MiB in 5s"],
    [messages.stopAtLine(), "line > 100MiB"],
    [messages.stopAtTraced(), "traced > 200MiB"],
  ] as const;
  return [
    ...kinds.map(([label, example]) => ({
      label: `$(add) ${label}`,
      description: example,
      example,
    })),
    ...present.map(text => ({
      label: `$(trash) ${messages.removeLimit(nameOf(text))}`,
      removes: text,
    })),
  ];
}

async function askForLimit(example: string): Promise<readonly string[]> {
  const text = await vscode.window.showInputBox({
    title: messages.stopWhenTitle(),
    value: example,
    // The size is what people change.
    valueSelection: [example.search(/\d/), example.search(/\d(?=\D)/) + 1],
    validateInput: value => (readLimit(value) ? null : messages.badLimit()),
  });
  return text === undefined ? [] : [text.trim()];
}

function nameOf(text: string): string {
  const limit = readLimit(text);
  return limit ? limitText(limit) : text;
}
