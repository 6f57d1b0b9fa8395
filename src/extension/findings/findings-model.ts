import * as vscode from "vscode";
import { type Disposable, DisposableStore, fingerprint, type Milliseconds } from "#base";
import { fileKey } from "#evidence";
import { type Profile, readCellName } from "#profile";
import type { FileFindings, FindingsChanged } from "#protocol";
import { type CellName, FilesOfRun } from "./files-of-run";
import { followLines, type LineBefore } from "./moved-lines";
import { measureFindings, type MeasuredFinding } from "./measure";

/** Where findings come from: the language server. */
export interface FindingsSource {
  /** Findings of all open files and of those given. */
  findings(uris?: readonly string[]): Promise<readonly FileFindings[]>;
  readonly onDidChangeFindings: vscode.Event<FindingsChanged>;
}

interface TextThatRan {
  readonly path: string;
  readonly text: string;
}

/** Typing changes findings many times a second; people read them more slowly. */
const settleMs: Milliseconds = 150;

/** All findings that are known, joined with the newest run. */
export class FindingsModel implements Disposable {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.#changed.event;
  readonly #log: vscode.LogOutputChannel;
  readonly #cellName: CellName;
  #source: FindingsSource | null = null;
  #files: readonly FileFindings[] = [];
  #profile: Profile | null = null;
  #all: readonly MeasuredFinding[] = [];
  /** By path, of the newest run. */
  #fingerprints: ReadonlyMap<string, string | null> = new Map();
  /** By URI; only texts that the newest run ran, each with what that calls them. */
  readonly #textsThatRan = new Map<string, TextThatRan>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts requests, so that an answer that was overtaken is dropped. */
  #request = 0;

  /** `cellName` knows the cells that ran in kernels of this window. */
  constructor(log: vscode.LogOutputChannel, cellName: CellName) {
    this.#log = log;
    this.#cellName = cellName;
    this.#store.register({ dispose: () => clearTimeout(this.#timer) });
  }

  /** Starts listening to the language server, once it is there. */
  connect(source: FindingsSource): void {
    this.#source = source;
    this.#store.register(source.onDidChangeFindings(() => this.#refreshSoon()));
    this.#refreshSoon();
  }

  /** Joins the findings with a run; null goes back to findings alone. */
  async measure(profile: Profile | null): Promise<void> {
    this.#profile = profile;
    const files = profile?.files ?? [];
    this.#fingerprints = new Map(files.map(file => [fileKey(file.path), file.fingerprint]));
    this.#forgetOtherTexts();
    this.#join();
    await this.#refresh();
  }

  /** The run that the findings are joined with. */
  get profile(): Profile | null {
    return this.#profile;
  }

  /** False while the run that the findings are joined with goes on. */
  get hasEnded(): boolean {
    return this.#profile?.hasEnded ?? true;
  }

  /** Every finding, the most bytes first. */
  all(): readonly MeasuredFinding[] {
    return this.#all;
  }

  /** The findings of one document, the most bytes first. */
  of(uri: vscode.Uri): readonly MeasuredFinding[] {
    const text = uri.toString();
    return this.#all.filter(measured => measured.uri === text);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #refreshSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#refresh(), settleMs);
  }

  async #refresh(): Promise<void> {
    if (!this.#source) return;
    const request = ++this.#request;
    try {
      const files = await this.#source.findings(this.#filesOfRun());
      if (request !== this.#request) return;
      // The server writes URIs in its own way; one form here makes them comparable.
      this.#files = files.map(file => ({ ...file, uri: vscode.Uri.parse(file.uri).toString() }));
      this.#join();
    } catch (error) {
      this.#log.error("Findings were not received", error);
    }
  }

  /** A run's own files count although nobody has opened them. */
  #filesOfRun(): readonly string[] {
    const own = this.#profile?.files.filter(file => file.origin === "user") ?? [];
    const files = own.filter(({ path }) => readCellName(path) === null);
    return files.map(file => vscode.Uri.file(file.path).toString());
  }

  #join(): void {
    const names = new FilesOfRun(this.#profile?.files ?? [], this.#cellName);
    const pathOf = (uri: string) =>
      this.#textsThatRan.get(uri)?.path ?? names.pathOf(vscode.Uri.parse(uri));
    this.#rememberTexts(pathOf);
    this.#all = measureFindings(this.#files, this.#profile, {
      pathOf,
      linesBefore: uri => this.#linesBefore(uri),
    });
    this.#changed.fire();
  }

  /** Keeps the text of open files while it is the one that ran, to follow its lines later. */
  #rememberTexts(pathOf: (uri: string) => string | null): void {
    for (const document of vscode.workspace.textDocuments) {
      const uri = document.uri.toString();
      const path = document.languageId === "python" ? pathOf(uri) : null;
      const ran = path === null ? null : this.#fingerprints.get(fileKey(path));
      const text = ran ? document.getText() : null;
      if (path === null || text === null || fingerprint(text) !== ran) continue;
      this.#textsThatRan.set(uri, { path, text });
    }
  }

  /** A run is joined several times, and its texts may have changed in the editor since. */
  #forgetOtherTexts(): void {
    for (const [uri, { path, text }] of this.#textsThatRan) {
      const ran = this.#fingerprints.get(fileKey(path));
      if (ran !== fingerprint(text)) this.#textsThatRan.delete(uri);
    }
  }

  #linesBefore(uri: string): LineBefore | null {
    const ran = this.#textsThatRan.get(uri);
    const document = vscode.workspace.textDocuments.find(open => open.uri.toString() === uri);
    return ran === undefined || !document ? null : followLines(ran.text, document.getText());
  }
}
