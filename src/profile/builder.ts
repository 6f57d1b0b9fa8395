import type { Milliseconds } from "#base";
import type { Collection, ExitInfo, Profile, RunInfo, Stop } from "./model";
import type {
  CollectionsMessage,
  DeltaMessage,
  EndMessage,
  ExitRecord,
  HelloMessage,
  ProcessRecord,
  RunFileRecord,
  RunRecord,
  SamplesMessage,
  StopRecord,
} from "./records";
import { FileTable, FunctionTable, LineTable } from "./tables";
import { BoundedTimeline } from "./timeline";

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

const mostStops = 1_000;
/** Older stops keep only their largest rows. */
const stopsInFull = 100;
const rowsOfOldStops = 20;
const mostCollections = 5_000;
const mostProblems = 50;
const mostProcesses = 10_000;

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
  #exit: ExitInfo | null = null;
  #hasEnded = false;
  #isComplete = false;
  #peakRss: number | null = null;
  #peakTraced: number | null = null;
  #coverage: Profile["coverage"] = "none";
  #cost: Profile["cost"] = { cpuMs: 0, samples: 0 };
  #collections: Collection[] = [];
  #collectionTotals = { count: 0, pauseMs: 0 };
  #stops: Stop[] = [];
  /** A program that replaces itself (`exec`) starts its clock anew; this makes it one clock. */
  #clockOffset: Milliseconds = 0;
  readonly #stopPlaces = new Map<number, NonNullable<Stop["at"]>>();
  readonly #files = new FileTable();
  readonly #lines = new LineTable();
  readonly #functions = new FunctionTable();
  readonly #timeline = new BoundedTimeline();
  readonly #problems = new Set<string>();
  readonly #otherProcesses = new Set<number>();
  /** Holds until the next record. */
  #snapshot: Profile | null = null;

  add(record: RunFileRecord): void {
    this.#snapshot = null;
    switch (record.kind) {
      case "run": {
        this.#addRun(record);
        return;
      }
      case "source": {
        this.#files.setFingerprint(record.file, record.fingerprint);
        return;
      }
      case "stop": {
        this.#addStopPlace(record);
        return;
      }
      case "exit":
        this.#exit = exitOf(record);
        this.#hasEnded = true;
        return;
      default: {
        this.#addOfProcess(record);
        return;
      }
    }
  }

  profile(): Profile {
    this.#snapshot ??= {
      schema: 1,
      run: this.#run,
      exit: this.#exit,
      hasEnded: this.#hasEnded,
      isComplete: this.#isComplete,
      peakRssBytes: this.#peakRss,
      peakTracedBytes: this.#peakTraced,
      files: this.#files.toArray(),
      timeline: this.#timeline.toTimeline(),
      lines: this.#lines.toArray(),
      stops: this.#stops.slice(),
      functions: this.#functions.toArray(),
      coverage: this.#coverage,
      collections: this.#collections.slice(-mostCollections),
      collectionTotals: { ...this.#collectionTotals },
      cost: this.#cost,
      problems: this.#allProblems(),
    };
    return this.#snapshot;
  }

  /** The process that reports first is the program; its children are counted, not mixed in. */
  #addOfProcess(record: ProcessRecord): void {
    this.#run = this.#run.pid === null ? { ...this.#run, pid: record.pid } : this.#run;
    if (record.pid === this.#run.pid) {
      this.#addMessage(record);
      return;
    }
    if (this.#otherProcesses.size < mostProcesses) this.#otherProcesses.add(record.pid);
  }

  #addMessage(record: ProcessRecord): void {
    switch (record.kind) {
      case "hello": {
        this.#addHello(record);
        return;
      }
      case "samples": {
        this.#addSamples(record);
        return;
      }
      case "lines":
        for (const row of record.rows) {
          this.#lines.add(record.source, this.#files.indexOf(row[0]), row);
        }
        return;
      case "functions":
        for (const row of record.rows) this.#functions.add(this.#files.indexOf(row[0]), row);
        return;
      case "delta": {
        this.#addDelta(record);
        return;
      }
      case "collections": {
        this.#addCollections(record);
        return;
      }
      case "cost":
        this.#cost = { cpuMs: record.cpuMs, samples: record.samples };
        return;
      case "problem":
        if (this.#problems.size < mostProblems) this.#problems.add(record.text);
        return;
      case "end": {
        this.#addEnd(record);
        return;
      }
    }
  }

  #addRun(record: RunRecord): void {
    this.#run = { ...this.#run, command: record.command, level: record.level };
  }

  #addHello(hello: HelloMessage): void {
    const startedAt = this.#run.startedAt ?? hello.startedAt;
    this.#clockOffset = Math.max(0, hello.startedAt - startedAt);
    this.#coverage = hello.coverage;
    this.#hasEnded = false;
    this.#isComplete = false;
    this.#files.setPlaces(hello);
    this.#run = {
      command: this.#run.command.length > 0 ? this.#run.command : hello.argv,
      python: hello.python,
      pid: hello.pid,
      cwd: hello.cwd,
      level: hello.level,
      startedAt,
    };
  }

  #addSamples({ t, rss, traced, blocks }: SamplesMessage): void {
    for (const [i, at] of t.entries()) {
      const bytes = rss[i] ?? 0;
      const tracedBytes = traced[i] ?? null;
      this.#timeline.add(at + this.#clockOffset, bytes, tracedBytes ?? NaN, blocks[i] ?? 0);
      this.#raisePeaks(bytes, tracedBytes);
    }
  }

  /** A system whose resident memory cannot be read gives 0, which no process has. */
  #raisePeaks(rss: number, traced: number | null): void {
    if (rss > 0) this.#peakRss = Math.max(this.#peakRss ?? 0, rss);
    if (traced !== null) this.#peakTraced = Math.max(this.#peakTraced ?? 0, traced);
  }

  #addEnd(end: EndMessage): void {
    this.#hasEnded = true;
    this.#isComplete = true;
    this.#raisePeaks(end.peakRssBytes, end.peakTracedBytes);
  }

  #addCollections({ rows }: CollectionsMessage): void {
    for (const [t, generation, pauseMs, collected, uncollectable] of rows) {
      const at = t + this.#clockOffset;
      this.#collections.push({ t: at, generation, pauseMs, collected, uncollectable });
      this.#collectionTotals.count++;
      this.#collectionTotals.pauseMs += pauseMs;
    }
    // Cutting only now and then keeps the cost of a long run linear.
    if (this.#collections.length > 2 * mostCollections) {
      this.#collections = this.#collections.slice(-mostCollections);
    }
  }

  #addDelta(delta: DeltaMessage): void {
    const rows = delta.rows.map(([file, line, bytes, blocks]) => ({
      file: this.#files.indexOf(file),
      line,
      bytes,
      blocks,
    }));
    this.#stops.push({
      id: delta.id,
      t: delta.t + this.#clockOffset,
      sinceT: delta.sinceT + this.#clockOffset,
      source: delta.source,
      at: this.#stopPlaces.get(delta.id) ?? null,
      rssBytes: delta.rssBytes,
      tracedBytes: delta.tracedBytes,
      blocks: delta.blocks,
      rows,
    });
    this.#stopPlaces.delete(delta.id);
    this.#boundStops();
  }

  #boundStops(): void {
    const aging = this.#stops.length - stopsInFull - 1;
    const old = this.#stops[aging];
    if (old) this.#stops[aging] = { ...old, rows: old.rows.slice(0, rowsOfOldStops) };
    if (this.#stops.length > mostStops) this.#stops.shift();
  }

  /** The debugger tells the place after the mark; either may come first. */
  #addStopPlace({ id, file, line, reason, function: name }: StopRecord): void {
    const at = { file, line, reason, function: name };
    const index = this.#stops.findLastIndex(stop => stop.id === id);
    const stop = this.#stops[index];
    if (stop) this.#stops[index] = { ...stop, at };
    else if (this.#stopPlaces.size < mostStops) this.#stopPlaces.set(id, at);
  }

  #allProblems(): readonly string[] {
    const problems = [...this.#problems];
    const others = this.#otherProcesses.size;
    if (others > 0) problems.push(`+ ${others} child process${others > 1 ? "es" : ""}, not shown`);
    if (this.#lines.isFull || this.#functions.isFull) {
      problems.push("The run has more lines than are kept; some are left out");
    }
    return problems;
  }
}

function exitOf({ code, signal, reason }: ExitRecord): ExitInfo {
  return { code, signal, ...(reason ? { reason } : {}) };
}
