import type * as vscode from "vscode";
import { isStopRequest, readAdapterEvent, readTopFrame, type TopFrame } from "./dap";
import type { ProfiledRun } from "./profiled-run";

/** Listens to a debug session and tells its run what happens. It changes no message. */
export class RunTracker implements vscode.DebugAdapterTracker {
  readonly #session: vscode.DebugSession;
  readonly #run: ProfiledRun;
  readonly #log: vscode.LogOutputChannel;
  readonly #onEnd: () => void;
  #exitCode: number | null = null;

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
  }

  /** The editor also disconnects after a program's end; only before it, that stops the program. */
  onWillReceiveMessage(message: unknown): void {
    if (this.#exitCode === null && isStopRequest(message)) this.#run.stopRequested();
  }

  onDidSendMessage(message: unknown): void {
    const event = readAdapterEvent(message);
    switch (event?.kind) {
      case "stopped":
        this.#watch(this.#run.stopped(event.reason, this.#topFrame(event.threadId)));
        break;
      case "continued":
        this.#run.continued();
        break;
      case "snapshot":
        this.#run.takeSnapshot(event.name);
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

  #end(): void {
    this.#watch(this.#run.end(this.#exitCode).then(this.#onEnd));
  }

  #watch(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.#log.warn(`Recording "${this.#session.name}" met a problem`, error);
    });
  }
}
