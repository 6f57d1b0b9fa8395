import * as vscode from "vscode";
import { messages } from "../messages";
import { readRun } from "./read-run";
import type { RunFolder, StoredRun } from "./run-folder";
import { type RunSummary, summaryOf } from "./run-notes";

/** The recorded runs, the newest first. */
export class RunsTree implements vscode.TreeDataProvider<StoredRun> {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #runs: RunFolder;
  /** Of runs whose end this editor has not seen, by path; null where one cannot be read. */
  readonly #summaries = new Map<string, RunSummary | null>();

  constructor(runs: RunFolder) {
    this.#runs = runs;
  }

  /** Reads the folder again. */
  refresh(): void {
    this.#changed.fire();
  }

  async getChildren(parent?: StoredRun): Promise<StoredRun[]> {
    if (parent) return [];
    const runs = [...(await this.#runs.list())];
    void this.#summarize(runs.filter(run => !run.isGoing && !this.#summaryOf(run)));
    return runs;
  }

  getTreeItem(run: StoredRun): vscode.TreeItem {
    const { name, note, isKept } = run.notes;
    const item = new vscode.TreeItem(name || run.program);
    const time = run.startedAt.toLocaleString(vscode.env.language, timeFormat);
    const facts = messages.runFacts({ ...run, ...this.#summaryOf(run), time });
    item.description = facts;
    const title = name ? [`${name} (${run.program})`] : [run.program];
    item.tooltip = [...title, ...(note ? [note] : []), facts, run.path].join("\n");
    item.iconPath = new vscode.ThemeIcon(isKept ? "pinned" : "graph-line");
    item.contextValue = run.isGoing ? "run.going" : isKept ? "run.kept" : "run.free";
    item.command = { command: "memoryInsights.openRun", title: run.program, arguments: [run] };
    return item;
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #summaryOf(run: StoredRun): RunSummary | null {
    return run.notes.summary ?? this.#summaries.get(run.path) ?? null;
  }

  /** Reads runs one after the other: of a crash, or put there by somebody. */
  async #summarize(runs: readonly StoredRun[]): Promise<void> {
    const unknown = runs.filter(run => !this.#summaries.has(run.path));
    for (const { path } of unknown) this.#summaries.set(path, null);
    for (const { path } of unknown) {
      const reading = await readRun(vscode.Uri.file(path)).catch(() => null);
      if (reading) this.#summaries.set(path, summaryOf(reading.profile));
    }
    if (unknown.length > 0) this.refresh();
  }
}

const timeFormat: Intl.DateTimeFormatOptions = { dateStyle: "medium", timeStyle: "short" };
