import type * as vscode from "vscode";
import { describePassed, type LimitMessage } from "#profile";
import {
  type AdapterEvent,
  describeStop,
  readAdapterEvent,
  readEndRequest,
  readTopFrame,
  type TopFrame,
} from "./dap";
import { pauseAtLimit } from "./limit-pause";
import type { ProfiledRun } from "./profiled-run";

/**
 * Listens to a debug session and tells its run what happens. It changes no message but one: the stop
 * that it asked for itself, at a limit of memory, says so in the editor.
 */
export class RunTracker implements vscode.DebugAdapterTracker {
  readonly #session: vscode.DebugSession;
  readonly #run: ProfiledRun;
  readonly #log: vscode.LogOutputChannel;
  readonly #onEnd: () => void;
  readonly #listening: vscode.Disposable;
  #exitCode: number | null = null;
  /** The limit for which a pause was asked that has not come yet. */
  #limit: LimitMessage | null = null;

  constructor(
    session: vscode.DebugSession,
    run: ProfiledRun,
    log: vscode.LogOutputChannel,
    onEnd: () => void,
  ) {
    this.#session = session;
    this.#run = run;
    this.#log = log;
    this.#onEnd = onEnd;
    this.#listening = run.onDidPassLimit(limit => this.#watch(this.#pauseAt(limit)));
  }

  /** The editor also disconnects after a program's end; only before it, that stops the program. */
  onWillReceiveMessage(message: unknown): void {
    const isAttached = this.#session.configuration.request === "attach";
    const request = readEndRequest(message, isAttached);
    if (this.#exitCode === null && request) this.#run.endRequested(request);
  }

  onDidSendMessage(message: unknown): void {
    const event = readAdapterEvent(message);
    switch (event?.kind) {
      case "stopped":
        this.#stopped(message, event);
        break;
      case "continued":
        this.#run.continued();
        break;
      case "snapshot":
        this.#run.takeSnapshot(event.name);
        break;
      case "round":
        this.#watch(this.#run.round(event.name));
        break;
      case "tracing":
        this.#run.setTracing(event.isOn);
        break;
      case "exited":
        this.#exitCode = event.code;
        break;
      case "terminated":
        this.#end();
        break;
      case undefined:
        break;
    }
  }

  onWillStopSession(): void {
    this.#end();
  }

  onError(error: Error): void {
    this.#log.warn(`The debug adapter of "${this.#session.name}" failed`, error);
    this.#end();
  }

  onExit(): void {
    this.#end();
  }

  async #topFrame(threadId: number): Promise<TopFrame | null> {
    const question = { threadId, startFrame: 0, levels: 1 };
    const answer: unknown = await this.#session.customRequest("stackTrace", question);
    return readTopFrame(answer);
  }

  async #pauseAt(limit: LimitMessage): Promise<void> {
    // A program that stands already has been stopped by something else just now.
    if (this.#run.status === "paused") {
      this.#run.resume();
      return;
    }
    this.#limit = limit;
    await pauseAtLimit(limit, {
      request: (command, argument) => this.#session.customRequest(command, argument),
      resume: () => this.#run.resume(),
    });
  }

  #stopped(message: unknown, event: Extract<AdapterEvent, { kind: "stopped" }>): void {
    const limit = event.reason === "pause" ? this.#limit : null;
    this.#limit = null;
    const reason = limit ? describePassed(limit) : event.reason;
    if (limit) describeStop(message, reason);
    this.#watch(this.#run.stopped(reason, this.#topFrame(event.threadId)));
  }

  #end(): void {
    this.#listening.dispose();
    this.#watch(this.#run.end(this.#exitCode).then(this.#onEnd));
  }

  #watch(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.#log.warn(`Recording "${this.#session.name}" met a problem`, error);
    });
  }
}
