import * as vscode from "vscode";
import { type Disposable, DisposableStore } from "#base";
import { liveView, type Profile } from "#profile";
import type { EmptyReason } from "#protocol";
import type { ProfiledRun } from "./debug/profiled-run";
import { messages } from "./messages";
import type { LivePanel } from "./panel";

/** Decides what the Live panel and the status bar show: the newest run, a saved one, or why none. */
export class Presenter implements Disposable {
  readonly #store = new DisposableStore();
  readonly #panel: LivePanel;
  readonly #statusBar = this.#store.register(
    vscode.window.createStatusBarItem("memoryInsights.run", vscode.StatusBarAlignment.Left),
  );
  #run: ProfiledRun | null = null;
  #following: Disposable | null = null;
  /** A saved run that is shown instead. */
  #saved: Profile | null = null;

  constructor(panel: LivePanel) {
    this.#panel = panel;
    this.#statusBar.name = messages.languageStatus();
    this.#statusBar.tooltip = messages.statusBarTooltip();
    this.#statusBar.command = "memoryInsights.live.focus";
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
    return this.#saved ?? this.#run?.profile() ?? null;
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

  /** Shows a run that is over. */
  showSaved(profile: Profile): void {
    this.#saved = profile;
    this.#panel.show({
      kind: "view",
      view: liveView(profile, { status: "ended", roots: roots() }),
    });
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
    this.#statusBar.text = messages.statusBar(view.rssBytes);
    if (run.isOver) this.#statusBar.hide();
    else this.#statusBar.show();
    if (!this.#saved) this.#panel.show({ kind: "view", view });
  }
}

function roots(): readonly string[] {
  return vscode.workspace.workspaceFolders?.map(folder => folder.uri.fsPath) ?? [];
}
