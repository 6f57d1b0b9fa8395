import { mostStops, stopsInFull } from "./builder";
import { mostSnapshots } from "./process-builder";
import type { RunFileRecord, ProcessRecord } from "./records";

type RecordOf<K extends RunFileRecord["kind"]> = Extract<RunFileRecord, { kind: K }>;
type ProcessRecordOf<K extends ProcessRecord["kind"]> = Extract<ProcessRecord, { kind: K }>;

/** A record by its place in the file, and what joins it with another. */
interface Place {
  readonly index: number;
  readonly id: number;
  /** Null where the host wrote it, whose numbers are those of one process only. */
  readonly pid: number | null;
}

/** Chooses which whole records of a run file no reader keeps, by the bounds of a profile. */
export class KeptRecords {
  readonly #dropped = new Set<number>();
  readonly #costs = new Map<number, number>();
  readonly #problems = new Set<string>();
  readonly #snapshots = new Map<string, number[]>();
  readonly #deltas: Place[] = [];
  readonly #stops: Place[] = [];
  readonly #types: Place[] = [];

  /** Takes a record by its place in the file. */
  look(
    index: number,
    record: ProcessRecordOf<"cost" | "problem" | "snapshot" | "delta" | "types"> | RecordOf<"stop">,
  ): void {
    switch (record.kind) {
      case "cost":
        this.#dropped.add(this.#costs.get(record.pid) ?? -1);
        this.#costs.set(record.pid, index);
        return;
      case "problem":
        if (this.#problems.has(record.text)) this.#dropped.add(index);
        this.#problems.add(record.text);
        return;
      case "snapshot":
        this.#lookAtSnapshot(index, record);
        return;
      case "delta":
        this.#deltas.push({ index, id: record.id, pid: record.pid });
        return;
      case "types":
        this.#types.push({ index, id: record.id, pid: record.pid });
        return;
      case "stop":
        this.#stops.push({ index, id: record.id, pid: null });
    }
  }

  /** Gives the places of those that go; all records have been looked at. */
  dropped(): ReadonlySet<number> {
    const old = this.#deltas.slice(0, -mostStops);
    const joined = [...this.#stops, ...this.#types].filter(joinedWith(old));
    return new Set([...this.#dropped, ...[...old, ...joined].map(({ index }) => index)]);
  }

  /** Gives the places of deltas that keep only their largest rows. */
  shortened(): ReadonlySet<number> {
    const old = this.#deltas.slice(0, -stopsInFull);
    const types = this.#types.filter(joinedWith(old));
    return new Set([...old, ...types].map(({ index }) => index));
  }

  #lookAtSnapshot(index: number, { pid, trigger }: ProcessRecordOf<"snapshot">): void {
    const key = `${pid}:${trigger}`;
    const places = this.#snapshots.get(key) ?? [];
    this.#snapshots.set(key, places);
    places.push(index);
    if (places.length > mostSnapshots[trigger]) this.#dropped.add(places.shift() ?? -1);
  }
}

/** Tells which records belong to one of these deltas. */
function joinedWith(deltas: readonly Place[]): (place: Place) => boolean {
  const ids = new Set(deltas.map(({ id }) => id));
  const keys = new Set(deltas.map(keyOf));
  return place => (place.pid === null ? ids.has(place.id) : keys.has(keyOf(place)));
}

function keyOf({ id, pid }: Place): string {
  return `${pid} ${id}`;
}
