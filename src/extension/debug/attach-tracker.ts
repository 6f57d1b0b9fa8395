import { basename } from "node:path";
import type * as vscode from "vscode";
import { messages } from "../messages";
import { isNear } from "./address";
import { isAttachedResponse, readAdapterEvent } from "./dap";
import { DebuggerStream, readProbeLines } from "./debugger-stream";
import { LateTracker } from "./late-tracker";
import type { ProfilingSettings } from "./launch-choice";
import { readPathMappings } from "./path-mappings";
import {
  answerOf,
  askProgram,
  beginProbe,
  type Evaluate,
  handingOver,
  type ProgramAnswer,
} from "./probe-injection";
import type { ProfiledRun } from "./profiled-run";
import type { Follow } from "./profiled-sessions";
import { type RunHost, startRun, tellProblem } from "./start-run";

/** Debuggers answer within milliseconds, unless the program lets no other thread run. */
const answerWithinMs = 15_000;

/** What attaching needs of the rest. */
export interface AttachParts {
  readonly host: RunHost;
  readonly settings: ProfilingSettings;
  /** Follows a run from here to the end of its session; null tells that there will be none. */
  readonly follow: Follow;
}

/**
 * Waits until a debug session has attached to its program, brings the probe in through it, and
 * follows the run from there. Whatever fails, the debugging goes on.
 */
export class AttachTracker implements vscode.DebugAdapterTracker {
  readonly #session: vscode.DebugSession;
  readonly #parts: AttachParts;
  #stream: DebuggerStream | null = null;
  /** Hears what happens from when the session has attached. */
  #inner: LateTracker | null = null;

  constructor(session: vscode.DebugSession, parts: AttachParts) {
    this.#session = session;
    this.#parts = parts;
  }

  onWillReceiveMessage(message: unknown): void {
    this.#inner?.onWillReceiveMessage(message);
  }

  onDidSendMessage(message: unknown): void {
    const lines = readProbeLines(message);
    if (lines !== null) {
      this.#stream?.takeLines(lines);
      return;
    }
    if (!this.#inner && isAttachedResponse(message)) this.#inner = new LateTracker(this.#follow());
    if (readAdapterEvent(message)?.kind === "terminated") this.#stream?.finish();
    this.#inner?.onDidSendMessage(message);
  }

  onWillStopSession(): void {
    this.#stream?.finish();
    this.#inner?.onWillStopSession();
  }

  onError(error: Error): void {
    this.#stream?.finish();
    this.#inner?.onError(error);
  }

  onExit(): void {
    this.#stream?.finish();
    this.#inner?.onExit();
  }

  /** Begins to measure, and gives what follows the run; null when there is none. */
  async #follow(): Promise<vscode.DebugAdapterTracker | null> {
    const run = await this.#measured().catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      return this.#tell(messages.attachRefused(reason));
    });
    return this.#parts.follow(run);
  }

  /** Begins to measure; null when that is not to be, and the user has been told. */
  async #measured(): Promise<ProfiledRun | null> {
    const { host } = this.#parts;
    const asked = askProgram(this.#evaluate, host.probeFolder);
    const program = await answerOf(asked, answerWithinMs, () => this.#tell(messages.attachLate()));
    if (program.isMeasuring) return this.#tell(messages.alreadyProfiled());
    if (!program.isSupported) return this.#tell(messages.unsupportedPython(program.name));
    const run = await startRun(host, requestFor(program, this.#parts.settings, this.#session));
    if (!run) return null;
    try {
      return (await this.#enter(run)) ? run : null;
    } catch (error) {
      await this.#giveUp(run);
      throw error;
    }
  }

  async #enter(run: ProfiledRun): Promise<boolean> {
    const stream = new DebuggerStream(line => this.#evaluate(handingOver(line)));
    this.#stream = stream;
    const { configuration } = this.#session;
    const { MEMORY_INSIGHTS_CHANNEL: channel = "", ...others } = run.environment;
    const variables = isNear(configuration)
      ? { ...others, MEMORY_INSIGHTS_CHANNEL: channel }
      : others;
    const beginning = await beginProbe(this.#evaluate, this.#parts.host.probeFolder, variables);
    if (beginning === "debugger") {
      run.connect(stream, readPathMappings(configuration["pathMappings"]));
      return true;
    }
    stream.destroy();
    this.#stream = null;
    if (beginning === "socket" && (await run.greeted())) return true;
    await this.#giveUp(run);
    this.#tell(beginning === "running" ? messages.alreadyProfiled() : messages.noGreeting());
    return false;
  }

  async #giveUp(run: ProfiledRun): Promise<void> {
    this.#stream?.destroy();
    this.#stream = null;
    await run.end(null);
    await this.#parts.host.runs.discard(run.runFile);
    run.dispose();
  }

  readonly #evaluate: Evaluate = async expression => {
    const question = { expression, context: "repl" };
    const answer: unknown = await this.#session.customRequest("evaluate", question);
    const result: unknown =
      typeof answer === "object" && answer ? Reflect.get(answer, "result") : undefined;
    return typeof result === "string" ? result : "";
  };

  #tell(reason: string): null {
    tellProblem(this.#parts.host, messages.notAttached(reason));
    return null;
  }
}

function requestFor(
  { argv }: ProgramAnswer,
  { level, frames, limits, traceFunction }: ProfilingSettings,
  { name }: vscode.DebugSession,
): Parameters<typeof startRun>[1] {
  const [script = ""] = argv;
  const program = script === "" || script === "-c" ? name : basename(script.replaceAll("\\", "/"));
  const command = ["python", ...argv];
  return { command, program, level, frames, limits, traceFunction, environment: {} };
}
