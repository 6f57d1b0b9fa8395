import type { Bytes, Milliseconds } from "#base";
import type { MemoryLimit } from "./limits";

/** Where a line's figures come from. Every figure a user sees names its source. */
export type FigureSource = "sampled" | "traced" | "memray";

/** Whose code a file is; the user's own comes first everywhere. */
export type Origin = "user" | "library" | "stdlib" | "tool";

/** Level of a run: sampled resident memory, or every Python allocation by line. */
export type Level = "live" | "allocations";

/** What a run was, as the program's own process told it. */
export interface RunInfo {
  readonly command: readonly string[];
  /** Python's version, as in `3.11.7`; null when the program never reported. */
  readonly python: string | null;
  readonly pid: number | null;
  readonly cwd: string | null;
  /** The level measured last. */
  readonly level: Level;
  /** Milliseconds since 1970 at time 0 of the timeline; null when the program never reported. */
  readonly startedAt: Milliseconds | null;
}

/** What a program ran with, beside its own text. */
export interface EnvironmentInfo {
  /** Installed packages, sorted by name. */
  readonly packages: readonly { readonly name: string; readonly version: string }[];
  /** Null where there was no git, or it did not answer in time. */
  readonly git: GitInfo | null;
}

/** The state of the folder that a program was started in. */
export interface GitInfo {
  /** Null before the first commit. */
  readonly commit: string | null;
  /** Whether a tracked file differed from the commit. */
  readonly isDirty: boolean;
}

/** `stopped`: the user stopped it, whatever code or signal that took. `detached`: it ran on. */
export type ExitReason = "stopped" | "detached";

/** How a program ended. Both null: it is not known. */
export interface ExitInfo {
  readonly code: number | null;
  readonly signal: string | null;
  readonly reason?: ExitReason;
}

/** Samples as columns of equal length, sorted by time. An absent figure is NaN. */
export interface Timeline {
  /** Milliseconds since the start. */
  readonly t: readonly number[];
  /** 0 where the system does not tell. */
  readonly rssBytes: readonly number[];
  readonly tracedBytes: readonly number[];
  readonly blocks: readonly number[];
}

/** What one line of code held and grew by. Absent figures are null. */
export interface LineFigures {
  /** Index into `files`. */
  readonly file: number;
  /** From 1, as Python counts. */
  readonly line: number;
  readonly source: FigureSource;
  /** Bytes and blocks alive at the newest snapshot, or at the end; null when only sampled. */
  readonly liveBytes: Bytes | null;
  readonly liveBlocks: number | null;
  /** Most bytes alive in one process at once, as far as was looked; null when only sampled. */
  readonly peakBytes: Bytes | null;
  /**
   * Sampled: rises of RSS while the line ran. Traced: newest snapshot less the first. memray: what it
   * held where the memory of its process was highest.
   */
  readonly grownBytes: Bytes;
}

/** What grew on one line between two moments. */
export interface LineDelta {
  readonly file: number;
  readonly line: number;
  readonly bytes: Bytes;
  /** Null when only sampled. */
  readonly blocks: number | null;
  /** What its objects are; only there when some were seen. */
  readonly objects?: LineObjects;
}

/** What the objects of a line are, told from some of those that the program could reach. */
export interface LineObjects {
  /** The type that most of those are of. */
  readonly type: string;
  /** How many of them are. */
  readonly count: number;
  /** How many were seen. */
  readonly seen: number;
  /** True when more than half of them are. */
  readonly isMost: boolean;
}

/** Bytes of one line. */
export interface LineBytes {
  readonly file: number;
  readonly line: number;
  readonly bytes: Bytes;
}

/** How the number of objects of one type changed. */
export interface TypeChange {
  /** With its module, but for those of Python itself. */
  readonly name: string;
  readonly change: number;
  readonly count: number;
}

/** A moment at which the debugger stopped a process, and what that grew by since its stop before. */
export interface Stop {
  /** In the order in which they were measured, of all processes; some may be missing. */
  readonly id: number;
  /** The process that stopped, and whose memory it is. */
  readonly pid: number;
  readonly t: Milliseconds;
  readonly sinceT: Milliseconds;
  readonly source: FigureSource;
  /** Where it stopped; null until the debugger has said. */
  readonly at: {
    readonly file: string;
    readonly line: number;
    readonly reason: string;
    readonly function: string;
  } | null;
  readonly rssBytes: Bytes;
  readonly tracedBytes: Bytes | null;
  readonly blocks: number;
  /** Sorted by size of the change, largest first; the user's code is not yet put first. */
  readonly rows: readonly LineDelta[];
  /** What came and went since its stop before: at least so much, as far as was looked. */
  readonly turnover: readonly LineBytes[];
  /** Of what the collector knows, since the stop before; null where it was not counted. */
  readonly types: readonly TypeChange[] | null;
}

/** Why a snapshot was taken. `peak`: where memory was highest; `exit`: before the program's end. */
export type SnapshotTrigger = "request" | "interval" | "peak" | "exit";

/** What each line held at one moment. */
export interface Snapshot {
  /** From 1, in the order in which they came in; it stays, whichever of the others go. */
  readonly number: number;
  /** The process whose memory it is. */
  readonly pid: number;
  /** As the user named it; empty for none. */
  readonly name: string;
  readonly trigger: SnapshotTrigger;
  readonly t: Milliseconds;
  /** Traced: live bytes. Sampled: what the line grew by since the start. */
  readonly source: FigureSource;
  readonly rssBytes: Bytes;
  readonly tracedBytes: Bytes | null;
  readonly blocks: number;
  /** Largest first. */
  readonly rows: readonly LineDelta[];
  /** Since the start. Traced: what was freed. Sampled: by how much RSS fell while the line ran. */
  readonly freed: readonly LineBytes[];
}

/** A limit of memory that was passed. */
export interface PassedLimit extends MemoryLimit {
  readonly pid: number;
  readonly t: Milliseconds;
  /** What it was, or grew by. */
  readonly reachedBytes: Bytes;
  /** The line that grew last, or that holds so much; null when none is known. */
  readonly at: { readonly file: number; readonly line: number } | null;
}

/** From when on which level was measured. */
export interface LevelChange {
  readonly t: Milliseconds;
  readonly level: Level;
  /** Frames kept for each traced allocation. */
  readonly frames: number;
}

/** A function of the user's files, and whether it ran at least once. Lines from 1, inclusive. */
export interface FunctionRun {
  readonly file: number;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly name: string;
  readonly hasRun: boolean;
}

/** One run of the garbage collector. */
export interface Collection {
  readonly t: Milliseconds;
  readonly generation: number;
  readonly pauseMs: Milliseconds;
  readonly collected: number;
  readonly uncollectable: number;
}

/** A source file as it was when the program ran. */
export interface SourceFile {
  readonly path: string;
  readonly origin: Origin;
  /** `fingerprint` of its text when it was first seen; null when it was not read. */
  readonly fingerprint: string | null;
}

/** One process of a run. */
export interface ProcessRun {
  readonly pid: number;
  /** Null for a process that never greeted. */
  readonly parentPid: number | null;
  /** Its arguments after the executable. */
  readonly command: readonly string[];
  /** On the run's clock. */
  readonly startedT: Milliseconds;
  /** Null while it runs, or when its end was not seen. */
  readonly endedT: Milliseconds | null;
  /** True after its own last message. */
  readonly isComplete: boolean;
  readonly level: Level;
  readonly peakRssBytes: Bytes | null;
  readonly peakTracedBytes: Bytes | null;
  readonly timeline: Timeline;
}

/** All that is known of one run; plain data, readable at any moment of it. */
export interface Profile {
  readonly schema: 1;
  readonly run: RunInfo;
  /** Null while it is not known. */
  readonly environment: EnvironmentInfo | null;
  /** Null while the program runs, or when its end was not seen. */
  readonly exit: ExitInfo | null;
  /** True after the program's last message, an exit record, or the end of the file. */
  readonly hasEnded: boolean;
  /** True after the program's own last message: all its figures and functions are in. */
  readonly isComplete: boolean;
  /** Most of all processes together; pages that they share count once for each. */
  readonly peakRssBytes: Bytes | null;
  readonly peakTracedBytes: Bytes | null;
  readonly files: readonly SourceFile[];
  /** All processes together, on the clock of the first. */
  readonly timeline: Timeline;
  /** The first is the program itself; at most 100, those with the highest peaks. */
  readonly processes: readonly ProcessRun[];
  /** Processes whose tracks were left out; their lines are in `lines`. */
  readonly processesLeftOut: number;
  /** One entry a line and source, in no order: all processes together. */
  readonly lines: readonly LineFigures[];
  readonly stops: readonly Stop[];
  /** Sorted by time; of peaks only the newest, of those taken now and then the newest 100. */
  readonly snapshots: readonly Snapshot[];
  /** Sorted by time; at most 200 of each process. */
  readonly limits: readonly PassedLimit[];
  /** The first is that of the start. */
  readonly levels: readonly LevelChange[];
  /** Functions of the user's files; empty when the Python cannot tell. */
  readonly functions: readonly FunctionRun[];
  /** How well `functions` is known. */
  readonly coverage: "exact" | "functions" | "none";
  /** The newest runs of the collector, at most 5 000; sorted by time. */
  readonly collections: readonly Collection[];
  /** Over the whole run, also of collections that are no longer listed. */
  readonly collectionTotals: { readonly count: number; readonly pauseMs: Milliseconds };
  /** CPU time that profiling itself took, and the number of samples. */
  readonly cost: {
    readonly cpuMs: Milliseconds;
    readonly samples: number;
    /** Most that the tables of tracing took, all processes added up; null where nothing was traced. */
    readonly tracingBytes: Bytes | null;
  };
  /** What could not be measured or read, in words for people. */
  readonly problems: readonly string[];
}
