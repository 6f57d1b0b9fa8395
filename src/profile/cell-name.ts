import type { Profile } from "./model";

/** A cell of a notebook. */
export interface CellPlace {
  readonly notebook: string;
  /** Among all cells, from 1. */
  readonly number: number;
}

/**
 * Reads the name that lines of a cell have in a run, as in `plot.ipynb[3]`, or `plot.ipynb[3.2]` for
 * the second cell that stood there; null for a file's.
 */
export function readCellName(file: string): CellPlace | null {
  const [, notebook, number] = /^(.+\.ipynb)\[(\d+)(?:\.\d+)?\]$/.exec(file) ?? [];
  return notebook === undefined ? null : { notebook, number: Number(number) };
}

/** A cell of a notebook as it is now. */
export interface CellNow {
  /** Among all cells, from 1. */
  readonly number: number;
  /** Of its text. */
  readonly fingerprint: string;
  /** The name under which it has run in a kernel; null where that is not known. */
  readonly ranAs: string | null;
}

/**
 * Finds what the cells of a notebook are called in a run: for each its name there, or null for one
 * that did not run. Cells move and are edited, so a cell's text counts before its place.
 */
export function cellFilesIn(
  files: Profile["files"],
  notebook: string,
  cells: readonly CellNow[],
): readonly (string | null)[] {
  const ran = new Map(
    files
      .filter(({ path }) => readCellName(path)?.notebook === notebook)
      .map(({ path, fingerprint }) => [path, fingerprint]),
  );
  const isText = (name: string, { fingerprint }: CellNow) => ran.get(name) === fingerprint;
  const mayBeText = (name: string, cell: CellNow) => isText(name, cell) || ran.get(name) === null;
  const isPlace = (name: string, { number }: CellNow) => name === `${notebook}[${number}]`;
  // The surest first; what was edited since is still the cell that ran, or that stood there.
  const tests: readonly ((name: string, cell: CellNow) => boolean)[] = [
    (name, cell) => name === cell.ranAs && mayBeText(name, cell),
    (name, cell) => isPlace(name, cell) && mayBeText(name, cell),
    isText,
    (name, cell) => name === cell.ranAs,
    isPlace,
  ];
  const free = new Set(ran.keys());
  const found = new Map<CellNow, string>();
  for (const isName of tests) {
    for (const cell of cells.filter(each => !found.has(each))) {
      const name = [...free].find(each => isName(each, cell));
      if (name !== undefined) found.set(cell, name);
      free.delete(name ?? "");
    }
  }
  return cells.map(cell => found.get(cell) ?? null);
}
