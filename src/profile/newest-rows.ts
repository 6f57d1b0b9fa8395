/**
 * Finds rows of a run file that later ones replace. Rows are known by a key; records by their
 * place in the file.
 */
export class NewestRows {
  readonly #newest = new Map<string, { readonly index: number; readonly rank: number }>();
  readonly #replaced = new Map<number, number>();

  /** Takes a row of a record. It replaces an earlier one unless that has a higher rank. */
  add(index: number, key: string, rank = 0): void {
    const before = this.#newest.get(key);
    const isReplacing = !before || rank >= before.rank;
    if (isReplacing) this.#newest.set(key, { index, rank });
    const replaced = isReplacing ? before?.index : index;
    if (replaced !== undefined)
      this.#replaced.set(replaced, (this.#replaced.get(replaced) ?? 0) + 1);
  }

  /** Whether some rows of a record are replaced. */
  isTouched(index: number): boolean {
    return this.#replaced.has(index);
  }

  /** Whether a row of this key still counts in this record. */
  isNewest(index: number, key: string): boolean {
    return this.#newest.get(key)?.index === index;
  }
}
