import type { Edit } from "./span";

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

/** The line map of a text after an edit, at the cost of the lines after it and not of their text. */
export function editedLines(before: LineMap, edit: Edit, text: string): LineMap {
  const { start, end } = edit.span;
  const delta = edit.text.length - (end - start);
  // A line end of two characters may be made or torn at either side: one line more is read again.
  const first = Math.max(0, lineAt(before, start) - 1);
  const last = lineAt(before, end) + 2;
  const from = before.starts[first] ?? 0;
  const next = before.starts[last];
  const to = next === undefined ? text.length : next + delta;
  const starts = before.starts.slice(0, first + 1);
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  if (next !== undefined) starts.pop();
  for (let i = last; i < before.starts.length; i++) starts.push((before.starts[i] ?? 0) + delta);
  return { starts, length: text.length };
}
