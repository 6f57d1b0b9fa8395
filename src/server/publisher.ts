import type { Connection, Diagnostic } from "vscode-languageserver";
import { inBackground } from "./background";
import { describeError } from "./messages";

/** The diagnostics of one document. */
export interface DocumentDiagnostics {
  readonly uri: string;
  readonly version: number;
  readonly diagnostics: Diagnostic[];
}

/** Gives the diagnostics of an open program's documents as they are now; none when it is closed. */
type DiagnosticsOf = (uri: string) => Promise<readonly DocumentDiagnostics[]>;

/** Sends diagnostics to clients that do not ask for them, at most once a turn for each program. */
export class Publisher {
  readonly #connection: Connection;
  readonly #diagnosticsOf: DiagnosticsOf;
  /** Programs that wait for the next turn. */
  readonly #waiting = new Set<string>();
  /** What was last sent of each document, as JSON; dropped when it closes. */
  readonly #sent = new Map<string, string>();
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(connection: Connection, diagnosticsOf: DiagnosticsOf) {
    this.#connection = connection;
    this.#diagnosticsOf = diagnosticsOf;
  }

  /** Several edits that arrive together are analysed once. */
  schedule(uri: string): void {
    this.#waiting.add(uri);
    this.#timer ??= setTimeout(() => void this.#flush(), 0);
  }

  /** Takes the diagnostics of a closed document away. */
  clear(uri: string): void {
    this.#waiting.delete(uri);
    this.#sent.delete(uri);
    inBackground(this.#connection, this.#connection.sendDiagnostics({ uri, diagnostics: [] }));
  }

  dispose(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#waiting.clear();
    this.#sent.clear();
  }

  async #flush(): Promise<void> {
    this.#timer = null;
    const uris = [...this.#waiting];
    this.#waiting.clear();
    for (const uri of uris) await this.#publish(uri);
  }

  async #publish(uri: string): Promise<void> {
    try {
      for (const found of await this.#diagnosticsOf(uri)) this.#send(found);
    } catch (error) {
      this.#connection.console.error(`cannot analyse ${uri}: ${describeError(error)}`);
    }
  }

  /** A cell that did not change, with diagnostics that did not, needs no message. */
  #send(found: DocumentDiagnostics): void {
    const text = JSON.stringify(found);
    if (this.#sent.get(found.uri) === text) return;
    this.#sent.set(found.uri, text);
    inBackground(this.#connection, this.#connection.sendDiagnostics(found));
  }
}
