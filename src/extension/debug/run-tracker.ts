import type * as vscode from "vscode";
import { readAdapterEvent, readEndRequest } from "./dap";
import { ProcessTracker } from "./process-tracker";
import type { ProfiledRun } from "./profiled-run";

/** Follows the session of a program from its start, and its run to the end. */
export class RunTracker implements vscode.DebugAdapterTracker {
  readonly #session: vscode.DebugSession;
  readonly #run: ProfiledRun;
  readonly #log: vscode.LogOutputChannel;
  readonly #onEnd: () => void;
  readonly #process: ProcessTracker;
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
    this.#process = new ProcessTracker({ session, run, process: null, log });
  }

  /** The editor also disconnects after a program's end; only before it, that stops the program. */
  onWillReceiveMessage(message: unknown): void {
    const isAttached = this.#session.configuration.request === "attach";
    const request = readEndRequest(message, isAttached);
    if (this.#exitCode === null && request) this.#run.endRequested(request);
  }

  onDidSendMessage(message: unknown): void {
    const event = readAdapterEvent(message);
    if (!event) return;
    this.#process.take(event, message);
    if (event.kind === "exited") this.#exitCode = event.code;
    if (event.kind === "terminated") this.#end();
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

  #end(): void {
    this.#process.dispose();
    this.#run
      .end(this.#exitCode)
      .then(this.#onEnd)
      .catch((error: unknown) => {
        this.#log.warn(`Recording "${this.#session.name}" met a problem`, error);
      });
  }
}
