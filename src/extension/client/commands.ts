import * as vscode from "vscode";
import { type Disposable, DisposableStore } from "#base";
import { explainCommand, fixAllKind } from "#protocol";
import { messages } from "../messages";

/** What the commands work on. */
interface CommandParts {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly restart: () => Promise<void>;
}

/** Registers the commands of the static half; they stay until they are disposed. */
export function registerClientCommands({ context, log, restart }: CommandParts): Disposable {
  const store = new DisposableStore();
  const register = (command: string, run: (...args: unknown[]) => unknown) => {
    store.register(vscode.commands.registerCommand(command, run));
  };
  const rules = vscode.Uri.joinPath(context.extensionUri, "dist", "rules");
  register(explainCommand, name => explainRule(rules, name));
  register("memoryInsights.fixAll", fixAll);
  register("memoryInsights.restartServer", restart);
  register("memoryInsights.showLog", () => {
    log.show();
  });
  return store;
}

/** Opens a rule's page as the editor shows Markdown, offline; without a name asks for one. */
async function explainRule(folder: vscode.Uri, argument: unknown): Promise<void> {
  const name = isRuleName(argument) ? argument : await chooseRule(folder);
  if (name === undefined) return;
  const page = vscode.Uri.joinPath(folder, `${name}.md`);
  try {
    await vscode.workspace.fs.stat(page);
  } catch {
    await vscode.window.showErrorMessage(messages.noRulePage(name));
    return;
  }
  await vscode.commands.executeCommand("markdown.showPreview", page);
}

/** Names come from a finding or a link; nothing else may become part of a path. */
function isRuleName(value: unknown): value is string {
  return typeof value === "string" && /^[a-z0-9-]+$/.test(value);
}

async function chooseRule(folder: vscode.Uri): Promise<string | undefined> {
  const pages = await vscode.workspace.fs.readDirectory(folder);
  const names = pages.flatMap(([file]) => (file.endsWith(".md") ? [file.slice(0, -3)] : []));
  const items = await Promise.all(names.map(name => toRuleItem(folder, name)));
  items.sort((a, b) => a.label.localeCompare(b.label));
  return (await vscode.window.showQuickPick(items, { title: messages.chooseRule() }))?.name;
}

/** The code stands in the label, so that typing it finds the rule. */
async function toRuleItem(folder: vscode.Uri, name: string) {
  const page = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, `${name}.md`));
  const code = /^# .*\((MEM\d+)\)/.exec(new TextDecoder().decode(page))?.[1];
  return { label: code === undefined ? name : `${code} ${name}`, name };
}

/** Applies all safe fixes of the active file, by the same action that saving can run. */
async function fixAll(): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId !== "python") {
    await vscode.window.showInformationMessage(messages.noPythonFile());
    return;
  }
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  // The editor's own command for source actions works only while its text has the focus.
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    ...[document.uri, whole, fixAllKind, 1],
  );
  const edit = actions.find(action => action.kind?.value === fixAllKind)?.edit;
  if (edit) await vscode.workspace.applyEdit(edit);
}
