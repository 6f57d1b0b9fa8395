import * as vscode from "vscode";
import { type Disposable, DisposableStore } from "#base";
import { explainCommand, fixAllKind, notebookFixAllKind } from "#protocol";
import { messages } from "../messages";
import type { RuleEntry } from "./rule-list";
import type { RulePages } from "./rule-pages";

/** What the commands work on. */
interface CommandParts {
  readonly pages: RulePages;
  /** Every rule, in the order in which they are offered. */
  readonly rules: readonly RuleEntry[];
  readonly log: vscode.LogOutputChannel;
  readonly restart: () => Promise<void>;
}

/** Registers the commands of the static half; they stay until they are disposed. */
export function registerClientCommands(parts: CommandParts): Disposable {
  const { log, restart } = parts;
  const store = new DisposableStore();
  const register = (command: string, run: (...args: unknown[]) => unknown) => {
    store.register(vscode.commands.registerCommand(command, run));
  };
  register(explainCommand, name => explainRule(parts, name));
  register("memoryInsights.fixAll", fixAll);
  register("memoryInsights.restartServer", restart);
  register("memoryInsights.showLog", () => {
    log.show();
  });
  return store;
}

/** Shows a rule's page, offline; without a name asks for one. */
async function explainRule(
  { pages, rules }: Pick<CommandParts, "pages" | "rules">,
  argument: unknown,
): Promise<void> {
  const name = typeof argument === "string" ? argument : await chooseRule(rules);
  if (name === undefined) return;
  if (await pages.has(name)) await pages.show(name);
  else await vscode.window.showErrorMessage(messages.noRulePage(name));
}

/** The code stands in the label and the summary below it, so that typing either finds the rule. */
async function chooseRule(rules: readonly RuleEntry[]): Promise<string | undefined> {
  const items = rules.map(({ code, name, summary }) => ({
    label: `${code} ${name}`,
    detail: summary,
    name,
  }));
  const options = { title: messages.chooseRule(), matchOnDetail: true };
  return (await vscode.window.showQuickPick(items, options))?.name;
}

/** Applies all safe fixes of the active file or notebook, by the action that saving can run. */
async function fixAll(): Promise<void> {
  const notebook = vscode.window.activeNotebookEditor?.notebook;
  const kind = notebook ? notebookFixAllKind : fixAllKind;
  // Any cell of Python stands for its notebook.
  const document = notebook
    ? notebook.getCells().find(cell => isPython(cell.document))?.document
    : vscode.window.activeTextEditor?.document;
  if (!document || !isPython(document)) {
    await vscode.window.showInformationMessage(messages.noPythonFile());
    return;
  }
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  // The editor's own command for source actions works only while its text has the focus.
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    ...[document.uri, whole, kind, 1],
  );
  const edit = actions.find(action => action.kind?.value === kind)?.edit;
  if (edit) await vscode.workspace.applyEdit(edit);
}

function isPython({ languageId }: vscode.TextDocument): boolean {
  return languageId === "python";
}
