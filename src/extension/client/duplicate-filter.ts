import * as vscode from "vscode";
import { type DiagnosticProviderMiddleware, vsdiag } from "vscode-languageclient";
import { type Disposable, DisposableStore } from "#base";
import { diagnosticSource } from "#protocol";
import { codesOf, type PeerReport, PeerReports } from "./peer-reports";

/** What the server said of a document, whole, and what of it is shown. */
interface Shown {
  readonly all: readonly vscode.Diagnostic[];
  readonly shown: readonly vscode.Diagnostic[];
}

/**
 * Leaves out findings that another extension reports at the same place under a code of its own, as
 * the setting `memoryInsights.dropDuplicates` says. Lists of findings elsewhere stay whole.
 */
export class DuplicateFilter implements Disposable {
  readonly #store = new DisposableStore();
  /** Asks for the diagnostics of a document again. */
  readonly #pullAgain: (uri: vscode.Uri) => void;
  /** What others report, by URI; dropped with the document. */
  readonly #peers = new Map<string, PeerReports>();
  /** By URI; dropped with the document. */
  readonly #shown = new Map<string, Shown>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(pullAgain: (uri: vscode.Uri) => void) {
    this.#pullAgain = pullAgain;
    const { workspace } = vscode;
    const own = (value: vscode.Disposable) => this.#store.register(value);
    own(
      vscode.languages.onDidChangeDiagnostics(({ uris }) => uris.forEach(uri => this.#look(uri))),
    );
    own(workspace.onDidChangeTextDocument(event => this.#follow(event)));
    own(workspace.onDidCloseTextDocument(({ uri }) => this.#forget(uri.toString())));
    own(
      workspace.onDidChangeConfiguration(change => {
        if (!change.affectsConfiguration("memoryInsights.dropDuplicates")) return;
        for (const key of this.#shown.keys()) this.#pullAgain(vscode.Uri.parse(key));
      }),
    );
  }

  /** Takes its place between the server's answer and the editor. */
  readonly provideDiagnostics: NonNullable<DiagnosticProviderMiddleware["provideDiagnostics"]> =
    async (document, previousResultId, token, next) => {
      const report = await next(document, previousResultId, token);
      const uri = document instanceof vscode.Uri ? document : document.uri;
      return report && this.#filter(uri, report);
    };

  dispose(): void {
    for (const key of [...this.#timers.keys()]) this.#forget(key);
    this.#store.dispose();
  }

  #filter(
    uri: vscode.Uri,
    report: vsdiag.DocumentDiagnosticReport,
  ): vsdiag.DocumentDiagnosticReport {
    const key = uri.toString();
    const before = this.#shown.get(key);
    const all = "items" in report ? report.items : before?.all;
    if (!all) return report;
    const peers = isOn(uri) ? this.#peersOf(uri) : null;
    const shown = all.filter(diagnostic => !peers?.covers(toReported(diagnostic)));
    this.#shown.set(key, { all, shown });
    if (!("items" in report) && before && isSameList(before.shown, shown)) return report;
    const kind = vsdiag.DocumentDiagnosticReportKind.full;
    return { ...report, kind, items: shown };
  }

  #peersOf(uri: vscode.Uri): PeerReports {
    const key = uri.toString();
    const known = this.#peers.get(key);
    if (known) return known;
    const peers = new PeerReports();
    peers.update(othersOf(uri), Date.now());
    this.#peers.set(key, peers);
    return peers;
  }

  /** Diagnostics changed, perhaps our own: only other ones of others lead to another look. */
  #look(uri: vscode.Uri): void {
    const key = uri.toString();
    const peers = this.#peers.get(key);
    if (!peers) return;
    if (peers.update(othersOf(uri), Date.now())) this.#pullAgain(uri);
    this.#wait(uri, peers);
  }

  /** Looks again when a report that was taken back stops to count. */
  #wait(uri: vscode.Uri, peers: PeerReports): void {
    const key = uri.toString();
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    const end = peers.nextEnd();
    if (end === null) return;
    const delay = Math.max(0, end - Date.now()) + 1;
    this.#timers.set(
      key,
      setTimeout(() => this.#look(uri), delay),
    );
  }

  #follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const peers = this.#peers.get(document.uri.toString());
    if (!peers || peers.isEmpty) return;
    for (const { range, text } of contentChanges) {
      const breaks = text.split("\n").length - 1;
      peers.edit({ first: range.start.line, last: range.end.line, breaks });
    }
  }

  #forget(key: string): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    this.#peers.delete(key);
    this.#shown.delete(key);
  }
}

function isOn(uri: vscode.Uri): boolean {
  return vscode.workspace.getConfiguration("memoryInsights", uri).get("dropDuplicates", true);
}

function othersOf(uri: vscode.Uri): readonly PeerReport[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(diagnostic => diagnostic.source !== diagnosticSource)
    .map(({ code, range }) => ({
      codes: codesOf(code),
      first: range.start.line,
      last: range.end.line,
    }));
}

/** The server tells in the diagnostic's data how others call the same. */
function toReported(diagnostic: vscode.Diagnostic & { readonly data?: unknown }) {
  const { data, range } = diagnostic;
  const peers: unknown =
    typeof data === "object" && data !== null && "peers" in data ? data.peers : undefined;
  return {
    peers: Array.isArray(peers) ? peers.filter(peer => typeof peer === "string") : [],
    first: range.start.line,
    last: range.end.line,
  };
}

function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
