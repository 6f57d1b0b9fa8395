import type { Analysis, OpenText } from "#analyzer";
import { contains, type Edit, type LineMap, type Span, touches } from "#base";
import type { TextDocumentContentChangeEvent } from "vscode-languageserver";
import type { Lined, Positions } from "./positions";
import type { ServerSettings } from "./settings";
import { applyChanges } from "./text-changes";

/** What the client shows as one document: a file, or a cell of a notebook. */
export interface Part extends Lined {
  readonly uri: string;
  readonly version: number;
  /** Where its text begins in the program's text. */
  readonly start: number;
}

/** A text that is analysed as one: a file, or the cells of a notebook in their order. */
export interface Program {
  /** Of the file or the notebook. */
  readonly uri: string;
  readonly open: OpenText;
  /** Sorted by start. */
  readonly parts: readonly Part[];
  /** What stands in the text for something else, so that no fix may write it back; sorted. */
  readonly magics: readonly Span[];
  /** The last analysis, for this text and these settings only; null when there is none. */
  analysed: { readonly settings: ServerSettings; readonly analysis: Analysis } | null;
  /** Whether its text was valid Python at any time since it was opened. */
  wasWhole: boolean;
}

/** A part with a span in its own text. */
export interface Place {
  readonly part: Part;
  readonly span: Span;
}

/** Finds the part that holds a span of the program; null when none holds all of it. */
export function placeOf(program: Pick<Program, "parts">, span: Span): Place | null {
  for (const part of program.parts) {
    const { start } = part;
    if (contains({ start, end: start + part.lines.length }, span)) {
      return { part, span: { start: span.start - start, end: span.end - start } };
    }
  }
  return null;
}

/** Tells whether a span of the program begins in a part. */
export function beginsIn(part: Part, span: Span): boolean {
  return part.start <= span.start && span.start <= part.start + part.lines.length;
}

/** Gives a span of a part as one of the program. */
export function inProgram(part: Part, span: Span): Span {
  return { start: span.start + part.start, end: span.end + part.start };
}

/** Tells whether edits can be made in the documents as the client has them. */
export function canApply(program: Program, edits: readonly Edit[]): boolean {
  return edits.every(
    ({ span }) =>
      placeOf(program, span) !== null && !program.magics.some(magic => touches(magic, span)),
  );
}

/** A file: a program of one part, which is itself. */
export class FileProgram implements Program, Part {
  readonly uri: string;
  readonly open: OpenText;
  readonly start = 0;
  readonly parts: readonly [Part] = [this];
  readonly magics = [];
  analysed: Program["analysed"] = null;
  wasWhole = false;
  #version: number;

  constructor(uri: string, version: number, open: OpenText) {
    this.uri = uri;
    this.open = open;
    this.#version = version;
  }

  get version(): number {
    return this.#version;
  }

  get text(): string {
    return this.open.text;
  }

  get lines(): LineMap {
    return this.open.lines;
  }

  slice(start: number, end: number): string {
    return this.open.slice(start, end);
  }

  change(
    version: number,
    changes: readonly TextDocumentContentChangeEvent[],
    positions: Positions,
  ): void {
    applyChanges(this.open, changes, positions);
    this.#version = version;
    this.analysed = null;
  }
}
