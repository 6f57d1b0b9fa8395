import type { ProcessRecord } from "./records";
import { thinned } from "./timeline";

/** Samples that a run file keeps of all processes together; the newest quarter is kept in full. */
const mostSamples = 40_000;
/** A process that is one of thousands still has a track. */
const fewestOfProcess = 200;

/** The samples of one process, with where each stands. */
interface Columns {
  readonly record: number[];
  readonly position: number[];
  readonly t: number[];
  readonly rss: number[];
  readonly traced: number[];
}

/**
 * Chooses which samples of a run file stay. Of each process the newest ones stay; of the older
 * ones, in equal spans of time, the lowest and highest of both figures, so that no peak is lost.
 */
export class KeptSamples {
  readonly #byPid = new Map<number, Columns>();

  /** Takes a record; `index` is its place in the file. */
  add(index: number, { pid, t, rss, traced }: Extract<ProcessRecord, { kind: "samples" }>): void {
    const columns = this.#byPid.get(pid) ?? {
      record: [],
      position: [],
      t: [],
      rss: [],
      traced: [],
    };
    this.#byPid.set(pid, columns);
    for (const [position, time] of t.entries()) {
      columns.record.push(index);
      columns.position.push(position);
      columns.t.push(time);
      columns.rss.push(rss[position] ?? 0);
      columns.traced.push(traced[position] ?? NaN);
    }
  }

  /** Gives the positions that stay in each record of which some do not, ascending. */
  choose(): ReadonlyMap<number, readonly number[]> {
    const most = Math.max(fewestOfProcess, Math.floor(mostSamples / this.#byPid.size));
    const chosen = new Map<number, number[]>();
    for (const columns of this.#byPid.values()) {
      if (columns.t.length > most) chooseOfProcess(columns, most, chosen);
    }
    return chosen;
  }
}

function chooseOfProcess(columns: Columns, most: number, chosen: Map<number, number[]>): void {
  const newest = Math.floor(most / 4);
  const old = columns.t.length - newest;
  for (let i = 0; i < old; i++) chosen.set(columns.record[i] ?? 0, []);
  const { t, rss, traced } = columns;
  const kept = thinned({ t, figures: [rss, traced] }, old, most - newest);
  // A record that the border runs through keeps its newer part whole.
  for (let i = old; chosen.has(columns.record[i] ?? -1); i++) kept.push(i);
  for (const i of kept) chosen.get(columns.record[i] ?? 0)?.push(columns.position[i] ?? 0);
}
