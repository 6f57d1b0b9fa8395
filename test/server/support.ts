import type { Diagnostic, Range } from "vscode-languageserver/node";

/** A range from its four numbers. */
export function range(startLine: number, start: number, endLine: number, end: number): Range {
  return {
    start: { line: startLine, character: start },
    end: { line: endLine, character: end },
  };
}

/** Diagnostics as a reader compares them: code and place. */
export function placesOf(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ code, range: { start, end } }) => {
    return `${String(code)} ${start.line}:${start.character}-${end.line}:${end.character}`;
  });
}
