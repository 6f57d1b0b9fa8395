import type { Connection, Diagnostic } from "vscode-languageserver";
import { describeError } from "./messages";

/** Gives the diagnostics of an open file as it is now; null when it is closed. */
type DiagnosticsOf = (
  uri: string,
) => Promise<{ readonly version: number; readonly diagnostics: Diagnostic[] } | null>;

/** Sends diagnostics to clients that do not ask for them, at most once a turn for each file. */
export class Publisher {
  readonly #connection: Connection;
  readonly #diagnosticsOf: DiagnosticsOf;
  /** Files that wait for the next turn. */
  readonly #waiting = new Set<string>();
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

  /** Takes the diagnostics of a closed file away. */
  clear(uri: string): void {
    this.#waiting.delete(uri);
    void this.#connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  dispose(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#waiting.clear();
  }

  async #flush(): Promise<void> {
    this.#timer = null;
    const uris = [...this.#waiting];
    this.#waiting.clear();
    for (const uri of uris) await this.#publish(uri);
  }

  async #publish(uri: string): Promise<void> {
    try {
      const found = await this.#diagnosticsOf(uri);
      if (found) await this.#connection.sendDiagnostics({ uri, ...found });
    } catch (error) {
      this.#connection.console.error(`cannot analyse ${uri}: ${describeError(error)}`);
    }
  }
}
