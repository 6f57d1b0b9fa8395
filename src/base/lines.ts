import type { Span } from "./span";

/** A place in a text: line and column from 0, the column in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where each line of a text starts, so that offsets turn into positions in logarithmic time. */
export interface LineMap {
  /** `starts[i]` is the offset of line `i`; the first is 0; sorted. */
  readonly starts: readonly number[];
  readonly length: number;
}

/** Finds the line starts of a text. Lines end at `\n`, `\r\n` or a lone `\r`, as in Python. */
export function lineMap(text: string): LineMap {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  return { starts, length: text.length };
}

/** Gives the line (from 0) that holds an offset; offsets beyond the text give the last line. */
export function lineAt(map: LineMap, offset: number): number {
  let low = 0;
  let high = map.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((map.starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Turns an offset into a position. */
export function positionAt(map: LineMap, offset: number): Position {
  const line = lineAt(map, offset);
  return { line, column: offset - (map.starts[line] ?? 0) };
}

/** Turns a position into an offset, at most the length of the text. */
export function offsetAt(map: LineMap, position: Position): number {
  const start = map.starts[position.line];
  if (start === undefined) return map.length;
  const next = map.starts[position.line + 1] ?? map.length;
  return Math.min(start + position.column, next);
}

/**
 * The line map of a text of which some whole lines became others, at the cost of those lines and a
 * number for each line after them. Neither the lines nor what is before them ends within `\r\n`.
 */
export function withLines(before: LineMap, span: Span, lines: string): LineMap {
  const delta = lines.length - (span.end - span.start);
  const first = lineAt(before, span.start);
  const starts = before.starts.slice(0, first + 1);
  for (const start of lineMap(lines).starts.slice(1)) starts.push(span.start + start);
  const length = before.length + delta;
  // The line after the last one begins where the lines end, and is there already.
  for (let i = first + 1; i < before.starts.length; i++) {
    const start = before.starts[i] ?? 0;
    if (start > span.end) starts.push(start + delta);
  }
  return { starts, length };
}
