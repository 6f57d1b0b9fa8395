import * as vscode from "vscode";
import { betweenView, liveView, type Profile, refusalOf } from "#profile";
import { messages } from "../messages";
import { LivePanel, type LivePanelOptions } from "../panel";
import { readRun } from "./read-run";

/** Opens a run file as an editor: the panel at full width, over a run that is over. */
export class RunEditor implements vscode.CustomReadonlyEditorProvider {
  static readonly viewType = "memoryInsights.run";

  readonly #panel: LivePanelOptions;
  readonly #onOpen: (profile: Profile) => void;

  /** `onOpen` hears of every run that is opened. */
  constructor(panel: LivePanelOptions, onOpen: (profile: Profile) => void) {
    this.#panel = panel;
    this.#onOpen = onOpen;
  }

  openCustomDocument(uri: vscode.Uri): vscode.CustomDocument {
    return { uri, dispose: () => undefined };
  }

  async resolveCustomEditor(
    { uri }: vscode.CustomDocument,
    editor: vscode.WebviewPanel,
  ): Promise<void> {
    const panel = new LivePanel(this.#panel);
    editor.onDidDispose(() => panel.dispose());
    panel.resolveWebviewView(surfaceOf(editor));
    const profile = await readWhole(uri);
    const roots = vscode.workspace.workspaceFolders?.map(folder => folder.uri.fsPath) ?? [];
    panel.show({
      kind: "view",
      view: liveView(profile, { status: "ended", roots }),
      compare: (from, to) => betweenView(profile, roots, from, to),
    });
    this.#onOpen(profile);
  }
}

/** @throws Error for the editor, whose page names no reason: the user is told in a message. */
async function readWhole(uri: vscode.Uri): Promise<Profile> {
  const reading = await readRun(uri);
  const refusal = refusalOf(reading);
  if (!refusal) return reading.profile;
  const reason = messages.unreadableRun(uri.fsPath, refusal.text);
  void vscode.window.showErrorMessage(reason);
  throw new Error(reason);
}

function surfaceOf(editor: vscode.WebviewPanel) {
  return {
    webview: editor.webview,
    get visible() {
      return editor.visible;
    },
    onDidChangeVisibility: (listener: () => unknown) =>
      editor.onDidChangeViewState(() => listener()),
    onDidDispose: editor.onDidDispose,
  };
}
