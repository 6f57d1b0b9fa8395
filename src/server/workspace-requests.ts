import type {
  CancellationToken,
  Connection,
  Diagnostic,
  ResultProgressReporter,
  WorkDoneProgressReporter,
  WorkspaceDiagnosticParams,
  WorkspaceDiagnosticReport,
  WorkspaceDiagnosticReportPartialResult,
  WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver";
import type { Running } from "./create-server";
import { resultIdOf, toDiagnostics } from "./diagnostics";
import { messages } from "./messages";
import { contextOf, refuseCancelled } from "./requests";

/** Files that are reported together: often enough to see, seldom enough to cost nothing. */
const filesPerReport = 20;

type Partial = ResultProgressReporter<WorkspaceDiagnosticReportPartialResult> | undefined;

/** Registers the answer to the question for the diagnostics of all files of the workspace. */
export function answerWorkspaceRequests(connection: Connection, running: () => Running): void {
  connection.languages.diagnostics.onWorkspace(
    (params, token, progress, partial): Promise<WorkspaceDiagnosticReport> =>
      new WorkspaceReport(running(), params, token).answer(progress, partial),
  );
}

/** One answer: what is new since the result ids that the client has. */
class WorkspaceReport {
  readonly #running: Running;
  readonly #params: WorkspaceDiagnosticParams;
  readonly #token: CancellationToken;
  /** Result ids that the client has, by key. */
  readonly #previous: ReadonlyMap<string, string>;
  /** URIs of the open documents as the client writes them, by key. */
  readonly #open: ReadonlyMap<string, string>;
  #reports: WorkspaceDocumentDiagnosticReport[] = [];
  #hasNews = false;

  constructor(running: Running, params: WorkspaceDiagnosticParams, token: CancellationToken) {
    this.#running = running;
    this.#params = params;
    this.#token = token;
    this.#previous = new Map(params.previousResultIds.map(({ uri, value }) => [keyOf(uri), value]));
    const parts = running.documents.programs().flatMap(program => program.parts);
    this.#open = new Map(parts.map(({ uri }) => [keyOf(uri), uri]));
  }

  async answer(
    progress: WorkDoneProgressReporter,
    partial: Partial,
  ): Promise<WorkspaceDiagnosticReport> {
    const { changes, client } = this.#running;
    for (;;) {
      const since = changes.count;
      await this.#run(progress, partial);
      // The protocol lets a server wait with the answer until there is one. A client that polls
      // then costs nothing; it only needs to tell of changed files, or nothing would ever be new.
      if (this.#hasNews || this.#previous.size === 0 || !client.canWatchFiles) break;
      if (changes.count > since) continue;
      await changes.next(wake => this.#token.onCancellationRequested(wake));
      refuseCancelled(this.#token);
    }
    return { items: this.#reports };
  }

  async #run(progress: WorkDoneProgressReporter, partial: Partial): Promise<void> {
    const { host, settings } = this.#running;
    this.#reports = [];
    progress.begin(messages.checkingWorkspace, 0, undefined, true);
    try {
      const files = (await host.findPythonFiles?.(settings.folders)) ?? [];
      for (const [index, uri] of files.entries()) {
        refuseCancelled(this.#token);
        await this.#report(uri);
        if (this.#reports.length < filesPerReport) continue;
        progress.report((100 * index) / files.length, messages.filesChecked(index, files.length));
        this.#flush(partial);
      }
      this.#reportGone(files);
      refuseCancelled(this.#token);
      this.#flush(partial);
    } finally {
      progress.done();
    }
  }

  async #report(uri: string): Promise<void> {
    const { session } = this.#running;
    const open = await session.analyse(this.#open.get(keyOf(uri)) ?? uri);
    if (open) {
      const context = contextOf(this.#running, open.program);
      this.#add(open.part.uri, open.part.version, toDiagnostics(open.analysis, open.part, context));
      return;
    }
    await this.#reportClosed(uri);
  }

  async #reportClosed(uri: string): Promise<void> {
    const { changes, client, session } = this.#running;
    const previous = this.#previous.get(keyOf(uri));
    if (previous !== undefined && client.canWatchFiles && changes.isReported(uri, previous)) {
      this.#reports.push({ kind: "unchanged", uri, version: null, resultId: previous });
      return;
    }
    const at = changes.count;
    const closed = await session.analyseClosed(uri);
    const context = contextOf(this.#running, { parts: closed ? [closed.part] : [] });
    const diagnostics = closed ? toDiagnostics(closed.analysis, closed.part, context) : [];
    changes.note(uri, this.#add(uri, null, diagnostics), at);
  }

  /** Gives the report's result id. */
  #add(uri: string, version: number | null, diagnostics: Diagnostic[]): string {
    const resultId = resultIdOf(diagnostics);
    if (resultId === this.#previous.get(keyOf(uri))) {
      this.#reports.push({ kind: "unchanged", uri, version, resultId });
    } else {
      this.#hasNews = true;
      this.#reports.push({ kind: "full", uri, version, resultId, items: diagnostics });
    }
    return resultId;
  }

  /** Files that the client has diagnostics of and that are no more: they have none now. */
  #reportGone(files: readonly string[]): void {
    const here = new Set(files.map(keyOf));
    for (const { uri } of this.#params.previousResultIds) {
      if (!here.has(keyOf(uri)) && !this.#open.has(keyOf(uri))) this.#add(uri, null, []);
    }
  }

  #flush(partial: Partial): void {
    if (!partial) return;
    if (this.#reports.length > 0) partial.report({ items: this.#reports });
    this.#reports = [];
  }
}

/** Clients and platforms escape different characters of the same file's URI. */
function keyOf(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch (error) {
    if (error instanceof URIError) return uri;
    throw error;
  }
}
