import { createProfileBuilder, rowsOfOldStops } from "./builder";
import { KeptCollections } from "./kept-collections";
import { KeptRecords } from "./kept-records";
import { KeptSamples } from "./kept-samples";
import { NewestRows } from "./newest-rows";
import { readRecord } from "./read-record";
import type { ProcessRecord, RunFileRecord, ThinnedRecord } from "./records";
import { pick } from "./timeline";

/**
 * Makes a run file smaller, in two passes over its lines. Older samples are thinned, their lowest
 * and highest stay; of all else only that goes which no reader would keep: figures that later ones
 * replace, and what lies beyond the bounds of a profile.
 */
export interface Compaction {
  /** First pass: takes the next line. Never throws. */
  look(line: string): void;
  /** Second pass, over the same lines: gives what to write in a line's place; null for nothing. */
  rewrite(line: string): string | null;
  /** Gives the line that ends the smaller file. */
  last(): string;
}

/** Starts a compaction. */
export function createCompaction(): Compaction {
  return new Compactor();
}

type RowsRecord = Extract<ProcessRecord, { kind: "lines" | "functions" }>;

/** What stays, by the places of the records in the file. */
interface Choice {
  readonly dropped: ReadonlySet<number>;
  readonly shortened: ReadonlySet<number>;
  readonly samples: ReadonlyMap<number, readonly number[]>;
}

class Compactor implements Compaction {
  #looked = 0;
  #rewritten = 0;
  readonly #rows = new NewestRows();
  readonly #samples = new KeptSamples();
  readonly #records = new KeptRecords();
  readonly #collections = new KeptCollections();
  /** Knows the peaks of the whole, which no process's own samples show. */
  readonly #peaks = createProfileBuilder();
  /** Made between the passes. */
  #choice: Choice | null = null;

  look(line: string): void {
    const index = this.#looked++;
    const record = readRecord(line);
    switch (record.kind) {
      case "lines":
      case "functions":
        for (const { key, rank } of keysOf(record)) this.#rows.add(index, key, rank);
        return;
      case "cost":
      case "problem":
      case "snapshot":
      case "delta":
      case "stop":
      case "types":
        this.#records.look(index, record);
        return;
      case "collections":
        this.#collections.look(record);
        return;
      case "samples":
        this.#samples.add(index, record);
        this.#peaks.add(record);
        return;
      case "thinned":
        this.#collections.take(record);
        this.#peaks.add(record);
        return;
      case "unreadable":
        return;
      default:
        this.#peaks.add(record);
    }
  }

  rewrite(line: string): string | null {
    this.#choice ??= {
      dropped: this.#records.dropped(),
      shortened: this.#records.shortened(),
      samples: this.#samples.choose(),
    };
    const index = this.#rewritten++;
    if (this.#choice.dropped.has(index)) return null;
    if (!this.#mayChange(index, this.#choice, line)) return line;
    const record = readRecord(line);
    const cut = record.kind === "unreadable" ? record : this.#cut(index, record, this.#choice);
    if (cut === record) return line;
    return cut && JSON.stringify(cut);
  }

  last(): string {
    const { peakRssBytes, peakTracedBytes } = this.#peaks.profile();
    const collections = this.#collections.left();
    const record: ThinnedRecord = { kind: "thinned", peakRssBytes, peakTracedBytes, collections };
    return JSON.stringify(record);
  }

  /** Most lines stay as they are and need not be read again. */
  #mayChange(index: number, { samples, shortened }: Choice, line: string): boolean {
    return (
      samples.has(index) ||
      shortened.has(index) ||
      this.#rows.isTouched(index) ||
      line.startsWith('{"kind":"collections"') ||
      line.startsWith('{"kind":"thinned"')
    );
  }

  #cut(index: number, record: RunFileRecord, { samples }: Choice): RunFileRecord | null {
    switch (record.kind) {
      case "samples":
        return pickSamples(record, samples.get(index) ?? []);
      case "lines":
      case "functions":
        return this.#cutRows(index, record);
      case "delta":
        return cutDelta(record);
      case "types":
        return { ...record, rows: record.rows && record.rows.slice(0, rowsOfOldStops) };
      case "collections":
        return this.#collections.cut(record);
      case "thinned":
        return null;
      default:
        return record;
    }
  }

  #cutRows(index: number, record: RowsRecord): RowsRecord | null {
    const keys = keysOf(record);
    const isNewest = (_: unknown, i: number) => this.#rows.isNewest(index, keys[i]?.key ?? "");
    const cut: RowsRecord =
      record.kind === "lines"
        ? { ...record, rows: record.rows.filter(isNewest) }
        : { ...record, rows: record.rows.filter(isNewest) };
    return cut.rows.length === 0 ? null : cut;
  }
}

/** Rows of one key replace each other; of functions one that ran is not replaced by one that did not. */
function keysOf(record: RowsRecord): readonly { readonly key: string; readonly rank: number }[] {
  const { pid } = record;
  return record.kind === "lines"
    ? record.rows.map(([file, line]) => ({
        key: `${pid} ${record.source} ${line} ${file}`,
        rank: 0,
      }))
    : record.rows.map(([file, line, , name, ran]) => ({
        key: `${pid} ${name} ${line} ${file}`,
        rank: ran,
      }));
}

function cutDelta(record: Extract<ProcessRecord, { kind: "delta" }>): ProcessRecord {
  const { rows, turnover } = record;
  return {
    ...record,
    rows: rows.slice(0, rowsOfOldStops),
    turnover: turnover.slice(0, rowsOfOldStops),
  };
}

type SamplesRecord = Extract<ProcessRecord, { kind: "samples" }>;

function pickSamples(record: SamplesRecord, kept: readonly number[]): SamplesRecord | null {
  if (kept.length === 0) return null;
  return {
    ...record,
    t: pick(record.t, kept),
    rss: pick(record.rss, kept),
    traced: pick(record.traced, kept),
    blocks: pick(record.blocks, kept),
  };
}
