import type { LineRange } from "./disabled-lines";

/**
 * Finds the ranges that hold a line, in logarithmic time for each. A range is kept as the few aligned
 * ones of lengths 1, 2, 4 and so on that it consists of.
 */
export class RangeIndex<T> {
  /** `levels[k]` has what holds the lines from `key * 2^k` on, `2^k` of them, by key. */
  readonly #levels: Map<number, T[]>[] = [];

  add({ first, last }: LineRange, value: T): void {
    let start = first;
    let end = last + 1;
    for (let level = 0; start < end; level++) {
      if (start % 2 === 1) this.#put(level, start++, value);
      if (end % 2 === 1) this.#put(level, --end, value);
      start /= 2;
      end /= 2;
    }
  }

  /** The values whose ranges hold a line, each once. */
  at(line: number): readonly T[] {
    return this.#levels.flatMap((level, index) => level.get(Math.floor(line / 2 ** index)) ?? []);
  }

  #put(level: number, key: number, value: T): void {
    const values = (this.#levels[level] ??= new Map<number, T[]>());
    const there = values.get(key);
    if (there) there.push(value);
    else values.set(key, [value]);
  }
}
