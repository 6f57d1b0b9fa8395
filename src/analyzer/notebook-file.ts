import { applyEdits, type Edit, type Span } from "#base";
import { type PlacedJson, placeJson } from "./json-places";

/** A code cell of a notebook file. */
export interface FileCell {
  /** Its place among all cells, from 1. */
  readonly number: number;
  readonly source: string;
  /** The strings that the source is written as, or the one string of it. */
  readonly strings: readonly Span[];
  /** The list of those strings; null where the source is one string. */
  readonly list: Span | null;
}

/** A notebook as it lies on disk, of format 4. */
export interface NotebookFile {
  readonly text: string;
  /** The code cells, in order. */
  readonly cells: readonly FileCell[];
  /** Whether the kernel's language is Python, as far as the file says. */
  readonly isPython: boolean;
}

/** Reads a notebook. Never throws; gives what is wrong in words. */
export function readNotebook(text: string): NotebookFile | string {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return "is no notebook: it is not JSON";
  }
  const root = placeJson(text);
  const placed = entry(root, "cells");
  if (!isRecord(data) || placed?.kind !== "array") return "is no notebook of format 4";
  const cells = placed.items.flatMap((cell, index) => readFileCell(text, cell, index + 1) ?? []);
  return { text, cells, isPython: isPython(data["metadata"]) };
}

/**
 * Writes new sources into a notebook, one for each code cell. Only strings that change are written;
 * their other characters stay as they were, escapes too.
 */
export function writeNotebook(file: NotebookFile, sources: readonly string[]): string {
  const edits = file.cells.flatMap((cell, index) => {
    const source = sources[index];
    return source === undefined || source === cell.source
      ? []
      : [cellEdit(file.text, cell, source)];
  });
  return applyEdits(file.text, edits);
}

function readFileCell(text: string, cell: PlacedJson, number: number): FileCell | null {
  const type = entry(cell, "cell_type");
  const source = entry(cell, "source");
  if (!type || !source || stringAt(text, type.span) !== "code") return null;
  const parts = source.kind === "array" ? source.items : [source];
  if (!parts.every(part => part.kind === "string")) return null;
  const strings = parts.map(part => part.span);
  return {
    number,
    source: strings.map(span => stringAt(text, span)).join(""),
    strings,
    list: source.kind === "array" ? source.span : null,
  };
}

/** A notebook without a language, as from a tool that does not know it, is Python. */
function isPython(metadata: unknown): boolean {
  if (!isRecord(metadata)) return true;
  const { kernelspec, language_info: info } = metadata;
  const language =
    (isRecord(info) && info["name"]) || (isRecord(kernelspec) && kernelspec["language"]);
  return typeof language !== "string" || /^i?python$/i.test(language);
}

function cellEdit(text: string, cell: FileCell, source: string): Edit {
  const { strings, list } = cell;
  const [only] = strings;
  if (list === null && only)
    return { span: only, text: rewrite(text, only, source, isEscaped(text, cell)) };
  const before = strings.map(span => stringAt(text, span));
  const after = source.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const head = commonStart(before, after);
  const tail = commonStart(before.slice(head).reverse(), after.slice(head).reverse());
  const oldLines = strings.slice(head, strings.length - tail);
  const newLines = after.slice(head, after.length - tail);
  const isAscii = isEscaped(text, cell);
  const written = newLines.map((line, index) => {
    const old = oldLines.length === newLines.length ? oldLines[index] : undefined;
    return old ? rewrite(text, old, line, isAscii) : encode(line, isAscii);
  });
  const [first, last] = [oldLines[0], oldLines.at(-1)];
  const between = separator(text, cell);
  if (first && last && written.length > 0) {
    return { span: { start: first.start, end: last.end }, text: written.join(between) };
  }
  const kept = (spans: readonly Span[]) => spans.map(({ start, end }) => text.slice(start, end));
  const all = [
    ...kept(strings.slice(0, head)),
    ...written,
    ...kept(strings.slice(strings.length - tail)),
  ];
  return rewriteList(cell, all, between);
}

/** Writes all strings of a list anew, within the white space that it had. */
function rewriteList({ list, strings }: FileCell, all: readonly string[], between: string): Edit {
  const span = list ?? { start: 0, end: 0 };
  const [first, last] = [strings[0], strings.at(-1)];
  if (all.length === 0 || !first || !last) {
    return { span, text: `[${all.join(between)}]` };
  }
  return { span: { start: first.start, end: last.end }, text: all.join(between) };
}

/** What stands between two strings of a list. */
function separator(text: string, { strings, list }: FileCell): string {
  const [first, second] = strings;
  if (first && second) return text.slice(first.end, second.start);
  return first && list ? `,${text.slice(list.start + 1, first.start)}` : ", ";
}

/** Writes a string in place of another; what both begin and end with keeps its own writing. */
function rewrite(text: string, old: Span, value: string, isAscii: boolean): string {
  const units = text.slice(old.start + 1, old.end - 1).match(/\\u[0-9a-f]{4}|\\.|[^\\]/gis) ?? [];
  const before = units.map(unit => (unit.length === 1 ? unit : String(JSON.parse(`"${unit}"`))));
  const after = value.split("");
  const head = commonStart(before, after);
  const tail = commonStart(before.slice(head).reverse(), after.slice(head).reverse());
  const middle = after.slice(head, after.length - tail).join("");
  const kept = [units.slice(0, head).join(""), units.slice(units.length - tail).join("")] as const;
  return `"${kept[0]}${encode(middle, isAscii).slice(1, -1)}${tail === 0 ? "" : kept[1]}"`;
}

/** Whether a cell, or else its notebook, writes characters beyond ASCII as escapes. */
function isEscaped(text: string, { strings }: FileCell): boolean {
  const written = strings.map(({ start, end }) => text.slice(start, end)).join("");
  return [written, text].some(
    each => /\\u(?!00[01])[0-9a-f]{4}/i.test(each) && !/[^\0-\x7f]/.test(each),
  );
}

function encode(value: string, isAscii: boolean): string {
  const written = JSON.stringify(value);
  if (!isAscii) return written;
  return written.replace(
    /[^\0-\x7f]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function stringAt(text: string, { start, end }: Span): string {
  return String(JSON.parse(text.slice(start, end)));
}

function entry(value: PlacedJson, key: string): PlacedJson | undefined {
  return value.kind === "object" ? value.entries.get(key) : undefined;
}

function commonStart(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
