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
