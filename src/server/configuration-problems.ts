import type { ConfigurationProblem } from "#analyzer";
import { diagnosticSource } from "#protocol";
import { type Connection, type Diagnostic, DiagnosticSeverity } from "vscode-languageserver";
import { inBackground } from "./background";
import { linedText, type Positions } from "./positions";

/** Shows what is wrong with configuration files, in the files themselves. */
export class ConfigurationProblems {
  readonly #connection: Connection;
  readonly #positions: Positions;
  /** Files that have diagnostics. */
  readonly #shown = new Set<string>();

  constructor(connection: Connection, positions: Positions) {
    this.#connection = connection;
    this.#positions = positions;
  }

  tell(uri: string, text: string, problems: readonly ConfigurationProblem[]): void {
    if (problems.length === 0 && !this.#shown.delete(uri)) return;
    if (problems.length > 0) this.#shown.add(uri);
    const diagnostics = problems.map(problem => this.#toDiagnostic(text, problem));
    inBackground(this.#connection, this.#connection.sendDiagnostics({ uri, diagnostics }));
  }

  /** A problem is known by its line; the line's text is underlined. */
  #toDiagnostic(text: string, { line, text: message }: ConfigurationProblem): Diagnostic {
    const lined = linedText(text);
    const start = lined.lines.starts[line] ?? text.length;
    const [content = ""] = /^[^\r\n]*/.exec(text.slice(start)) ?? [];
    const indent = content.length - content.trimStart().length;
    const span = { start: start + indent, end: start + content.trimEnd().length };
    return {
      range: this.#positions.toRange(lined, span),
      severity: DiagnosticSeverity.Error,
      source: diagnosticSource,
      message,
    };
  }
}
