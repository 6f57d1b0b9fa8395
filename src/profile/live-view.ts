import type { Bytes, Milliseconds } from "#base";
import type { Confidence } from "./leaks";
import type { FigureSource, Level, LineObjects, Origin } from "./model";
import type { LinesAtPeak } from "./lines-at-peak";
import type { TopType } from "./top-type";

/** One row of a table in the panel. */
export interface LineRow {
  readonly file: string;
  /** The file's name as people read it: relative to a root where it lies below one. */
  readonly label: string;
  readonly line: number;
  readonly origin: Origin;
  readonly source: FigureSource;
  readonly bytes: Bytes;
  readonly blocks: number | null;
  /** What its objects are; only there when some were seen. */
  readonly objects?: LineObjects | undefined;
}

/** Where the program stands. */
export type RunStatus = "starting" | "running" | "paused" | "ended" | "lost";

/** One snapshot in the panel. */
export interface SnapshotView {
  readonly number: number;
  /** As the user named it, else what it is: `at the peak`. */
  readonly name: string;
  /** Null where the run has one process only. */
  readonly pid: number | null;
  readonly t: Milliseconds;
  readonly rssBytes: Bytes;
  readonly tracedBytes: Bytes | null;
  readonly blocks: number;
  /** What lines held, the user's first, then by bytes; at most 20. */
  readonly rows: readonly LineRow[];
  /** Number of the snapshot of the same process before it; null for the first. */
  readonly since: number | null;
  /** What changed since that one, the user's lines first; at most 20. */
  readonly changes: readonly LineRow[];
  /** What came and went since that one, at least so much; the user's lines first, at most 20. */
  readonly turnover: readonly LineRow[];
}

/** One process in the panel, with a timeline of at most 60 points. */
export interface ProcessView {
  readonly pid: number;
  /** Script or module, as people know it. */
  readonly name: string;
  readonly isRunning: boolean;
  /** Whether the debugger has stopped it. */
  readonly isPaused: boolean;
  readonly startedT: Milliseconds;
  /** The newest time that is known of. */
  readonly endedT: Milliseconds;
  /** Null after its end, and where it cannot be read. */
  readonly rssBytes: Bytes | null;
  readonly peakRssBytes: Bytes | null;
  readonly timeline: {
    readonly t: readonly Milliseconds[];
    readonly rssBytes: readonly number[];
  };
}

/** One stop of a process in the panel. */
export interface StopView {
  readonly id: number;
  /** Which process it was; null where the run has one process only. */
  readonly process: { readonly pid: number; readonly name: string } | null;
  readonly t: Milliseconds;
  readonly reason: string;
  readonly at: { readonly file: string; readonly label: string; readonly line: number } | null;
  /** Id of the stop of the same process before it; null for the first. */
  readonly since: number | null;
  readonly rssBytes: Bytes;
  readonly tracedBytes: Bytes | null;
  readonly blocks: number;
  /** What most of the new objects are; null where none stands out. */
  readonly type: TopType | null;
  /** At most 20, the user's code first. */
  readonly rows: readonly LineRow[];
  /** What came and went since the stop before, at least so much; at most 20. */
  readonly turnover: readonly LineRow[];
}

/** What grew each time the program came to a place. */
export interface LeakView {
  /** The place as people read it. */
  readonly place: string;
  readonly rounds: number;
  /** Bytes and blocks of a round; the largest first, at most 10. */
  readonly rows: readonly (LineRow & {
    readonly grewIn: number;
    readonly confidence: Confidence;
  })[];
  /** Types of which there were more objects after each round, the most first; at most 10. */
  readonly types: readonly { readonly name: string; readonly perRound: number }[];
}

/** What the panel draws: a small picture of a profile, at most a few kilobytes. */
export interface LiveView {
  readonly program: string;
  readonly python: string | null;
  readonly pid: number | null;
  readonly level: Level;
  readonly status: RunStatus;
  /** How it ended, in words; null while it runs. */
  readonly ending: string | null;
  readonly rssBytes: Bytes | null;
  readonly peakRssBytes: Bytes | null;
  readonly tracedBytes: Bytes | null;
  readonly peakTracedBytes: Bytes | null;
  /** Bytes a second over the last seconds; null when unknown, and unless it runs. */
  readonly rssRate: number | null;
  readonly seconds: number;
  /** At most 600 points; peaks survive the thinning. Absent traced figures are null. */
  readonly timeline: {
    readonly t: readonly Milliseconds[];
    readonly rssBytes: readonly number[];
    readonly tracedBytes: readonly (number | null)[];
  };
  /** The lines that grew most, the user's first, then by bytes; at most 50. */
  readonly grown: readonly LineRow[];
  /**
   * What lines held where memory was highest, at most 50; null while the program runs, and where the
   * lines at the end tell the same.
   */
  readonly atPeak: LinesAtPeak | null;
  /** The newest stop first; at most 20, and the newest of each process that stands. */
  readonly stops: readonly StopView[];
  /** The newest first; at most 20. */
  readonly snapshots: readonly SnapshotView[];
  /** Null until a place was met often enough. */
  readonly leaks: LeakView | null;
  /** Empty for a program of one process; else the program first, then by peak; at most 20. */
  readonly processes: readonly ProcessView[];
  readonly collections: { readonly count: number; readonly pauseMs: Milliseconds };
  /** What profiling costs in this run: share of one core in percent; null until measured. */
  readonly costPercent: number | null;
  /** Most of the resident memory that was tracing's own; null where nothing was traced. */
  readonly tracingBytes: Bytes | null;
  readonly problems: readonly string[];
}
