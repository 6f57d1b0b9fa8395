import * as vscode from "vscode";
import type { Profile } from "#profile";
import { messages } from "../messages";
import { readRun } from "./read-run";
import { type RunFolder, runFileEnding, type StoredRun } from "./run-folder";
import type { RunsTree } from "./runs-tree";

/** What the commands on saved runs work with. */
export interface RunCommandParts {
  readonly runs: RunFolder;
  readonly tree: RunsTree;
  readonly log: vscode.LogOutputChannel;
  /** Shows a run and joins it with the findings. */
  readonly show: (profile: Profile) => Promise<void>;
}

/** What a command gets: a run of the tree, a file of the explorer, or nothing. */
type RunTarget = StoredRun | vscode.Uri | undefined;

/** Registers what can be done with saved runs. */
export function registerRunCommands(parts: RunCommandParts): vscode.Disposable {
  const register = vscode.commands.registerCommand;
  return vscode.Disposable.from(
    register("memoryInsights.openRun", (target: RunTarget) => openRun(parts, target)),
    register("memoryInsights.deleteRun", (run: StoredRun) => deleteRun(parts, run)),
    register("memoryInsights.exportRun", exportRun),
    register("memoryInsights.revealRun", (run: StoredRun) =>
      vscode.commands.executeCommand("revealFileInOS", vscode.Uri.file(run.path)),
    ),
  );
}

async function openRun({ log, show }: RunCommandParts, target: RunTarget): Promise<void> {
  const uri = target ? uriOf(target) : await chooseRun();
  if (!uri) return;
  try {
    const { profile, problems } = await readRun(uri);
    const refusal = problems.find(problem => problem.kind !== "damaged");
    if (refusal) throw new Error(refusal.text);
    await show(profile);
    await vscode.commands.executeCommand("memoryInsights.live.focus");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    log.warn(`${uri.toString()}: ${reason}`);
    void vscode.window.showErrorMessage(messages.unreadableRun(uri.fsPath, reason));
  }
}

function uriOf(target: StoredRun | vscode.Uri): vscode.Uri {
  return target instanceof vscode.Uri ? target : vscode.Uri.file(target.path);
}

async function chooseRun(): Promise<vscode.Uri | undefined> {
  const filters = { [messages.profileFiles()]: ["memprofile", "memprofile.gz", "gz"] };
  const options = { title: messages.openRunTitle(), filters };
  return (await vscode.window.showOpenDialog(options))?.[0];
}

async function deleteRun({ runs, tree }: RunCommandParts, run: StoredRun): Promise<void> {
  const question = messages.deleteRun(run.program);
  const yes = messages.delete();
  const choice = await vscode.window.showWarningMessage(question, { modal: true }, yes);
  if (choice !== yes) return;
  await runs.delete(run);
  tree.refresh();
}

async function exportRun(run: StoredRun): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `${run.program}${runFileEnding}`;
  const target = await vscode.window.showSaveDialog({
    title: messages.exportTitle(),
    filters: { [messages.profileFiles()]: [runFileEnding.slice(1)] },
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}),
  });
  if (!target) return;
  await vscode.workspace.fs.copy(vscode.Uri.file(run.path), target, { overwrite: true });
}
