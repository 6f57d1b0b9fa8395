import { lineAt, type LineMap, lineMap, type Span } from "#base";
import type { Position, Range } from "vscode-languageserver";

/** A text with its lines. */
export interface Lined {
  readonly text: string;
  readonly lines: LineMap;
  /** A part of the text: what changes all the time need not be put together for it. */
  slice(start: number, end: number): string;
}

/** A text that stays as it is. */
export function linedText(text: string): Lined {
  return { text, lines: lineMap(text), slice: (start, end) => text.slice(start, end) };
}

/** How a client counts the characters of a line. */
export type Encoding = "utf-8" | "utf-16" | "utf-32";

const encodings: readonly string[] = ["utf-8", "utf-16", "utf-32"] satisfies Encoding[];

/** Takes what a client prefers of what is known here; UTF-16 where it says nothing. */
export function chooseEncoding(offered: readonly string[] | undefined): Encoding {
  return offered?.find(isEncoding) ?? "utf-16";
}

function isEncoding(name: string): name is Encoding {
  return encodings.includes(name);
}

/** Turns spans into ranges and back as one client counts. */
export class Positions {
  readonly encoding: Encoding;
  /**
   * Where the last position lay, for the next one of the same line is mostly to its right: a line of
   * megabytes is counted once, not once for each finding. Another text or line starts anew.
   */
  #last = { text: "", lineStart: 0, offset: 0, column: 0 };

  constructor(encoding: Encoding) {
    this.encoding = encoding;
  }

  toRange(text: Lined, span: Span): Range {
    return {
      start: this.#toPosition(text, span.start),
      end: this.#toPosition(text, span.end),
    };
  }

  /** What lies beyond a line means its end, as the protocol says; a reversed range is empty. */
  toSpan(text: Lined, range: Range): Span {
    const start = this.#toOffset(text, range.start);
    return { start, end: Math.max(start, this.#toOffset(text, range.end)) };
  }

  #toPosition(lined: Lined, offset: number): Position {
    const line = lineAt(lined.lines, offset);
    const lineStart = lined.lines.starts[line] ?? 0;
    if (this.encoding === "utf-16") return { line, character: offset - lineStart };
    return { line, character: this.#columnOf(lined.text, lineStart, offset) };
  }

  #columnOf(text: string, lineStart: number, offset: number): number {
    const last = this.#last;
    const goesOn = last.text === text && last.lineStart === lineStart && last.offset <= offset;
    let at = goesOn ? last.offset : lineStart;
    let column = goesOn ? last.column : 0;
    while (at < offset) {
      const code = text.codePointAt(at) ?? 0;
      at += code > 0xffff ? 2 : 1;
      column += this.#widthOf(code);
    }
    this.#last = { text, lineStart, offset: at, column };
    return column;
  }

  #toOffset(lined: Lined, { line, character }: Position): number {
    const { lines } = lined;
    const start = lines.starts[line];
    if (start === undefined) return line < 0 ? 0 : lines.length;
    let end = lines.starts[line + 1] ?? lines.length;
    while (end > start && isLineEnd(lined.slice(end - 1, end))) end--;
    if (this.encoding === "utf-16") return Math.min(start + Math.max(0, character), end);
    const { text } = lined;
    let at = start;
    for (let left = character; at < end;) {
      const code = text.codePointAt(at) ?? 0;
      left -= this.#widthOf(code);
      // A position inside a character means its start.
      if (left < 0) break;
      at += code > 0xffff ? 2 : 1;
    }
    return at;
  }

  #widthOf(code: number): number {
    if (this.encoding === "utf-32" || code < 0x80) return 1;
    return code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
}

function isLineEnd(character: string): boolean {
  return character === "\n" || character === "\r";
}
