import type { Milliseconds } from "#base";
import type { Collection, LevelChange, PassedLimit, ProcessRun, Profile, Snapshot } from "./model";
import type {
  CollectionsMessage,
  CostMessage,
  EndMessage,
  HelloMessage,
  LevelMessage,
  LimitMessage,
  ProcessRecord,
  SamplesMessage,
  SnapshotMessage,
} from "./records";
import type { SumTimeline } from "./sum-timeline";
import { bytesOfLines, type FileTable, FunctionTable, LineTable } from "./tables";
import { BoundedTimeline } from "./timeline";

/** The whole run has a timeline of its own; there may be a hundred of these. */
const mostPoints = 2_000;
const mostLevels = 1_000;
/** Newest runs of the collector that a process keeps. */
export const mostCollections = 5_000;
/** Newest snapshots that a process keeps, by why they were taken. */
export const mostSnapshots: Readonly<Record<Snapshot["trigger"], number>> = {
  peak: 1,
  exit: 1,
  interval: 100,
  request: 200,
};
const mostLimits = 200;

/** What the processes of a run share. */
export interface SharedTables {
  readonly files: FileTable;
  readonly sum: SumTimeline;
  /** Gives the number of the next snapshot. */
  readonly nextSnapshot: () => number;
}

/** All that one process of a run has told. */
export class ProcessBuilder {
  readonly pid: number;
  readonly lines = new LineTable();
  readonly functions = new FunctionTable();
  readonly #shared: SharedTables;
  readonly #timeline = new BoundedTimeline(mostPoints);
  hello: HelloMessage | null = null;
  isComplete = false;
  collections: Collection[] = [];
  collectionTotals = { count: 0, pauseMs: 0 };
  cost: Profile["cost"] = { cpuMs: 0, samples: 0, tracingBytes: null };
  levels: LevelChange[] = [];
  snapshots: Snapshot[] = [];
  limits: PassedLimit[] = [];
  peakRss: number | null = null;
  peakTraced: number | null = null;
  #endedT: Milliseconds | null = null;
  /** From the process's own clock to that of the run. */
  #offset: Milliseconds = 0;
  #startedT: Milliseconds = 0;

  constructor(pid: number, shared: SharedTables) {
    this.pid = pid;
    this.#shared = shared;
  }

  /** Turns a time of this process into one of the run. */
  onClock(t: Milliseconds): Milliseconds {
    return t + this.#offset;
  }

  /** Takes a hello; `runStartedAt` is milliseconds since 1970 at time 0 of the run. */
  greet(hello: HelloMessage, runStartedAt: Milliseconds): void {
    // One that replaces itself (`exec`) starts its clock anew.
    this.#offset = Math.max(0, hello.startedAt - runStartedAt);
    if (!this.hello) this.#startedT = this.#offset;
    this.hello = hello;
    this.isComplete = false;
    this.#endedT = null;
    this.#addLevel({ t: 0, level: hello.level, frames: hello.frames });
  }

  /** Takes what belongs to this process alone. */
  add(record: ProcessRecord): void {
    switch (record.kind) {
      case "samples":
        this.#addSamples(record);
        return;
      case "lines":
        for (const row of record.rows) {
          this.lines.add(record.source, this.#shared.files.indexOf(row[0]), row);
        }
        return;
      case "functions":
        for (const row of record.rows) {
          this.functions.add(this.#shared.files.indexOf(row[0]), row);
        }
        return;
      case "collections":
        this.#addCollections(record);
        return;
      case "level":
        this.#addLevel(record);
        return;
      case "snapshot":
        this.#addSnapshot(record);
        return;
      case "limit":
        this.#addLimit(record);
        return;
      case "cost":
        this.#addCost(record);
        return;
      case "end":
        this.#addEnd(record);
        return;
      default:
    }
  }

  /** Counts runs of the collector that are no longer listed. */
  addCollectionTotals(count: number, pauseMs: Milliseconds): void {
    this.collectionTotals.count += count;
    this.collectionTotals.pauseMs += pauseMs;
  }

  get hasEnded(): boolean {
    return this.#endedT !== null;
  }

  /** The process is gone, whether it said so or not. */
  leave(t: Milliseconds): void {
    if (this.#endedT !== null) return;
    this.#endedT = t;
    this.#shared.sum.leave(this.pid, t);
  }

  toProcessRun(): ProcessRun {
    return {
      pid: this.pid,
      parentPid: this.hello?.parentPid ?? null,
      command: this.hello?.argv ?? [],
      startedT: this.#startedT,
      endedT: this.#endedT,
      isComplete: this.isComplete,
      level: this.levels.at(-1)?.level ?? "live",
      peakRssBytes: this.peakRss,
      peakTracedBytes: this.peakTraced,
      timeline: this.#timeline.toTimeline(),
    };
  }

  #addSamples({ t, rss, traced, blocks }: SamplesMessage): void {
    for (const [i, own] of t.entries()) {
      const at = this.onClock(own);
      const bytes = rss[i] ?? 0;
      const tracedBytes = traced[i] ?? null;
      const figures = { rss: bytes, traced: tracedBytes ?? NaN, blocks: blocks[i] ?? 0 };
      this.#timeline.add(at, figures.rss, figures.traced, figures.blocks);
      this.#shared.sum.add(this.pid, at, figures);
      this.#raisePeaks(bytes, tracedBytes);
    }
  }

  /** A system whose resident memory cannot be read gives 0, which no process has. */
  #raisePeaks(rss: number, traced: number | null): void {
    if (rss > 0) this.peakRss = Math.max(this.peakRss ?? 0, rss);
    if (traced !== null) this.peakTraced = Math.max(this.peakTraced ?? 0, traced);
  }

  #addCollections({ rows }: CollectionsMessage): void {
    for (const [t, generation, pauseMs, collected, uncollectable] of rows) {
      this.collections.push({ t: this.onClock(t), generation, pauseMs, collected, uncollectable });
      this.collectionTotals.count++;
      this.collectionTotals.pauseMs += pauseMs;
    }
    // Cutting only now and then keeps the cost of a long run linear.
    if (this.collections.length > 2 * mostCollections) {
      this.collections = this.collections.slice(-mostCollections);
    }
  }

  #addLevel({ t, level, frames }: Pick<LevelMessage, "t" | "level" | "frames">): void {
    const last = this.levels.at(-1);
    if (last?.level === level && last.frames === frames) return;
    if (this.levels.length < mostLevels) this.levels.push({ t: this.onClock(t), level, frames });
  }

  #addSnapshot({ rows, ...message }: SnapshotMessage): void {
    const { name, trigger, source, rssBytes, tracedBytes, blocks } = message;
    const t = this.onClock(message.t);
    this.#raisePeaks(rssBytes, tracedBytes);
    const held = rows.map(([file, line, bytes, count]) => ({
      file: this.#shared.files.indexOf(file),
      line,
      bytes,
      blocks: count,
    }));
    const figures = { source, rssBytes, tracedBytes, blocks, rows: held };
    const freed = bytesOfLines(this.#shared.files, message.freed);
    const replaced = this.#takeReplaced(trigger);
    // A higher peak takes the place of the one before, and its number.
    const number = (trigger === "peak" ? replaced?.number : null) ?? this.#shared.nextSnapshot();
    this.snapshots.push({ number, pid: this.pid, name, trigger, t, ...figures, freed });
  }

  /** Takes the oldest away where there are as many of its kind as are kept. */
  #takeReplaced(trigger: Snapshot["trigger"]): Snapshot | null {
    const alike = this.snapshots.filter(each => each.trigger === trigger);
    const oldest = alike[0];
    if (!oldest || alike.length < mostSnapshots[trigger]) return null;
    this.snapshots = this.snapshots.filter(each => each !== oldest);
    return oldest;
  }

  #addLimit({ of, limit, seconds, bytes, file, line, t }: LimitMessage): void {
    if (this.limits.length >= mostLimits) return;
    const at = file === "" ? null : { file: this.#shared.files.indexOf(file), line };
    const reached = { pid: this.pid, t: this.onClock(t), reachedBytes: bytes, at };
    this.limits.push({ of, bytes: limit, seconds, ...reached });
  }

  #addCost({ cpuMs, samples, tracingBytes }: CostMessage): void {
    const most = tracingBytes && Math.max(tracingBytes, this.cost.tracingBytes ?? 0);
    this.cost = { cpuMs, samples, tracingBytes: most ?? this.cost.tracingBytes };
  }

  #addEnd(end: EndMessage): void {
    this.isComplete = true;
    this.#raisePeaks(end.peakRssBytes, end.peakTracedBytes);
    this.leave(this.onClock(end.t));
  }
}
