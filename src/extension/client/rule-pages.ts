import * as vscode from "vscode";
import { type Disposable, DisposableStore } from "#base";
import { rulePageScheme } from "#protocol";

/**
 * The rules' pages, which ship with the extension, as files of a scheme of their own. By a default
 * of `workbench.editorAssociations` the editor renders them wherever a link opens one: a command as
 * the target would do nothing in a hover.
 */
export class RulePages implements vscode.FileSystemProvider, Disposable {
  readonly #store = new DisposableStore();
  readonly #folder: vscode.Uri;
  /** They never change; an event source is part of the contract. */
  readonly onDidChangeFile = this.#store.register(
    new vscode.EventEmitter<vscode.FileChangeEvent[]>(),
  ).event;

  constructor(extensionUri: vscode.Uri) {
    this.#folder = vscode.Uri.joinPath(extensionUri, "dist", "rules");
    this.#store.register(
      vscode.workspace.registerFileSystemProvider(rulePageScheme, this, { isReadonly: true }),
    );
  }

  dispose(): void {
    this.#store.dispose();
  }

  /** Whether a rule of that name has a page. */
  async has(name: string): Promise<boolean> {
    try {
      await vscode.workspace.fs.stat(this.#file(toUri(name)));
      return true;
    } catch (error) {
      if (error instanceof vscode.FileSystemError) return false;
      throw error;
    }
  }

  /** Shows a page beside the code, where the last one was shown. */
  async show(name: string): Promise<void> {
    const options: vscode.TextDocumentShowOptions = { viewColumn: columnForPage(), preview: true };
    await vscode.commands.executeCommand("vscode.open", toUri(name), options);
  }

  stat(uri: vscode.Uri): Thenable<vscode.FileStat> {
    return vscode.workspace.fs.stat(this.#file(uri));
  }

  readFile(uri: vscode.Uri): Thenable<Uint8Array> {
    return vscode.workspace.fs.readFile(this.#file(uri));
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.FileNotADirectory(uri);
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  /** @throws FileSystemError for what cannot be a page, so that no other file is read */
  #file(uri: vscode.Uri): vscode.Uri {
    const [, file] = /^\/([a-z0-9-]+\.md)$/.exec(uri.path) ?? [];
    if (file === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return vscode.Uri.joinPath(this.#folder, file);
  }
}

function toUri(name: string): vscode.Uri {
  return vscode.Uri.from({ scheme: rulePageScheme, path: `/${name}.md` });
}

/** Where pages are already, unless they cover the code there; else beside it. */
function columnForPage(): vscode.ViewColumn {
  const { activeTabGroup, all } = vscode.window.tabGroups;
  const { activeTab } = activeTabGroup;
  if (!activeTab) return vscode.ViewColumn.Active;
  if (isPage(activeTab)) return activeTabGroup.viewColumn;
  const shown = all.find(group => !group.isActive && group.tabs.some(isPage));
  return shown?.viewColumn ?? vscode.ViewColumn.Beside;
}

function isPage({ input }: vscode.Tab): boolean {
  const hasUri = input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText;
  return hasUri && input.uri.scheme === rulePageScheme;
}
