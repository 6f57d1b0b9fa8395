import type { Bytes, Milliseconds } from "#base";
import type { LimitSubject } from "./limits";
import type { ExitReason, FigureSource, Level, SnapshotTrigger } from "./model";

/** Version of the messages between the probe and whoever listens to it. */
export const probeVersion = 1;

/** Version of the run file's format. A higher one cannot be read. */
export const runSchema = 1;

/** How well a Python can tell which functions ran. */
export type Coverage = "exact" | "functions" | "none";

/** What a process says of itself before anything else. */
export interface HelloMessage {
  readonly kind: "hello";
  readonly version: number;
  readonly pid: number;
  readonly parentPid: number;
  /** As in `3.11.7`. */
  readonly python: string;
  readonly implementation: string;
  readonly executable: string;
  readonly argv: readonly string[];
  readonly cwd: string;
  /** `sys.platform`: `linux`, `darwin`, `win32`. */
  readonly platform: string;
  readonly level: Level;
  /** Frames kept for each traced allocation. */
  readonly frames: number;
  readonly intervalMs: Milliseconds;
  /** Milliseconds since 1970 at this process's time 0. */
  readonly startedAt: Milliseconds;
  readonly prefix: string;
  readonly stdlib: string;
  readonly sitePaths: readonly string[];
  readonly probePath: string;
  readonly coverage: Coverage;
}

/** A batch of samples: columns of equal length, sorted by time. */
export interface SamplesMessage {
  readonly kind: "samples";
  readonly t: readonly Milliseconds[];
  readonly rss: readonly Bytes[];
  readonly traced: readonly (Bytes | null)[];
  readonly blocks: readonly number[];
}

/** Figures of one line since the start; absent ones are null. Lines from 1. */
export type LineRecord = readonly [
  file: string,
  line: number,
  liveBytes: Bytes | null,
  liveBlocks: number | null,
  peakBytes: Bytes | null,
  grownBytes: Bytes,
];

/** The lines whose figures changed since the last such message. */
export interface LinesMessage {
  readonly kind: "lines";
  readonly source: FigureSource;
  readonly t: Milliseconds;
  readonly rows: readonly LineRecord[];
}

/** What one line grew by between two marks. */
export type DeltaRecord = readonly [
  file: string,
  line: number,
  bytes: Bytes,
  blocks: number | null,
];

/** Bytes of one line that went; see where it is used for what that means. */
export type GoneBytesRecord = readonly [file: string, line: number, bytes: Bytes];

/** Where the program is, and why that is told. */
export interface PlaceRecord {
  readonly file: string;
  readonly line: number;
  readonly reason: string;
  readonly function: string;
}

/** The answer to a mark: what grew since the one before, largest change first. */
export interface DeltaMessage {
  readonly kind: "delta";
  /** That of the mark; from 2 to the power of 40 on where the program told it unasked. */
  readonly id: number;
  /** Of a comment, a round or a cell; null where a `stop` tells the place, if any. */
  readonly at: PlaceRecord | null;
  readonly t: Milliseconds;
  readonly sinceT: Milliseconds;
  readonly source: FigureSource;
  readonly rssBytes: Bytes;
  readonly tracedBytes: Bytes | null;
  readonly blocks: number;
  readonly rows: readonly DeltaRecord[];
  /**
   * Bytes that came and went between the marks, largest first: at least so many. Traced: as far as
   * was looked in between. Sampled: by how much RSS rose and fell again while the line ran.
   */
  readonly turnover: readonly GoneBytesRecord[];
  /** Of the lines that gained most; only traced, and as far as a look at some objects tells. */
  readonly objects: readonly LineObjectsRecord[];
}

/** Of so many objects of a line that were seen, so many are of the type that most of them are of. */
export type LineObjectsRecord = readonly [
  file: string,
  line: number,
  type: string,
  count: number,
  seen: number,
];

/** Objects of one type: how many more than at the mark before, and how many there are. */
export type TypeRecord = readonly [name: string, change: number, count: number];

/** What changed by types up to a mark, of what the garbage collector knows. */
export interface TypesMessage {
  readonly kind: "types";
  /** That of the mark's delta. */
  readonly id: number;
  readonly t: Milliseconds;
  /** Largest change first; none at the first mark; null where it was not counted. */
  readonly rows: readonly TypeRecord[] | null;
}

/** A function and whether it ran. Lines from 1, inclusive. */
export type FunctionRecord = readonly [
  file: string,
  firstLine: number,
  lastLine: number,
  name: string,
  ran: number,
];

/** Functions of the user's files; each message adds to the ones before. */
export interface FunctionsMessage {
  readonly kind: "functions";
  readonly rows: readonly FunctionRecord[];
}

/** One run of the garbage collector. */
export type CollectionRecord = readonly [
  t: Milliseconds,
  generation: number,
  pauseMs: Milliseconds,
  collected: number,
  uncollectable: number,
];

/** Runs of the garbage collector since the last such message. */
export interface CollectionsMessage {
  readonly kind: "collections";
  readonly rows: readonly CollectionRecord[];
}

/** The level that is measured from here on; also where a request changed nothing. */
export interface LevelMessage {
  readonly kind: "level";
  readonly t: Milliseconds;
  readonly level: Level;
  /** Frames kept for each traced allocation. */
  readonly frames: number;
}

/** What a line held: live bytes and blocks when traced, else what it grew by since the start. */
export type HeldRecord = DeltaRecord;

/** What every line held at one moment; of more than 2 000 lines the smallest are one row. */
export interface SnapshotMessage {
  readonly kind: "snapshot";
  /** That of the request; null when nobody asked. */
  readonly id: number | null;
  readonly name: string;
  readonly trigger: SnapshotTrigger;
  readonly t: Milliseconds;
  readonly source: FigureSource;
  readonly rssBytes: Bytes;
  readonly tracedBytes: Bytes | null;
  readonly blocks: number;
  /** Largest first. */
  readonly rows: readonly HeldRecord[];
  /**
   * Since the start, largest first. Traced: what was freed of each line, as far as was looked.
   * Sampled: by how much RSS fell while the line ran.
   */
  readonly freed: readonly GoneBytesRecord[];
}

/** A limit of memory was passed; told once, and again after memory has fallen below it. */
export interface LimitMessage {
  readonly kind: "limit";
  readonly t: Milliseconds;
  readonly of: LimitSubject;
  readonly limit: Bytes;
  /** Within so many seconds, for growth; null for others. */
  readonly seconds: number | null;
  /** What it was, or grew by. */
  readonly bytes: Bytes;
  /** The line that grew last, or that holds so much; empty and 0 when none is known. */
  readonly file: string;
  readonly line: number;
  /** Name of the thread that runs there; null when it is not known. */
  readonly thread: string | null;
}

/** What the probe's own thread has cost since the start, and what tracing takes now. */
export interface CostMessage {
  readonly kind: "cost";
  readonly t: Milliseconds;
  readonly cpuMs: Milliseconds;
  readonly samples: number;
  /** Bytes of Python's tables of what is traced; null while nothing is, and in files of before. */
  readonly tracingBytes: Bytes | null;
}

/** Something that could not be measured, in words for the user. */
export interface ProblemMessage {
  readonly kind: "problem";
  readonly text: string;
}

/** The last message of a process that ends as Python means it to. */
export interface EndMessage {
  readonly kind: "end";
  readonly t: Milliseconds;
  readonly peakRssBytes: Bytes;
  readonly peakTracedBytes: Bytes | null;
}

/** What a process in the user's program says, once its token has been checked and dropped. */
export type ProcessMessage =
  | HelloMessage
  | SamplesMessage
  | LinesMessage
  | DeltaMessage
  | TypesMessage
  | FunctionsMessage
  | CollectionsMessage
  | LevelMessage
  | SnapshotMessage
  | LimitMessage
  | CostMessage
  | ProblemMessage
  | EndMessage;

/** A message as the run file keeps it: with the process that sent it. */
export type ProcessRecord = ProcessMessage & { readonly pid: number };

/** First line of every run file. */
export interface RunRecord {
  readonly kind: "run";
  readonly schema: number;
  /** Name and version of the program that wrote the file. */
  readonly tool: string;
  readonly command: readonly string[];
  /** Milliseconds since 1970. */
  readonly createdAt: Milliseconds;
  readonly level: Level;
}

/** An installed package: its name as `pip` compares names, and its version. */
export type PackageRecord = readonly [name: string, version: string];

/** The state of the folder that the program was started in. */
export interface GitState {
  /** Null before the first commit. */
  readonly commit: string | null;
  /** Whether a tracked file differs from the commit. */
  readonly isDirty: boolean;
}

/** What the program ran with, beside its own text. */
export interface EnvironmentRecord {
  readonly kind: "environment";
  /** Sorted by name, each once. */
  readonly packages: readonly PackageRecord[];
  /** Null where there is no git, or it did not answer in time. */
  readonly git: GitState | null;
}

/** The text of a user's file as it was when the program ran. */
export interface SourceRecord {
  readonly kind: "source";
  readonly file: string;
  readonly fingerprint: string;
}

/** Where the debugger stopped; belongs to the delta of the same id. */
export interface StopRecord extends PlaceRecord {
  readonly kind: "stop";
  readonly t: Milliseconds;
  readonly id: number;
}

/** A process of the program has closed its connection without its own last message. */
export interface GoneRecord {
  readonly kind: "gone";
  readonly pid: number;
  /** On the run's clock. */
  readonly t: Milliseconds;
}

/** Runs of the collector of one process that are no longer listed. */
export type ThinnedCollections = readonly [pid: number, count: number, pauseMs: Milliseconds];

/** The file has been made smaller: what is known of that which it no longer holds. */
export interface ThinnedRecord {
  readonly kind: "thinned";
  /** Most of all processes together, before this record. */
  readonly peakRssBytes: Bytes | null;
  readonly peakTracedBytes: Bytes | null;
  readonly collections: readonly ThinnedCollections[];
}

/** How the program ended. Both null: it is not known. */
export interface ExitRecord {
  readonly kind: "exit";
  readonly code: number | null;
  readonly signal: string | null;
  /** Why, when the host knows: by the user's own wish, or the debugger left and it runs on. */
  readonly reason?: ExitReason;
}

/** What the host adds to a run file by itself. */
export type HostRecord =
  | RunRecord
  | EnvironmentRecord
  | SourceRecord
  | StopRecord
  | GoneRecord
  | ThinnedRecord
  | ExitRecord;

/** One line of a run file. */
export type RunFileRecord = ProcessRecord | HostRecord;
