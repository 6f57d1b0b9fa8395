import type { Program } from "./program";

/**
 * Knows what a client was told of each cell of a notebook. It asks anew only for the cell that was
 * edited, so it is told to ask for all when those of another cell changed with it.
 */
export class NotebookPulls {
  readonly #refresh: () => void;
  /** Result ids last sent, by cell; dropped with the notebook. */
  readonly #sent = new WeakMap<Program, Map<string, string>>();
  /** The analysis after which a refresh was last asked for: one is enough for each. */
  readonly #refreshed = new WeakMap<Program, object>();

  constructor(refresh: () => void) {
    this.#refresh = refresh;
  }

  /** A cell's diagnostics are sent; `resultIdOf` names those of any cell of the program now. */
  note(
    program: Program,
    uri: string,
    resultIdOf: (part: Program["parts"][number]) => string,
  ): void {
    const sent = this.#sent.get(program) ?? new Map<string, string>();
    this.#sent.set(program, sent);
    const ids = program.parts.map(part => [part.uri, resultIdOf(part)] as const);
    const isStale = ids.some(([cell, id]) => cell !== uri && (sent.get(cell) ?? id) !== id);
    for (const [cell, id] of ids) if (cell === uri || !sent.has(cell)) sent.set(cell, id);
    const analysed = program.analysed;
    if (!isStale || !analysed || this.#refreshed.get(program) === analysed) return;
    this.#refreshed.set(program, analysed);
    this.#refresh();
  }
}
