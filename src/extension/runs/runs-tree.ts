import * as vscode from "vscode";
import { formatBytes } from "#base";
import type { RunFolder, StoredRun } from "./run-folder";

/** The recorded runs, the newest first. */
export class RunsTree implements vscode.TreeDataProvider<StoredRun> {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #runs: RunFolder;

  constructor(runs: RunFolder) {
    this.#runs = runs;
  }

  /** Reads the folder again. */
  refresh(): void {
    this.#changed.fire();
  }

  async getChildren(parent?: StoredRun): Promise<StoredRun[]> {
    return parent ? [] : [...(await this.#runs.list())];
  }

  getTreeItem(run: StoredRun): vscode.TreeItem {
    const item = new vscode.TreeItem(run.program);
    const time = run.startedAt.toLocaleString(vscode.env.language, timeFormat);
    item.description = time;
    item.tooltip = `${run.path}\n${time}, ${formatBytes(run.sizeBytes)}`;
    item.iconPath = new vscode.ThemeIcon("graph-line");
    item.contextValue = "run";
    item.command = { command: "memoryInsights.openRun", title: run.program, arguments: [run] };
    return item;
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

const timeFormat: Intl.DateTimeFormatOptions = { dateStyle: "medium", timeStyle: "medium" };
