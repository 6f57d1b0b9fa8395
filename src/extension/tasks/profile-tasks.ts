import * as vscode from "vscode";
import { type Disposable, DisposableStore } from "#base";
import { ownDebugType } from "../debug/own-type";
import type { RunHost } from "../debug/start-run";
import { messages } from "../messages";
import { findPython } from "../python/find-python";
import { engineSetting, profilingSettings } from "../settings";
import { type ProfileDefinition, readDefinition, runFileOf, taskArguments } from "./task-command";

/** What tasks need of the rest of the extension. */
export interface ProfileTasksParts {
  readonly host: RunHost;
  /** Our command line, as a file. */
  readonly cli: string;
  /** Shows the run of a file, whose program is over. */
  readonly onEnd: (runFile: string) => Promise<void>;
}

/** Tasks of the type `memory-insights`: they profile a program by our command line, in a terminal. */
export class ProfileTasks implements vscode.TaskProvider, Disposable {
  readonly #store = new DisposableStore();
  readonly #parts: ProfileTasksParts;

  constructor(parts: ProfileTasksParts) {
    this.#parts = parts;
    this.#store.register(vscode.tasks.registerTaskProvider(ownDebugType, this));
    this.#store.register(
      vscode.tasks.onDidEndTaskProcess(({ execution }) => this.#ended(execution.task)),
    );
  }

  /** None: each would start a Python for a list that somebody only looks at. */
  provideTasks(): vscode.Task[] {
    return [];
  }

  /** Makes what runs of a task's definition; undefined when there is no program, or no Python. */
  async resolveTask(task: vscode.Task): Promise<vscode.Task | undefined> {
    const definition = readDefinition(task.definition);
    if (!definition || !vscode.workspace.isTrusted) return undefined;
    const scope = task.scope ?? vscode.TaskScope.Workspace;
    const folder = typeof scope === "object" ? scope : undefined;
    const { python, tried } = await findPython(folder);
    if (!python) {
      this.#parts.host.log.warn(messages.noPython(tried));
      return undefined;
    }
    const execution = await this.#executionOf(definition, folder, python.executable);
    const resolved = new vscode.Task(
      task.definition,
      scope,
      task.name,
      ownDebugType,
      execution,
      [],
    );
    resolved.detail = definition.command.join(" ");
    return resolved;
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #executionOf(
    definition: ProfileDefinition,
    folder: vscode.WorkspaceFolder | undefined,
    python: string,
  ): Promise<vscode.ProcessExecution> {
    const { host, cli } = this.#parts;
    const { level, frames } = profilingSettings(folder);
    // A task that ends comes with the arguments of any of its resolutions, so all have one file.
    const runFile = await host.runs.fileOfOthers(JSON.stringify([folder?.uri.fsPath, definition]));
    const engine = definition.engine ?? engineSetting(folder);
    const how = { cli, python, runFile, level: definition.level ?? level, frames, engine };
    const cwd = definition.cwd ?? folder?.uri.fsPath;
    // The editor's own program is Node when it is told so.
    const env = { ELECTRON_RUN_AS_NODE: "1" };
    const options = cwd === undefined ? { env } : { env, cwd };
    return new vscode.ProcessExecution(
      process.execPath,
      [...taskArguments(definition, how)],
      options,
    );
  }

  #ended({ execution }: vscode.Task): void {
    if (!(execution instanceof vscode.ProcessExecution)) return;
    const runFile = runFileOf(execution.args, this.#parts.cli);
    if (runFile === null) return;
    this.#parts.onEnd(runFile).catch((error: unknown) => {
      this.#parts.host.log.warn("After a task", String(error));
    });
  }
}
