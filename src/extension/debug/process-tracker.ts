import type * as vscode from "vscode";
import type { Disposable } from "#base";
import { describePassed, type LimitMessage } from "#profile";
import {
  type AdapterEvent,
  describeStop,
  readAdapterEvent,
  readTopFrame,
  type TopFrame,
} from "./dap";
import { pauseAtLimit } from "./limit-pause";
import type { ProcessOfRun } from "./limit-pauses";
import type { ProfiledRun } from "./profiled-run";

/** What a tracker of one process needs. */
export interface ProcessTrackerParts {
  readonly session: vscode.DebugSession;
  readonly run: ProfiledRun;
  /** The process that the session is about. */
  readonly process: ProcessOfRun;
  readonly log: vscode.LogOutputChannel;
}

/**
 * Listens to the debug session of one process and tells its run what happens. It changes no message
 * but one: the stop that it asked for itself, at a limit of memory, says so in the editor.
 */
export class ProcessTracker implements vscode.DebugAdapterTracker, Disposable {
  readonly #parts: ProcessTrackerParts;
  readonly #serving: Disposable;
  /** The limit for which a pause was asked that has not come yet. */
  #limit: LimitMessage | null = null;

  constructor(parts: ProcessTrackerParts) {
    const { run, process } = parts;
    this.#parts = parts;
    this.#serving = run.limitPauses.serve(process, limit => this.#watch(this.#pauseAt(limit)));
  }

  onDidSendMessage(message: unknown): void {
    const event = readAdapterEvent(message);
    if (event) this.take(event, message);
  }

  onExit(): void {
    this.dispose();
  }

  onWillStopSession(): void {
    this.dispose();
  }

  /** Takes an event that has been read already. */
  take(event: AdapterEvent, message: unknown): void {
    const { run, process } = this.#parts;
    switch (event.kind) {
      case "stopped":
        this.#stopped(message, event);
        break;
      case "continued":
        run.continued(process);
        break;
      // What the program itself comes to is for all its processes; a child speaks for itself.
      case "snapshot":
        run.takeSnapshot(event.name, process);
        break;
      case "round":
        this.#watch(run.round(event.name, process));
        break;
      case "tracing":
        run.setTracing(event.isOn, process);
        break;
      case "terminated":
        this.dispose();
        break;
      case "exited":
        break;
    }
  }

  /** The session is over: nobody stops the process any more. */
  dispose(): void {
    const { run, process } = this.#parts;
    this.#serving.dispose();
    run.continued(process);
  }

  async #topFrame(threadId: number): Promise<TopFrame | null> {
    const question = { threadId, startFrame: 0, levels: 1 };
    const answer: unknown = await this.#parts.session.customRequest("stackTrace", question);
    return readTopFrame(answer);
  }

  async #pauseAt(limit: LimitMessage): Promise<void> {
    const { run, process, session } = this.#parts;
    // A process that stands already has been stopped by something else just now.
    if (run.isPaused(process)) {
      run.resume(process);
      return;
    }
    this.#limit = limit;
    await pauseAtLimit(limit, {
      request: (command, argument) => session.customRequest(command, argument),
      resume: () => run.resume(process),
    });
  }

  #stopped(message: unknown, event: Extract<AdapterEvent, { kind: "stopped" }>): void {
    const { run, process } = this.#parts;
    const limit = event.reason === "pause" ? this.#limit : null;
    this.#limit = null;
    if (limit) describeStop(message, describePassed(limit, process));
    const reason = limit ? describePassed(limit) : event.reason;
    this.#watch(run.stopped({ reason, process }, this.#topFrame(event.threadId)));
  }

  #watch(work: Promise<void>): void {
    const { log, session } = this.#parts;
    work.catch((error: unknown) => log.warn(`Recording "${session.name}" met a problem`, error));
  }
}
