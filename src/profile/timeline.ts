import type { Milliseconds } from "#base";
import type { Timeline } from "./model";

/** Most points kept of a run; older ones are thinned beyond it. */
export const mostPoints = 20_000;

/**
 * Samples of a run of any length in bounded space. When full, the older three quarters lose about
 * half of their points: of equal spans of time the lowest and highest stay, so no peak is ever lost.
 */
export class BoundedTimeline {
  #t: number[] = [];
  #rss: number[] = [];
  #traced: number[] = [];
  #blocks: number[] = [];
  readonly #most: number;

  /** `most` is the number of points that are kept. */
  constructor(most = mostPoints) {
    this.#most = most;
  }

  /** Adds a sample; one that is older than the newest counts as of the same moment. */
  add(t: Milliseconds, rss: number, traced: number, blocks: number): void {
    this.#t.push(Math.max(t, this.#t.at(-1) ?? 0));
    this.#rss.push(rss);
    this.#traced.push(traced);
    this.#blocks.push(blocks);
    if (this.#t.length > this.#most) this.#thin();
  }

  /** Gives a copy that later samples leave alone. */
  toTimeline(): Timeline {
    return {
      t: this.#t.slice(),
      rssBytes: this.#rss.slice(),
      tracedBytes: this.#traced.slice(),
      blocks: this.#blocks.slice(),
    };
  }

  #thin(): void {
    const old = Math.floor((this.#t.length * 3) / 4);
    const columns = { t: this.#t, figures: [this.#rss, this.#traced] };
    const kept = thinned(columns, old, Math.floor(old / 2));
    for (let i = old; i < this.#t.length; i++) kept.push(i);
    this.#t = pick(this.#t, kept);
    this.#rss = pick(this.#rss, kept);
    this.#traced = pick(this.#traced, kept);
    this.#blocks = pick(this.#blocks, kept);
  }
}

/** Samples to be thinned. */
interface Columns {
  readonly t: readonly number[];
  /** An absent figure is NaN. */
  readonly figures: readonly (readonly number[])[];
}

/**
 * Gives about `most` of the first `count` indices, ascending: the first, where the axis of time
 * begins, and of equal spans of time those at which a figure is lowest or highest.
 */
export function thinned({ t, figures }: Columns, count: number, most: number): number[] {
  const known = figures.filter(column => column.some(value => !Number.isNaN(value)));
  const spans = Math.max(1, Math.floor(most / (2 * Math.max(1, known.length))));
  const from = t[0] ?? 0;
  const width = ((t[count - 1] ?? 0) - from) / spans;
  const kept = [0];
  let start = 1;
  for (let span = 1; span <= spans && start < count; span++) {
    const limit = span === spans ? Infinity : from + span * width;
    let end = start;
    while (end < count && (t[end] ?? 0) < limit) end++;
    kept.push(...extremes(figures, start, end));
    start = end;
  }
  return kept;
}

/**
 * Gives the indices from `start` up to `end` at which one of the columns is lowest or highest,
 * ascending, each once. NaN is absent; where every figure is absent the first index stands in.
 */
export function extremes(
  columns: readonly (readonly number[])[],
  start: number,
  end: number,
): readonly number[] {
  const found = new Set<number>();
  for (const column of columns) {
    let low = -1;
    let high = -1;
    for (let i = start; i < end; i++) {
      const value = column[i] ?? NaN;
      if (Number.isNaN(value)) continue;
      if (low < 0 || value < (column[low] ?? NaN)) low = i;
      if (high < 0 || value > (column[high] ?? NaN)) high = i;
    }
    if (low >= 0) found.add(low).add(high);
  }
  if (found.size === 0 && start < end) found.add(start);
  return [...found].sort((a, b) => a - b);
}

/** Gives the elements of a column at these indices. */
export function pick<T>(column: readonly T[], indices: readonly number[]): T[] {
  return indices.map(index => column[index] as T);
}
