import { constants } from "node:os";
import type { Duplex } from "node:stream";
import { type Disposable, DisposableStore, type Milliseconds } from "#base";
import {
  createProfileBuilder,
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
import type { FileRename, Mark, Recorder } from "#recorder";
import * as vscode from "vscode";
import type { TopFrame } from "./dap";

/** At most four pictures a second: more nobody can read. */
const spacingMs: Milliseconds = 250;
const greetingWithinMs: Milliseconds = 5_000;

/** One program under the debugger: what it has sent so far, and how it stands. */
export class ProfiledRun implements Disposable {
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.register(new vscode.EventEmitter<void>());
  /** Fires when there is more to see, a few times a second at most. */
  readonly onDidChange = this.#changed.event;
  readonly #measured = this.#store.register(new vscode.EventEmitter<void>());
  /** Fires when a stop has been measured. */
  readonly onDidMeasure = this.#measured.event;
  readonly #passed = this.#store.register(new vscode.EventEmitter<LimitMessage>());
  /** Fires when the program has passed a limit of memory, and waits for the debugger if it can. */
  readonly onDidPassLimit = this.#passed.event;
  readonly #lost = this.#store.register(new vscode.EventEmitter<void>());
  /** Fires when the program itself has ended, or closed its connection. */
  readonly onDidLoseProgram = this.#lost.event;
  readonly #builder = createProfileBuilder();
  readonly #problems = new Set<string>();
  readonly #recorder: Recorder;
  readonly #frames: number;
  /** Where the run is written. */
  readonly runFile: string;
  #status: RunStatus = "starting";
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

  get status(): RunStatus {
    return this.#status;
  }

  get isOver(): boolean {
    return this.#status === "ended";
  }

  /** Takes what the program or the recorder has to say. */
  add(record: RunFileRecord): void {
    this.#builder.add(record);
    if (record.kind === "limit") this.#passed.fire(record);
    if (record.kind === "end" || record.kind === "gone") this.#tellLost(record.pid);
    if (record.kind === "hello" && this.#status === "starting") this.#status = "running";
    this.#changeSoon();
  }

  #tellLost(pid: number): void {
    if (pid === this.profile().run.pid) this.#lost.fire();
  }

  /** Keeps something that the user should know of this run. */
  addProblem(text: string): void {
    this.#problems.add(text);
    this.#changeSoon();
  }

  /** Asks what grew up to now. */
  mark(): Mark {
    return this.#recorder.mark();
  }

  /** Keeps what each line holds now; an empty name is fine. */
  takeSnapshot(name: string): void {
    this.#recorder.takeSnapshot(name);
  }

  /** Starts or stops tracing every allocation while the program runs. */
  setTracing(isOn: boolean): void {
    this.#recorder.setLevel(isOn ? "allocations" : "live", this.#frames);
  }

  /** Sets the limits at which the debugger shall stop the program. */
  setLimits(limits: readonly MemoryLimit[]): void {
    this.#recorder.setLimits(limits, true);
  }

  /** Lets the program go on that waits where it passed a limit. */
  resume(): void {
    this.#recorder.resume();
  }

  /**
   * Measures at a stop of the debugger. The mark goes out at once, so that asking where the program
   * stands is not measured with it. Resolves when the answer is there or will not come.
   */
  async stopped(reason: string, frame: Promise<TopFrame | null>): Promise<void> {
    const mark = this.#recorder.mark();
    this.#setStatus("paused");
    const place = await frame;
    if (place) this.#recorder.recordStop(mark.id, { ...place, reason });
    await mark.delta;
    this.#changeSoon();
    if (!this.isOver) this.#measured.fire();
  }

  /** Measures what a round of a leak hunt added, without a stop. */
  async round(name: string): Promise<void> {
    const mark = this.#recorder.mark();
    // Debuggers do not tell where a logpoint stands.
    this.#recorder.recordStop(mark.id, roundPlace(name));
    await mark.delta;
    this.#changeSoon();
  }

  continued(): void {
    if (this.#status === "paused") this.#setStatus("running");
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
    const view = liveView(this.profile(), { status: this.#status, roots });
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
