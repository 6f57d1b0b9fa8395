import * as vscode from "vscode";
import { type Disposable, DisposableStore } from "#base";
import { LateTracker } from "./late-tracker";
import type { ProfiledRun } from "./profiled-run";
import { ProcessTracker } from "./process-tracker";
import { RunTracker } from "./run-tracker";
import { SessionRuns } from "./session-runs";

/** Starts a run that is written to a file; null when that cannot be, and the user has been told. */
export type StartAgain = (
  run: ProfiledRun,
  session: vscode.DebugSession,
) => Promise<ProfiledRun | null>;

/** Follows a run to the end of its session, once it has attached; null where it is not measured. */
export type Follow = (run: ProfiledRun | null) => RunTracker | null;

/** Gives what waits for a session to attach to its program; undefined when that is not measured. */
export type Attach = (
  session: vscode.DebugSession,
  follow: Follow,
) => vscode.DebugAdapterTracker | undefined;

/** Runs that wait for their session; a launch that never comes must not hold a port for ever. */
const mostWaiting = 8;
const tokenVariable = "MEMORY_INSIGHTS_TOKEN";

/** Finds the run of each debug session and follows it from its start to its end. */
export class ProfiledSessions implements vscode.DebugAdapterTrackerFactory, Disposable {
  readonly #store = new DisposableStore();
  readonly #started = this.#store.register(new vscode.EventEmitter<ProfiledRun>());
  readonly #ended = this.#store.register(new vscode.EventEmitter<ProfiledRun>());
  /** Fires when the session of a prepared run begins. */
  readonly onDidStart = this.#started.event;
  /** Fires when all that a run had to say is in its file. */
  readonly onDidEnd = this.#ended.event;
  /** By token, in the order in which they were prepared. */
  readonly #waiting = new Map<string, ProfiledRun>();
  /** By token; a token stays when its session is restarted. */
  readonly #followed = new Map<string, ProfiledRun>();
  readonly #bySession = new SessionRuns<ProfiledRun>();
  readonly #log: vscode.LogOutputChannel;
  readonly #startAgain: StartAgain;
  readonly #attach: Attach;

  constructor(log: vscode.LogOutputChannel, startAgain: StartAgain, attach: Attach) {
    this.#log = log;
    this.#startAgain = startAgain;
    this.#attach = attach;
    this.#store.register(
      vscode.debug.onDidTerminateDebugSession(({ id, parentSession }) => {
        // A program's own session is the same one after a restart.
        if (parentSession) this.#bySession.forget(id);
      }),
    );
  }

  /** Keeps a run until the session that has its variables begins. */
  expect(run: ProfiledRun): void {
    this.#waiting.set(run.environment[tokenVariable] ?? "", run);
    for (const [token, oldest] of this.#waiting) {
      if (this.#waiting.size <= mostWaiting) return;
      this.#waiting.delete(token);
      oldest.dispose();
    }
  }

  async createDebugAdapterTracker(
    session: vscode.DebugSession,
  ): Promise<vscode.DebugAdapterTracker | undefined> {
    if (session.parentSession) return this.#childOf(session.parentSession, session);
    const { request, subProcessId } = session.configuration;
    if (request === "attach" && subProcessId === undefined) {
      return this.#attachTo(session);
    }
    const token = tokenOf(session);
    const run = token === null ? null : await this.#runFor(token, session);
    if (!run) return undefined;
    return this.follow(session, run);
  }

  /** Follows a run from here to the end of its session. */
  follow(session: vscode.DebugSession, run: ProfiledRun): RunTracker {
    this.#followed.set(run.environment[tokenVariable] ?? "", run);
    this.#bySession.set(session.id, run);
    this.#started.fire(run);
    return new RunTracker(session, run, this.#log, () => this.#ended.fire(run));
  }

  /** Its children may be there before it is known whether they are measured. */
  #attachTo(session: vscode.DebugSession): vscode.DebugAdapterTracker | undefined {
    const tracker = this.#attach(session, run => {
      if (run) return this.follow(session, run);
      this.#bySession.set(session.id, null);
      return null;
    });
    if (tracker) this.#bySession.expect(session.id);
    return tracker;
  }

  /** A program's child processes are sessions of their own, but part of the same run. */
  #childOf(
    { id }: vscode.DebugSession,
    session: vscode.DebugSession,
  ): vscode.DebugAdapterTracker | undefined {
    const process: unknown = session.configuration["subProcessId"];
    if (typeof process !== "number") return undefined;
    const run = this.#bySession.join(session.id, id);
    const tracker = run?.then(known =>
      known && !known.isOver
        ? new ProcessTracker({ session, run: known, process, log: this.#log })
        : null,
    );
    return tracker && new LateTracker(tracker);
  }

  /** A session that is restarted keeps its variables, and with them the token of the run before. */
  async #runFor(token: string, session: vscode.DebugSession): Promise<ProfiledRun | null> {
    const waiting = this.#waiting.get(token);
    this.#waiting.delete(token);
    if (waiting) return waiting;
    const before = this.#followed.get(token);
    if (!before) return null;
    await before.end(null);
    this.#ended.fire(before);
    return this.#startAgain(before, session);
  }

  dispose(): void {
    for (const run of [...this.#waiting.values(), ...this.#followed.values()]) run.dispose();
    this.#store.dispose();
  }
}

function tokenOf(session: vscode.DebugSession): string | null {
  const environment: unknown = session.configuration["env"];
  if (typeof environment !== "object" || environment === null) return null;
  const token: unknown = Reflect.get(environment, tokenVariable);
  return typeof token === "string" ? token : null;
}
