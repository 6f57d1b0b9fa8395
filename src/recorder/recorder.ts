import type { Duplex } from "node:stream";
import type {
  DeltaMessage,
  ExitRecord,
  Level,
  MemoryLimit,
  ProcessRecord,
  RunFileRecord,
  StopRecord,
} from "#profile";
import type { FileRename } from "./rename-files";
import type { TextOf } from "./source-reader";

/** What is to be recorded, and who is told of it. */
export interface RecorderOptions {
  readonly level: Level;
  /** Frames kept for each traced allocation: 1, 5 or 25. */
  readonly frames: number;
  /** A function to trace while it runs, as `file.py:name` or `module:name`; none unless told. */
  readonly traceFunction?: string;
  /** Where memray is to write what it counts, one file a process; it does not run unless told. */
  readonly memrayFile?: string;
  /** Milliseconds between samples; 50 unless told. */
  readonly intervalMs?: number;
  /** Milliseconds between snapshots that are kept; none unless told. */
  readonly snapshotMs?: number;
  /**
   * Where the run is written as it goes; null keeps it only in memory. One that ends in `.gz` is
   * packed when the run is over.
   */
  readonly runFile: string | null;
  /** What is started, as people would type it. */
  readonly command: readonly string[];
  /** The folder with the probe as it ships: `dist/probe`. */
  readonly probeFolder: string;
  /** The program's `PYTHONPATH` so far: the user's, then the process's. */
  readonly pythonPath: string | undefined;
  /** Address to listen on; loopback unless told. */
  readonly host?: string;
  /**
   * The environment of an earlier recorder that is closed: a program that is started again with it
   * looks for its host at the same port and shows the same token.
   */
  readonly reuse?: Readonly<Record<string, string>>;
  /** What files of the program are to be called; as they are unless told. */
  readonly rename?: FileRename;
  /** Gives the text of what is no file on disk and has run, as a cell of a kernel. */
  readonly textOf?: TextOf;
  /** Name and version of who records: `memory-insights 0.1.0`. */
  readonly tool: string;
  /** Gets every record in the order of the run file, the `run` record first. */
  readonly onRecord: (record: RunFileRecord) => void;
  /** Gets what the user should know; each kind at most a few times. */
  readonly onProblem: (problem: RecorderProblem) => void;
  /** Gets what helps to find a fault: one line, no token. */
  readonly log: (line: string) => void;
}

/** Something that keeps a run from being recorded, or from being recorded wholly. */
export interface RecorderProblem {
  readonly kind: "cannot-listen" | "cannot-write" | "flood" | "unreadable" | "version";
  /** In words for the user, with the next step. */
  readonly text: string;
}

/** A recorder that listens, or why there is none. */
export type RecorderStart =
  | { readonly kind: "recording"; readonly recorder: Recorder }
  | { readonly kind: "problem"; readonly problem: RecorderProblem };

/** A question to a process of the program: what has grown since the one before? */
export interface Mark {
  readonly id: number;
  /** Null when it cannot answer: it is gone, has no probe, or did not within the time given. */
  readonly delta: Promise<DeltaMessage | null>;
}

/** Where the debugger stopped the program. */
export type StopPlace = Pick<StopRecord, "file" | "line" | "reason" | "function">;

/** Listens to the probe in a user's program and writes its run file. */
export interface Recorder {
  /** Variables to set for the program, over those that it has. */
  readonly environment: Readonly<Record<string, string>>;
  /** True from the first accepted hello on. */
  readonly hasProgram: boolean;
  /** The processes that are connected now, the program itself first. */
  readonly processes: readonly number[];
  /**
   * Asks a process for what grew, the program itself unless told; call it at once when the debugger
   * stops.
   */
  mark(pid?: number): Mark;
  /** Tells where the process stood at a mark. */
  recordStop(id: number, place: StopPlace): void;
  /**
   * Takes in what the program still had to say, then records how it ended.
   * Resolves within two seconds.
   */
  recordExit(exit: Omit<ExitRecord, "kind">): Promise<void>;
  /** Adds what somebody else has measured of a process of the program. */
  add(record: ProcessRecord): void;
  /** Starts or stops tracing in all processes of the program, also in those to come; or in one. */
  setLevel(level: Level, frames: number, pid?: number): void;
  /** Has all processes of the program tell what each line holds now, or one. */
  takeSnapshot(name: string, pid?: number): void;
  /**
   * Has each process of the program tell when it passes a limit, from now on or from its start. With
   * `holds` it waits there until `resume`, for a second at most, where its Python can.
   */
  setLimits(limits: readonly MemoryLimit[], holds: boolean): void;
  /** Lets processes go on that wait at a limit, or one. */
  resume(pid?: number): void;
  /** Asks for another time between samples. */
  setInterval(intervalMs: number): void;
  /**
   * Takes a program that comes by another way than the socket; it needs the same token. It may run
   * on another machine: nothing on this one's disk is taken for its own.
   */
  connect(stream: Duplex, rename: FileRename): void;
  /** Has all processes of the program send what is left and go on without being measured. */
  leave(): void;
  /** Stops listening and writes all that is left. Resolves when the file is closed. */
  close(): Promise<void>;
  /** The same without waiting. */
  dispose(): void;
}
