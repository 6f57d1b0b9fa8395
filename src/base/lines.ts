import type { Span } from "./span";

/** A place in a text: line and column from 0, the column in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where each line of a text starts, so that offsets turn into positions in logarithmic time. */
export interface LineMap {
  /** `starts[i]` is the offset of line `i`; the first is 0; sorted. Never written to. */
  readonly starts: Int32Array;
  readonly length: number;
}

/** Finds the line starts of a text. Lines end at `\n`, `\r\n` or a lone `\r`, as in Python. */
export function lineMap(text: string): LineMap {
  const starts = [0];
  // Most texts have no `\r` at all, and the engine looks for one character many times faster.
  let cr = text.indexOf("\r");
  let lf = text.indexOf("\n");
  while (cr >= 0 || lf >= 0) {
    const isLone = cr >= 0 && (lf < 0 || cr + 1 < lf);
    const end = isLone ? cr : lf;
    starts.push(end + 1);
    if (cr >= 0 && cr <= end) cr = text.indexOf("\r", end + 1);
    if (lf >= 0 && lf <= end) lf = text.indexOf("\n", end + 1);
  }
  return { starts: Int32Array.from(starts), length: text.length };
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
  const inserted = lineMap(lines).starts;
  const first = lineAt(before, span.start) + 1;
  // The line after the last one begins where the lines end, and is among the inserted already.
  let rest = first;
  while ((before.starts[rest] ?? Infinity) <= span.end) rest++;
  const starts = new Int32Array(before.starts.length - rest + first + inserted.length - 1);
  starts.set(before.starts.subarray(0, first));
  for (let i = 1; i < inserted.length; i++) {
    starts[first + i - 1] = span.start + (inserted[i] ?? 0);
  }
  const at = first + inserted.length - 1;
  starts.set(before.starts.subarray(rest), at);
  for (let i = at; i < starts.length; i++) starts[i] = (starts[i] ?? 0) + delta;
  return { starts, length: before.length + delta };
}
