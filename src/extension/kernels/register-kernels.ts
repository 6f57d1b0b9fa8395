import * as vscode from "vscode";
import { type Disposable, DisposableStore } from "#base";
import type { RunListener } from "../debug/run-without-debugger";
import { tellProblem } from "../debug/start-run";
import { messages } from "../messages";
import { findKernel } from "./jupyter";
import { beginInKernel, followKernel, type KernelParts } from "./kernel-run";

/** What the commands work with. */
export interface KernelCommandParts extends KernelParts {
  readonly listener: RunListener;
  /** Called instead where the workspace is not trusted. */
  readonly onUntrusted: () => void;
}

const contextKey = "memoryInsights.isKernelProfiled";

/** Offers to measure the kernel of the active notebook. */
export function registerKernels(parts: KernelCommandParts): Disposable {
  const store = new DisposableStore();
  const kernels = store.register(new ProfiledKernels(parts));
  const register = (name: string, run: () => unknown) =>
    store.register(vscode.commands.registerCommand(`memoryInsights.${name}`, run));
  register("profileKernel", async () => {
    if (!vscode.workspace.isTrusted) parts.onUntrusted();
    else await kernels.begin(vscode.window.activeNotebookEditor?.notebook);
  });
  register("stopKernel", () => kernels.stop(vscode.window.activeNotebookEditor?.notebook));
  return store;
}

/** The kernels that are measured now, by their notebooks. */
class ProfiledKernels implements Disposable {
  readonly #parts: KernelCommandParts;
  readonly #stops = new Map<vscode.NotebookDocument, () => void>();
  readonly #beginning = new Set<vscode.NotebookDocument>();
  readonly #watching = vscode.window.onDidChangeActiveNotebookEditor(() => this.#setContext());

  constructor(parts: KernelCommandParts) {
    this.#parts = parts;
  }

  /** Begins to measure, or says why not and what to do. */
  async begin(notebook: vscode.NotebookDocument | undefined): Promise<void> {
    if (!notebook) {
      await vscode.window.showInformationMessage(messages.noKernelNotebook());
      return;
    }
    if (this.#stops.has(notebook) || this.#beginning.has(notebook)) return;
    this.#beginning.add(notebook);
    try {
      await this.#begin(notebook);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      tellProblem(this.#parts.host, messages.kernelNotProfiled(reason));
    } finally {
      this.#beginning.delete(notebook);
    }
  }

  async #begin(notebook: vscode.NotebookDocument): Promise<void> {
    const { host, listener, cells } = this.#parts;
    const kernel = await findKernel(notebook.uri);
    const begun = beginInKernel(kernel, notebook, this.#parts);
    // A kernel does one thing at a time.
    if (kernel.status === "busy") vscode.window.setStatusBarMessage(messages.kernelBusy(), begun);
    const run = await begun;
    if (!run) return;
    listener.onStart(run);
    const onEnd = (ended: Promise<void>): void => {
      this.#stops.delete(notebook);
      this.#setContext();
      ended.then(
        () => listener.onEnd(run),
        (error: unknown) => host.log.warn("At the end of a run", String(error)),
      );
    };
    const { stop } = followKernel(run, { kernel, notebook, cells, onEnd });
    this.#stops.set(notebook, stop);
    this.#setContext();
    await vscode.commands.executeCommand("memoryInsights.live.focus", { preserveFocus: true });
  }

  /** Gives the kernel back; the run is over. */
  stop(notebook: vscode.NotebookDocument | undefined): void {
    if (notebook) this.#stops.get(notebook)?.();
  }

  #setContext(): void {
    const notebook = vscode.window.activeNotebookEditor?.notebook;
    const isProfiled = notebook !== undefined && this.#stops.has(notebook);
    void vscode.commands.executeCommand("setContext", contextKey, isProfiled);
  }

  dispose(): void {
    this.#watching.dispose();
    for (const stop of [...this.#stops.values()]) stop();
  }
}
