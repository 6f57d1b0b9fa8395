import * as vscode from "vscode";
import { type Disposable, DisposableStore } from "#base";
import { betweenView, type LiveView, liveView, type Profile } from "#profile";
import type { EmptyReason } from "#protocol";
import type { ProfiledRun } from "./debug/profiled-run";
import type { FindingsModel } from "./findings/findings-model";
import { messages } from "./messages";
import type { CompareStops, LivePanel } from "./panel";
import { runKey } from "./runs/run-folder";
import type { StepDecorations } from "./stops/step-decorations";

/**
 * Decides what the Live panel, the status bar and the lines of a running program show: the newest
 * run, a saved one, or why none.
 */
export class Presenter implements Disposable {
  readonly #store = new DisposableStore();
  readonly #panel: LivePanel;
  readonly #findings: FindingsModel;
  readonly #steps: StepDecorations;
  readonly #statusBar = this.#store.register(
    vscode.window.createStatusBarItem("memoryInsights.run", vscode.StatusBarAlignment.Left),
  );
  #run: ProfiledRun | null = null;
  #following: Disposable | null = null;
  /** A saved run that is shown instead. */
  #saved: { readonly profile: Profile; readonly key: string } | null = null;

  constructor(panel: LivePanel, findings: FindingsModel, steps: StepDecorations) {
    this.#panel = panel;
    this.#findings = findings;
    this.#steps = steps;
    this.#statusBar.name = messages.languageStatus();
    this.#statusBar.command = "memoryInsights.live.focus";
    this.#store.register(findings.onDidChange(() => this.#drawStatusBar()));
    this.#store.register({ dispose: () => this.#following?.dispose() });
    this.showEmpty(vscode.workspace.isTrusted ? "no-run" : "untrusted", null);
    this.#store.register(
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        if (!this.profile()) this.showEmpty("no-run", null);
      }),
    );
  }

  /** The run that is shown, as far as it is known. */
  profile(): Profile | null {
    return this.#saved?.profile ?? this.#run?.profile() ?? null;
  }

  /** Whether no other run has started since this one. */
  isNewest(run: ProfiledRun): boolean {
    return this.#run === run;
  }

  /** The run that goes on right now. */
  get running(): ProfiledRun | null {
    return this.#run && !this.#run.isOver ? this.#run : null;
  }

  /** Shows a run and everything new about it, until another one starts. */
  follow(run: ProfiledRun): void {
    this.#following?.dispose();
    this.#run = run;
    this.#saved = null;
    this.#following = run.onDidChange(() => this.#draw(run));
    this.#draw(run);
  }

  /** Shows the run of a file. */
  showSaved(profile: Profile, path: string): void {
    this.#saved = { profile, key: runKey(path) };
    this.#panel.show({
      kind: "view",
      view: liveView(profile, { status: "ended", roots: roots() }),
      compare: (from, to) => betweenView(profile, roots(), from, to),
    });
  }

  /** The run of a file is gone: takes it off the panel if it is there. */
  forget(path: string): void {
    const key = runKey(path);
    const shown = this.#saved?.key ?? this.#run?.runFile;
    if (this.#saved?.key === key) this.#saved = null;
    if (this.#run?.runFile === key) {
      this.#following?.dispose();
      this.#run = null;
    }
    if (shown !== key) return;
    if (this.#run) this.#draw(this.#run);
    else this.showEmpty("no-run", null);
  }

  /** Says why there is no run to show. */
  showEmpty(reason: EmptyReason, detail: string | null): void {
    this.#panel.show({ kind: "empty", reason, detail });
  }

  dispose(): void {
    this.#store.dispose();
  }

  #draw(run: ProfiledRun): void {
    const view = run.view(roots());
    this.#drawStatusBar(view.rssBytes);
    this.#steps.show(view, run.profile());
    if (!this.#saved) this.#showRun(run, view);
  }

  #showRun(run: ProfiledRun, view: LiveView): void {
    const compare: CompareStops = (from, to) => betweenView(run.profile(), roots(), from, to);
    this.#panel.show({ kind: "view", view, compare });
  }

  /** While a program runs its memory; after that what there is to look at, until it is cleared. */
  #drawStatusBar(rssBytes?: number | null): void {
    const { profile } = this.#findings;
    if (this.running) {
      if (rssBytes === undefined) return;
      this.#statusBar.text = messages.statusBar(rssBytes);
      this.#statusBar.tooltip = messages.statusBarTooltip();
    } else if (profile) {
      const count = this.#findings.all().length;
      this.#statusBar.text = messages.statusBarAfter(profile.peakRssBytes, count);
      this.#statusBar.tooltip = messages.statusBarAfterTooltip();
    }
    if (this.running ?? profile) this.#statusBar.show();
    else this.#statusBar.hide();
  }
}

function roots(): readonly string[] {
  return vscode.workspace.workspaceFolders?.map(folder => folder.uri.fsPath) ?? [];
}
