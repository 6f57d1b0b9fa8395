import * as vscode from "vscode";
import { type Profile, refusalOf } from "#profile";
import { messages } from "../messages";
import { packedBytes, unpackedBytes } from "#recorder";
import { readRun } from "./read-run";
import { type RunFolder, runFileEnding, type StoredRun } from "./run-folder";
import type { RunNotes } from "./run-notes";
import type { RunsTree } from "./runs-tree";

/** What the commands on saved runs work with. */
export interface RunCommandParts {
  readonly runs: RunFolder;
  readonly tree: RunsTree;
  readonly log: vscode.LogOutputChannel;
  /** Shows the run of a file and joins it with the findings. */
  readonly show: (profile: Profile, path: string) => Promise<void>;
  /** Takes a run that is gone off the panel, if it is there. */
  readonly forget: (path: string) => void;
}

/** What a command gets: a run of the tree, a file of the explorer, or nothing. */
type RunTarget = StoredRun | vscode.Uri | undefined;

/** For dialogs; some systems look only behind the last dot. */
const runFileExtensions = ["memprofile", "memprofile.gz", "gz"];

/** Registers what can be done with saved runs. */
export function registerRunCommands(parts: RunCommandParts): vscode.Disposable {
  const register = vscode.commands.registerCommand;
  return vscode.Disposable.from(
    register("memoryInsights.openRun", (target: RunTarget) => openRun(parts, target)),
    register("memoryInsights.deleteRun", (run: StoredRun) => deleteRun(parts, run)),
    register("memoryInsights.deleteOtherRuns", () => deleteOtherRuns(parts)),
    register("memoryInsights.renameRun", (run: StoredRun) => renameRun(parts, run)),
    register("memoryInsights.noteRun", (run: StoredRun) => noteRun(parts, run)),
    register("memoryInsights.keepRun", (run: StoredRun) => annotate(parts, run, { isKept: true })),
    register("memoryInsights.releaseRun", (run: StoredRun) =>
      annotate(parts, run, { isKept: false }),
    ),
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
    const reading = await readRun(uri);
    const refusal = refusalOf(reading);
    if (refusal) throw new Error(refusal.text);
    await show(reading.profile, uri.fsPath);
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
  const filters = { [messages.profileFiles()]: runFileExtensions };
  const options = { title: messages.openRunTitle(), filters };
  return (await vscode.window.showOpenDialog(options))?.[0];
}

async function deleteRun(parts: RunCommandParts, run: StoredRun): Promise<void> {
  const question = messages.deleteRun(run.notes.name || run.program);
  if (await isConfirmed(question)) await deleteRuns(parts, [run]);
}

async function deleteOtherRuns(parts: RunCommandParts): Promise<void> {
  const others = (await parts.runs.list()).filter(run => !run.notes.isKept && !run.isGoing);
  if (others.length === 0) {
    void vscode.window.showInformationMessage(messages.noOtherRuns());
    return;
  }
  if (await isConfirmed(messages.deleteOtherRuns(others.length))) await deleteRuns(parts, others);
}

async function deleteRuns(parts: RunCommandParts, deleted: readonly StoredRun[]): Promise<void> {
  for (const run of deleted) {
    await parts.runs.delete(run);
    parts.forget(run.path);
  }
  parts.tree.refresh();
}

async function isConfirmed(question: string): Promise<boolean> {
  const yes = messages.delete();
  return (await vscode.window.showWarningMessage(question, { modal: true }, yes)) === yes;
}

async function renameRun(parts: RunCommandParts, run: StoredRun): Promise<void> {
  const { name } = run.notes;
  const value = await vscode.window.showInputBox({ prompt: messages.renameRun(), value: name });
  if (value !== undefined) await annotate(parts, run, { name: value.trim() });
}

async function noteRun(parts: RunCommandParts, run: StoredRun): Promise<void> {
  const { note } = run.notes;
  const value = await vscode.window.showInputBox({ prompt: messages.annotateRun(), value: note });
  if (value !== undefined) await annotate(parts, run, { note: value.trim() });
}

async function annotate(
  { runs, tree }: RunCommandParts,
  run: StoredRun,
  change: Partial<RunNotes>,
): Promise<void> {
  await runs.annotate(run, change);
  tree.refresh();
}

async function exportRun(run: StoredRun): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `${run.program}${runFileEnding}.gz`;
  const target = await vscode.window.showSaveDialog({
    title: messages.exportTitle(),
    filters: { [messages.profileFiles()]: runFileExtensions },
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, name) } : {}),
  });
  if (!target) return;
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.file(run.path));
  const convert = target.path.endsWith(".gz") ? packedBytes : unpackedBytes;
  await vscode.workspace.fs.writeFile(target, await convert(bytes));
}
