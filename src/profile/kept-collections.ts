import { mostCollections } from "./process-builder";
import type { ProcessRecord, ThinnedCollections, ThinnedRecord } from "./records";

type CollectionsRecord = Extract<ProcessRecord, { kind: "collections" }>;

/** Keeps the newest runs of the collector of each process, and the sums of the others. */
export class KeptCollections {
  /** Rows of each process. */
  readonly #rows = new Map<number, number>();
  /** Rows of each process that have been passed in the second pass. */
  readonly #passed = new Map<number, number>();
  readonly #left = new Map<number, { count: number; pauseMs: number }>();

  /** First pass. */
  look({ pid, rows }: CollectionsRecord): void {
    this.#rows.set(pid, (this.#rows.get(pid) ?? 0) + rows.length);
  }

  /** Takes the sums of those that were left out before. */
  take({ collections }: ThinnedRecord): void {
    for (const [pid, count, pauseMs] of collections) this.#leave(pid, count, pauseMs);
  }

  /** Second pass: gives what stays of a record, the record itself where all does. */
  cut(record: CollectionsRecord): CollectionsRecord | null {
    const { pid, rows } = record;
    const passed = this.#passed.get(pid) ?? 0;
    this.#passed.set(pid, passed + rows.length);
    const old = Math.max(0, (this.#rows.get(pid) ?? 0) - mostCollections - passed);
    if (old === 0) return record;
    for (const [, , pauseMs] of rows.slice(0, old)) this.#leave(pid, 1, pauseMs);
    return old >= rows.length ? null : { ...record, rows: rows.slice(old) };
  }

  /** Gives the sums of all that are left out. */
  left(): readonly ThinnedCollections[] {
    return [...this.#left].map(([pid, { count, pauseMs }]) => [pid, count, pauseMs]);
  }

  #leave(pid: number, count: number, pauseMs: number): void {
    const before = this.#left.get(pid) ?? { count: 0, pauseMs: 0 };
    this.#left.set(pid, { count: before.count + count, pauseMs: before.pauseMs + pauseMs });
  }
}
