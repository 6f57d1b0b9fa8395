import { sum } from "#base";
import type {
  Collection,
  EnvironmentInfo,
  ExitInfo,
  LineDelta,
  LineObjects,
  Profile,
  RunInfo,
  Snapshot,
  Stop,
} from "./model";
import { mostCollections, type ProcessBuilder } from "./process-builder";
import { Processes } from "./processes";
import type {
  DeltaMessage,
  EnvironmentRecord,
  ExitRecord,
  HelloMessage,
  LineObjectsRecord,
  ProcessRecord,
  RunFileRecord,
  StopRecord,
  ThinnedRecord,
  TypesMessage,
} from "./records";
import { stopNumber } from "./rounds";
import { SumTimeline } from "./sum-timeline";
import { bytesOfLines, FileTable } from "./tables";

/** Builds a profile out of records as they come, in bounded space for a run of any length. */
export interface ProfileBuilder {
  /** Takes the next record. Never throws. */
  add(record: RunFileRecord): void;
  /** Gives all that is known by now: a copy that later records leave alone. */
  profile(): Profile;
}

/** Starts an empty profile. */
export function createProfileBuilder(): ProfileBuilder {
  return new Builder();
}

/** Newest stops that a run keeps. */
export const mostStops = 1_000;
/** Older stops keep only their largest rows. */
export const stopsInFull = 100;
export const rowsOfOldStops = 20;
const mostProblems = 50;

const emptyRun: RunInfo = {
  command: [],
  python: null,
  pid: null,
  cwd: null,
  level: "live",
  startedAt: null,
};

class Builder implements ProfileBuilder {
  #run = emptyRun;
  #environment: EnvironmentInfo | null = null;
  #exit: ExitInfo | null = null;
  /** Peaks of the whole at moments that the file no longer has. */
  #thinnedPeaks: Readonly<Record<"rss" | "traced", number | null>> = { rss: null, traced: null };
  #hasEnded = false;
  #coverage: Profile["coverage"] = "none";
  /** Each with the id of its delta. */
  #stops: { readonly id: number; readonly stop: Stop }[] = [];
  readonly #stopPlaces = new Map<number, NonNullable<Stop["at"]>>();
  readonly #files = new FileTable();
  readonly #sum = new SumTimeline();
  #snapshots = 0;
  readonly #processes = new Processes({
    files: this.#files,
    sum: this.#sum,
    nextSnapshot: () => ++this.#snapshots,
  });
  readonly #problems = new Set<string>();
  /** Holds until the next record. */
  #snapshot: Profile | null = null;

  add(record: RunFileRecord): void {
    this.#snapshot = null;
    switch (record.kind) {
      case "run":
        this.#run = { ...this.#run, command: record.command, level: record.level };
        return;
      case "environment":
        this.#environment = environmentOf(record);
        return;
      case "source":
        this.#files.setFingerprint(record.file, record.fingerprint);
        return;
      case "stop":
        this.#addStopPlace(record);
        return;
      case "gone":
        this.#processes.known(record.pid)?.leave(record.t);
        return;
      case "thinned":
        this.#addThinned(record);
        return;
      case "exit":
        this.#exit = exitOf(record);
        this.#hasEnded = true;
        return;
      default:
        this.#addOfProcess(record);
        return;
    }
  }

  profile(): Profile {
    this.#snapshot ??= this.#makeProfile();
    return this.#snapshot;
  }

  #makeProfile(): Profile {
    const { main, all } = this.#processes;
    this.#sum.settle(this.#hasEnded || all.length === 1);
    return {
      schema: 1,
      run: this.#run,
      environment: this.#environment,
      exit: this.#exit,
      hasEnded: this.#hasEnded,
      isComplete: main?.isComplete ?? false,
      peakRssBytes: highest([
        main?.peakRss ?? null,
        this.#sum.peakRssBytes,
        this.#thinnedPeaks.rss,
      ]),
      peakTracedBytes: highest([
        this.#sum.peakTracedBytes,
        this.#thinnedPeaks.traced,
        ...all.map(each => each.peakTraced),
      ]),
      files: this.#files.toArray(),
      timeline: this.#sum.toTimeline(),
      processes: this.#processes.toProcessRuns(),
      processesLeftOut: this.#processes.countLeftOut,
      lines: this.#processes.lines(),
      stops: this.#stops.map(({ stop }) => stop),
      snapshots: this.#allSnapshots(),
      limits: all.flatMap(each => each.limits).sort((a, b) => a.t - b.t),
      levels: main?.levels.slice() ?? [],
      functions: this.#processes.functions(),
      coverage: this.#coverage,
      collections: this.#allCollections(),
      collectionTotals: {
        count: sum(all.map(each => each.collectionTotals.count)),
        pauseMs: sum(all.map(each => each.collectionTotals.pauseMs)),
      },
      cost: {
        cpuMs: sum(all.map(each => each.cost.cpuMs)),
        samples: sum(all.map(each => each.cost.samples)),
        tracingBytes: sumOfKnown(all.map(each => each.cost.tracingBytes)),
      },
      problems: this.#allProblems(),
    };
  }

  #addOfProcess(record: ProcessRecord): void {
    const process = this.#processes.of(record.pid);
    const isMain = process === this.#processes.main;
    this.#run = this.#run.pid === null ? { ...this.#run, pid: record.pid } : this.#run;
    switch (record.kind) {
      case "hello":
        if (isMain) this.#addHello(record);
        process.greet(record, this.#run.startedAt ?? record.startedAt);
        return;
      case "delta":
        this.#addDelta(record, process);
        return;
      case "types":
        this.#addTypes(record);
        return;
      case "problem":
        if (this.#problems.size < mostProblems) this.#problems.add(record.text);
        return;
      default:
        process.add(record);
        if (!isMain) return;
        if (record.kind === "level") this.#run = { ...this.#run, level: record.level };
        if (record.kind === "end") this.#hasEnded = true;
    }
  }

  #addThinned({ peakRssBytes, peakTracedBytes, collections }: ThinnedRecord): void {
    this.#thinnedPeaks = {
      rss: highest([this.#thinnedPeaks.rss, peakRssBytes]),
      traced: highest([this.#thinnedPeaks.traced, peakTracedBytes]),
    };
    for (const [pid, count, pauseMs] of collections) {
      this.#processes.known(pid)?.addCollectionTotals(count, pauseMs);
    }
  }

  #addHello(hello: HelloMessage): void {
    this.#coverage = hello.coverage;
    this.#hasEnded = false;
    this.#files.setPlaces(hello);
    this.#run = {
      command: this.#run.command.length > 0 ? this.#run.command : hello.argv,
      python: hello.python,
      pid: hello.pid,
      cwd: hello.cwd,
      level: hello.level,
      startedAt: this.#run.startedAt ?? hello.startedAt,
    };
  }

  #addDelta(delta: DeltaMessage, process: ProcessBuilder): void {
    const objects = objectsByLine(delta.objects);
    const rows = delta.rows.map(([file, line, bytes, blocks]): LineDelta => {
      const seen = objects.get(`${line} ${file}`);
      const row = { file: this.#files.indexOf(file), line, bytes, blocks };
      return seen ? { ...row, objects: seen } : row;
    });
    const stop: Stop = {
      id: stopNumber(delta.id, this.#stops.at(-1)?.stop.id ?? -1),
      pid: process.pid,
      t: process.onClock(delta.t),
      sinceT: process.onClock(delta.sinceT),
      source: delta.source,
      at: delta.at ?? this.#stopPlaces.get(delta.id) ?? null,
      rssBytes: delta.rssBytes,
      tracedBytes: delta.tracedBytes,
      blocks: delta.blocks,
      rows,
      turnover: bytesOfLines(this.#files, delta.turnover),
      types: null,
    };
    this.#stops.push({ id: delta.id, stop });
    this.#stopPlaces.delete(delta.id);
    this.#boundStops();
  }

  #boundStops(): void {
    const aging = this.#stops.length - stopsInFull - 1;
    const old = this.#stops[aging];
    if (old) this.#stops[aging] = { ...old, stop: shortened(old.stop) };
    if (this.#stops.length > mostStops) this.#stops.shift();
  }

  /** The debugger tells the place after the mark; either may come first. */
  #addStopPlace({ id, file, line, reason, function: name }: StopRecord): void {
    const at = { file, line, reason, function: name };
    const index = this.#stops.findLastIndex(each => each.id === id);
    const found = this.#stops[index];
    if (found) this.#stops[index] = { id, stop: { ...found.stop, at } };
    else if (this.#stopPlaces.size < mostStops) this.#stopPlaces.set(id, at);
  }

  /** Processes number the rounds that they end themselves each for itself. */
  #addTypes({ id, rows, pid }: TypesMessage & { readonly pid: number }): void {
    const index = this.#stops.findLastIndex(each => each.id === id && each.stop.pid === pid);
    const found = this.#stops[index];
    if (!found || !rows) return;
    const types = rows.map(([name, change, count]) => ({ name, change, count }));
    this.#stops[index] = { id, stop: { ...found.stop, types } };
  }

  #allSnapshots(): readonly Snapshot[] {
    return this.#processes.all.flatMap(each => each.snapshots).sort((a, b) => a.t - b.t);
  }

  #allCollections(): readonly Collection[] {
    const { all } = this.#processes;
    const collections = all.flatMap(each => each.collections);
    return (all.length > 1 ? collections.sort((a, b) => a.t - b.t) : collections).slice(
      -mostCollections,
    );
  }

  #allProblems(): readonly string[] {
    const problems = [...this.#problems];
    const others = this.#processes.countLeftOut;
    if (others > 0) problems.push(`+ ${others} small processes, whose tracks are not kept`);
    if (this.#processes.isFull) {
      problems.push("The run has more lines than are kept; some are left out");
    }
    return problems;
  }
}

/** By line and file. */
function objectsByLine(rows: readonly LineObjectsRecord[]): ReadonlyMap<string, LineObjects> {
  return new Map(
    rows.map(([file, line, type, count, seen]) => [
      `${line} ${file}`,
      { type, count, seen, isMost: count * 2 > seen },
    ]),
  );
}

function shortened(stop: Stop): Stop {
  const { rows, turnover, types } = stop;
  return {
    ...stop,
    rows: rows.slice(0, rowsOfOldStops),
    turnover: turnover.slice(0, rowsOfOldStops),
    types: types && types.slice(0, rowsOfOldStops),
  };
}

function highest(figures: readonly (number | null)[]): number | null {
  const known = figures.filter(each => each !== null);
  return known.length === 0 ? null : Math.max(...known);
}

function environmentOf({ packages, git }: EnvironmentRecord): EnvironmentInfo {
  return { packages: packages.map(([name, version]) => ({ name, version })), git };
}

function exitOf({ code, signal, reason }: ExitRecord): ExitInfo {
  return { code, signal, ...(reason ? { reason } : {}) };
}

/** Null where none is known. */
function sumOfKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter(value => value !== null);
  return known.length > 0 ? sum(known) : null;
}
