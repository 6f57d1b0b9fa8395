import { originOf, type Places } from "./origin";
import type { FigureSource, FunctionRun, LineBytes, LineFigures, SourceFile } from "./model";
import type { FunctionRecord, GoneBytesRecord, LineRecord } from "./records";

/** Files by name, numbered as they come. */
export class FileTable {
  readonly #indices = new Map<string, number>();
  readonly #files: SourceFile[] = [];
  #places: Places | null = null;

  /** Tells where the Python keeps its code; files known by then are sorted anew. */
  setPlaces(places: Places): void {
    this.#places = places;
    for (const [index, file] of this.#files.entries()) {
      this.#files[index] = { ...file, origin: originOf(file.path, places) };
    }
  }

  /** Gives the file's index; a new file gets the next one. */
  indexOf(path: string): number {
    const known = this.#indices.get(path);
    if (known !== undefined) return known;
    const index = this.#files.length;
    this.#indices.set(path, index);
    this.#files.push({ path, origin: originOf(path, this.#places), fingerprint: null });
    return index;
  }

  /** The newest counts: cells run again with other texts. */
  setFingerprint(path: string, fingerprint: string): void {
    const index = this.indexOf(path);
    const file = this.#files[index];
    if (file) this.#files[index] = { ...file, fingerprint };
  }

  toArray(): readonly SourceFile[] {
    return this.#files.slice();
  }
}

/** Turns rows of file names into rows of a profile. */
export function bytesOfLines(
  files: FileTable,
  rows: readonly GoneBytesRecord[],
): readonly LineBytes[] {
  return rows.map(([file, line, bytes]) => ({ file: files.indexOf(file), line, bytes }));
}

/** Most lines, and most functions, that a profile keeps; far above what programs have. */
export const mostRows = 200_000;

/** Rows by key, bounded; a row that comes again replaces the one before. */
class RowTable<T> {
  readonly #rows = new Map<string, T>();
  #isFull = false;

  set(key: string, merge: (before: T | undefined) => T): void {
    if (this.#rows.size >= mostRows && !this.#rows.has(key)) this.#isFull = true;
    else this.#rows.set(key, merge(this.#rows.get(key)));
  }

  /** True once a row had to be left out. */
  get isFull(): boolean {
    return this.#isFull;
  }

  toArray(): readonly T[] {
    return [...this.#rows.values()];
  }
}

/** Figures by file, line and source. */
export class LineTable extends RowTable<LineFigures> {
  add(source: FigureSource, file: number, row: LineRecord): void {
    const [, line, liveBytes, liveBlocks, peakBytes, grownBytes] = row;
    this.set(`${file}:${line}:${source}`, () => ({
      file,
      line,
      source,
      liveBytes,
      liveBlocks,
      peakBytes,
      grownBytes,
    }));
  }
}

/** Functions by place; one that has run once has run. */
export class FunctionTable extends RowTable<FunctionRun> {
  add(file: number, [, firstLine, lastLine, name, ran]: FunctionRecord): void {
    this.set(`${file}:${firstLine}:${name}`, before => {
      const hasRun = ran > 0 || before?.hasRun === true;
      return { file, firstLine, lastLine, name, hasRun };
    });
  }
}
