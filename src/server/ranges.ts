import { type LineMap, positionAt, type Span } from "#base";
import type { Range } from "vscode-languageserver";

/** Turns a span into a range; both count UTF-16 code units. */
export function toRange(lines: LineMap, span: Span): Range {
  const start = positionAt(lines, span.start);
  const end = positionAt(lines, span.end);
  return {
    start: { line: start.line, character: start.column },
    end: { line: end.line, character: end.column },
  };
}
