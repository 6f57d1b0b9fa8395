import { constants } from "node:os";
import type { Duplex } from "node:stream";
import { type Disposable, DisposableStore, type Milliseconds } from "#base";
import {
  createProfileBuilder,
  endOfCell,
  type ExitInfo,
  type ExitReason,
  type LiveView,
  liveView,
  type LimitMessage,
  type MemoryLimit,
  type Profile,
  roundPlace,
  type RunFileRecord,
  type RunStatus,
} from "#profile";
import type { FileRename, Recorder } from "#recorder";
import * as vscode from "vscode";
import { messages } from "../messages";
import type { TopFrame } from "./dap";
import { LimitPauses, type ProcessOfRun } from "./limit-pauses";

/** At most four pictures a second: more nobody can read. */
const spacingMs: Milliseconds = 250;
const greetingWithinMs: Milliseconds = 5_000;

/** A limit, and the process of a run that has passed it. */
export interface PassedLimitOfRun {
  readonly limit: LimitMessage;
  readonly process: ProcessOfRun;
}

/** A stop of a process, and why it stopped. */
export interface StopOfRun {
  readonly reason: string;
  readonly process: ProcessOfRun;
}

/** One program under the debugger: what it has sent so far, and how it stands. */
export class ProfiledRun implements Disposable {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.register(new vscode.EventEmitter<void>());
  /** Fires when there is more to see, a few times a second at most. */
  readonly onDidChange = this.#changed.event;
  readonly #measured = this.#store.register(new vscode.EventEmitter<void>());
  /** Fires when a stop or a cell has been measured, and once more with the figures of its lines. */
  readonly onDidMeasure = this.#measured.event;
  readonly #lost = this.#store.register(new vscode.EventEmitter<void>());
  /** Fires when the program itself has ended, or closed its connection. */
  readonly onDidLoseProgram = this.#lost.event;
  readonly #missed = this.#store.register(new vscode.EventEmitter<PassedLimitOfRun>());
  /** Fires when a process has passed a limit of memory and nothing could stop it there. */
  readonly onDidMissLimit = this.#missed.event;
  /** Has the debugger's sessions stop the processes that pass a limit of memory. */
  readonly limitPauses = new LimitPauses((limit, process) => {
    this.resume(process);
    this.#missed.fire({ limit, process });
  });
  readonly #builder = createProfileBuilder();
  readonly #problems = new Set<string>();
  readonly #recorder: Recorder;
  readonly #frames: number;
  /** Where the run is written. */
  readonly runFile: string;
  #status: RunStatus = "starting";
  /** Whether how it ended has been recorded. */
  #isSettled = false;
  /** Child processes that the debugger has stopped; for the program itself, the status tells. */
  readonly #pausedChildren = new Set<number>();
  /** Processes that have been measured and have not yet told what their lines hold now. */
  readonly #awaitedLines = new Set<number>();
  #endRequest: ExitReason | null = null;
  #ending: Promise<void> | null = null;
  #timer: NodeJS.Timeout | undefined;
  /** When the last picture was due, by `performance.now`. */
  #changedAt: Milliseconds = -Infinity;

  /** `frames` are kept for each allocation where they are traced. */
  constructor(recorder: Recorder, runFile: string, frames: number) {
    this.#recorder = recorder;
    this.#frames = frames;
    this.runFile = runFile;
    this.#store.register(recorder);
    this.#store.register({ dispose: () => clearTimeout(this.#timer) });
  }

  /** Variables to set for the program, over those that it has. */
  get environment(): Readonly<Record<string, string>> {
    return this.#recorder.environment;
  }

  get isOver(): boolean {
    return this.#status === "ended";
  }

  /** Takes what the program or the recorder has to say. */
  add(record: RunFileRecord): void {
    this.#builder.add(record);
    if (record.kind === "limit") this.limitPauses.pass(record, this.#processOf(record.pid));
    this.#tellMeasured(record);
    if (record.kind === "end" || record.kind === "gone") this.#tellLost(record.pid);
    if (record.kind === "hello" && this.#status === "starting") this.#status = "running";
    this.#changeSoon();
  }

  #tellMeasured(record: RunFileRecord): void {
    if (record.kind === "lines" && this.#awaitedLines.delete(record.pid)) this.#measured.fire();
    if (record.kind !== "delta") return;
    const isCell = record.at?.reason === endOfCell;
    if (isCell || !record.at) this.#awaitedLines.add(record.pid);
    if (isCell) this.#measured.fire();
  }

  #tellLost(pid: number): void {
    if (pid === this.profile().run.pid) this.#lost.fire();
  }

  /** Keeps something that the user should know of this run. */
  addProblem(text: string): void {
    this.#problems.add(text);
    this.#changeSoon();
  }

  /** Measures what each process grew by up to now, without a stop. */
  async measure(): Promise<void> {
    const marks = this.#recorder.processes.map(pid => this.#recorder.mark(pid));
    await Promise.all(marks.map(mark => mark.delta));
  }

  /** Keeps what each line holds now, in all processes or in a child; an empty name is fine. */
  takeSnapshot(name: string, child: ProcessOfRun = null): void {
    this.#recorder.takeSnapshot(name, child ?? undefined);
  }

  /** Starts or stops tracing every allocation, in all processes, also those to come, or in a child. */
  setTracing(isOn: boolean, child: ProcessOfRun = null): void {
    this.#recorder.setLevel(isOn ? "allocations" : "live", this.#frames, child ?? undefined);
  }

  /** Sets the limits at which the debugger shall stop a process. */
  setLimits(limits: readonly MemoryLimit[]): void {
    this.#recorder.setLimits(limits, true);
  }

  /** Lets a process go on that waits where it passed a limit. */
  resume(process: ProcessOfRun): void {
    this.#recorder.resume(process ?? this.profile().run.pid ?? undefined);
  }

  /** Whether the debugger has stopped a process. */
  isPaused(process: ProcessOfRun): boolean {
    return process === null ? this.#status === "paused" : this.#pausedChildren.has(process);
  }

  /**
   * Measures at a stop of the debugger. The mark goes out at once, so that asking where the process
   * stands is not measured with it. Resolves when the answer is there or will not come.
   */
  async stopped({ reason, process }: StopOfRun, frame: Promise<TopFrame | null>): Promise<void> {
    const mark = this.#recorder.mark(process ?? undefined);
    if (process === null) this.#status = "paused";
    else this.#pausedChildren.add(process);
    this.#changeSoon();
    const place = await frame;
    if (place) this.#recorder.recordStop(mark.id, { ...place, reason });
    const delta = await mark.delta;
    if (this.isOver) return;
    if (!delta) this.#tellUnmeasured(process);
    this.#changeSoon();
    this.#measured.fire();
  }

  /** Measures what a round of a leak hunt added, without a stop. */
  async round(name: string, process: ProcessOfRun): Promise<void> {
    const mark = this.#recorder.mark(process ?? undefined);
    // Debuggers do not tell where a logpoint stands.
    this.#recorder.recordStop(mark.id, roundPlace(name));
    await mark.delta;
    this.#changeSoon();
  }

  /** A process goes on, or its debugger has left it. */
  continued(process: ProcessOfRun): void {
    if (process !== null && this.#pausedChildren.delete(process)) this.#changeSoon();
    if (process === null && this.#status === "paused") this.#setStatus("running");
  }

  /** A child without a probe has no figures, and nothing else would say so. */
  #tellUnmeasured(child: ProcessOfRun): void {
    if (child === null || this.profile().processes.some(({ pid }) => pid === child)) return;
    this.addProblem(messages.childNotMeasured(child));
  }

  #processOf(pid: number): ProcessOfRun {
    return pid === this.profile().run.pid ? null : pid;
  }

  /** The user asked for the end; what comes now is no accident. */
  endRequested(reason: ExitReason): void {
    if (!this.isOver && !this.profile().hasEnded) this.#endRequest = reason;
  }

  /** Takes the program's messages from elsewhere than a socket. */
  connect(stream: Duplex, rename: FileRename): void {
    this.#recorder.connect(stream, rename);
  }

  /** Takes in what is left and closes the run file. Ending twice is harmless: the first counts. */
  end(exitCode: number | null): Promise<void> {
    this.#ending ??= this.#end(exitCode);
    return this.#ending;
  }

  async #end(exitCode: number | null): Promise<void> {
    this.#setStatus("ended");
    const exit = toExit(exitCode, this.profile().isComplete);
    if (this.#endRequest === "detached") this.#recorder.leave();
    const reason = this.#endRequest ? { reason: this.#endRequest } : {};
    await this.#recorder.recordExit({ ...exit, ...reason });
    await this.#recorder.close();
    clearTimeout(this.#timer);
    this.#isSettled = true;
    this.#changed.fire();
  }

  /** True when a program has reported at all. */
  get hasProgram(): boolean {
    return this.#recorder.hasProgram;
  }

  /** Waits for the program's greeting; false when none comes soon. */
  greeted(): Promise<boolean> {
    if (this.hasProgram) return Promise.resolve(true);
    return new Promise(resolve => {
      const finish = (): void => {
        clearTimeout(timer);
        listening.dispose();
        resolve(this.hasProgram);
      };
      const timer = setTimeout(finish, greetingWithinMs);
      const listening = this.onDidChange(() => {
        if (this.hasProgram) finish();
      });
    });
  }

  /** All that is known by now. */
  profile(): Profile {
    return this.#builder.profile();
  }

  /** The picture for the panel. */
  view(roots: readonly string[]): LiveView {
    const paused = this.#pausedChildren;
    // An end of which nothing is known yet would look like one that was never recorded.
    const status = this.isOver && !this.#isSettled ? "running" : this.#status;
    const view = liveView(this.profile(), { status, roots, paused });
    return { ...view, problems: [...new Set([...view.problems, ...this.#problems])] };
  }

  dispose(): void {
    this.#store.dispose();
  }

  #setStatus(status: RunStatus): void {
    this.#status = status;
    this.#changeSoon();
  }

  /** At once after a quiet time, so that a stop shows without delay; else when its turn comes. */
  #changeSoon(): void {
    const wait = Math.max(0, this.#changedAt + spacingMs - performance.now());
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#changedAt = performance.now();
      this.#changed.fire();
    }, wait);
  }
}

/**
 * Reads an exit code of a debug adapter. A signal comes as a negative code, or as its lowest byte:
 * 247 for SIGKILL. A program that reported its end was not killed, so there the byte is a code.
 */
function toExit(code: number | null, isComplete: boolean): ExitInfo {
  if (code === null || isComplete) return { code, signal: null };
  const number = code < 0 ? -code : 256 - code;
  const name = Object.entries(constants.signals).find(entry => entry[1] === number)?.[0];
  return name === undefined ? { code, signal: null } : { code: null, signal: name };
}
