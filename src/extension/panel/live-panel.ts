import * as vscode from "vscode";
import type { Disposable } from "#base";
import type { BetweenView, LiveView } from "#profile";
import type { PanelCommand } from "#protocol";
import { ComparedStops } from "./compared-stops";
import { newNonce, panelHtml } from "./html";
import { Inbox } from "./inbox";
import { type Clock, Outbox, type PanelContent } from "./outbox";

/** Tells what grew between two stops; `from` null is the start. Null where there are none such. */
export type CompareStops = (from: number | null, to: number) => BetweenView | null;

/** A run and how to compare its stops, or why there is none. */
export type ShownContent =
  | { readonly kind: "view"; readonly view: LiveView; readonly compare: CompareStops }
  | Extract<PanelContent, { kind: "empty" }>;

/** What the panel needs from its host. */
export interface LivePanelOptions {
  readonly extensionUri: vscode.Uri;
  /** Runs one of the panel's commands. */
  readonly onCommand: (command: PanelCommand) => void;
  /** Opens a file at a line, which counts from 1. */
  readonly onGoto: (file: string, line: number) => void;
  /** Hears of messages that were refused. */
  readonly log: (text: string) => void;
}

const systemClock: Clock = {
  now: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return {
      dispose: () => {
        clearTimeout(timer);
      },
    };
  },
};

/** What shows the panel: a view of the sidebar, or an editor that looks like one. */
export type PanelSurface = Pick<
  vscode.WebviewView,
  "webview" | "visible" | "onDidChangeVisibility" | "onDidDispose"
>;

/** The Live view in the sidebar. Register it under `LivePanel.viewId` without retained context. */
export class LivePanel implements vscode.WebviewViewProvider, Disposable {
  static readonly viewId = "memoryInsights.live";

  readonly #extensionUri: vscode.Uri;
  readonly #outbox: Outbox;
  readonly #inbox: Inbox;
  #view: PanelSurface | null = null;
  #content: ShownContent | null = null;
  readonly #compared = new ComparedStops();

  constructor({ extensionUri, onCommand, onGoto, log }: LivePanelOptions) {
    this.#extensionUri = extensionUri;
    this.#outbox = new Outbox(systemClock, message => {
      void this.#view?.webview.postMessage(message);
    });
    this.#inbox = new Inbox({
      onReady: () => {
        this.#outbox.resend();
      },
      onCommand,
      onGoto,
      onCompare: (from, to) => {
        if (this.#content?.kind !== "view") return;
        this.#compared.ask({ from, to }, this.#content.view);
        this.show(this.#content);
      },
      onRefused: problem => {
        log(`The Live panel's message was ignored: ${problem}`);
      },
    });
  }

  /** Shows a run, or why there is none. Cheap: call it as often as anything changes. */
  show(content: ShownContent): void {
    this.#content = content;
    if (content.kind === "empty") {
      this.#outbox.put(content);
      return;
    }
    const { kind, view, compare } = content;
    const compared = this.#compared.in(view);
    const between = compared && compare(compared.from, compared.to);
    this.#inbox.allow(view, between);
    this.#outbox.put({ kind, view, between });
  }

  /** True while somebody can see the panel, so that making views can wait when nobody does. */
  get isVisible(): boolean {
    return this.#view?.visible ?? false;
  }

  resolveWebviewView(view: PanelSurface): void {
    const { webview } = view;
    const dist = vscode.Uri.joinPath(this.#extensionUri, "dist");
    const uriOf = (name: string) =>
      webview.asWebviewUri(vscode.Uri.joinPath(dist, name)).toString();
    this.#view = view;
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    // VS Code disposes these listeners with the view.
    webview.onDidReceiveMessage((data: unknown) => {
      this.#inbox.receive(data);
    });
    view.onDidChangeVisibility(() => {
      this.#outbox.setVisible(view.visible);
    });
    view.onDidDispose(() => {
      if (this.#view !== view) return;
      this.#view = null;
      this.#outbox.setVisible(false);
    });
    webview.html = panelHtml({
      scriptUri: uriOf("panel.js"),
      styleUri: uriOf("panel.css"),
      cspSource: webview.cspSource,
      nonce: newNonce(),
    });
    this.#outbox.setVisible(view.visible);
  }

  dispose(): void {
    this.#outbox.dispose();
    this.#view = null;
  }
}
