import { lineMap, type LineMap, partitionPoint, positionAt } from "#base";

/** A place for people: row and column from 1, the column in characters (code points). */
export interface RowLocation {
  readonly row: number;
  readonly column: number;
}

/**
 * Turns offsets of a text into places for people. Nothing is counted twice: a line of generated code
 * may be the whole file, and hold all its findings.
 */
export class TextPlaces {
  readonly #text: string;
  /** Made when it is first asked for, since most files have nothing to be placed. */
  #lines: LineMap | null;
  /** Offsets of the second halves of pairs, each of which belongs to the character before it. */
  #halves: readonly number[] | null = null;

  constructor(text: string, lines: LineMap | null = null) {
    this.#text = text;
    this.#lines = lines;
  }

  locate(offset: number): RowLocation {
    this.#lines ??= lineMap(this.#text);
    const { line, column } = positionAt(this.#lines, offset);
    const halves = this.#halvesBefore(offset) - this.#halvesBefore(offset - column);
    return { row: line + 1, column: column - halves + 1 };
  }

  #halvesBefore(offset: number): number {
    this.#halves ??= [...this.#text.matchAll(/[\udc00-\udfff]/g)].map(({ index }) => index);
    return partitionPoint(this.#halves, at => at < offset);
  }
}
