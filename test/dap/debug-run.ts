import { resolve } from "node:path";
import type { DebugProtocol } from "@vscode/debugprotocol";
import {
  createProfileBuilder,
  type DeltaMessage,
  type Level,
  type LimitMessage,
  type PassedLimit,
  type ProfileBuilder,
  type RunFileRecord,
} from "#profile";
import { type Recorder, type RecorderProblem, startRecorder } from "#recorder";
import { pauseAtLimit } from "../../src/extension/debug/limit-pause";
import { LimitPauses } from "../../src/extension/debug/limit-pauses";
import { until } from "../support/until";
import { DapClient } from "./dap-client";

/** The program of these tests; see `line` for its places. */
export const program = resolve("test/dap/programs/growth.py");

/** Lines of the program, from 1. */
export const line = {
  blob: 8,
  row: 14,
  afterBlob: 19,
  rows: 20,
  afterRows: 21,
  leak: 25,
  afterAgain: 26,
};

/** Where the program stopped and what it had grown by. */
export interface StoppedAt {
  readonly line: number;
  readonly function: string;
  readonly reason: string;
  readonly threadId: number;
  readonly delta: DeltaMessage;
}

interface LaunchOptions {
  readonly python: string;
  readonly breakpoints: readonly number[];
  readonly args?: readonly string[];
  readonly file: string;
}

/**
 * Waits for the next stop of a session and asks what its process grew by, as the extension does; the
 * program itself unless told.
 */
export async function stoppedIn(
  client: DapClient,
  recorder: Recorder,
  pid?: number,
): Promise<StoppedAt> {
  const { body } = await client.event<DebugProtocol.StoppedEvent>("stopped");
  const mark = recorder.mark(pid);
  const threadId = body.threadId ?? 0;
  const { stackFrames } = await client.request<DebugProtocol.StackTraceResponse["body"]>(
    "stackTrace",
    { threadId, levels: 1 },
  );
  const [frame] = stackFrames;
  const place = { line: frame?.line ?? 0, function: frame?.name ?? "", reason: body.reason };
  recorder.recordStop(mark.id, { file: frame?.source?.path ?? "", ...place });
  const delta = await mark.delta;
  if (!delta) throw new Error("the program did not answer the mark");
  return { ...place, threadId, delta };
}

/** A debug run as the extension does it, without an editor. */
export class DebugRun {
  readonly client: DapClient;
  readonly recorder: Recorder;
  readonly builder: ProfileBuilder;
  readonly problems: readonly RecorderProblem[];
  /** Processes that passed a limit where nothing could stop them. */
  readonly missed: number[] = [];
  readonly pauses = new LimitPauses((_, process) => this.missed.push(process ?? 0));

  private constructor(
    client: DapClient,
    recorder: Recorder,
    builder: ProfileBuilder,
    problems: readonly RecorderProblem[],
  ) {
    this.client = client;
    this.recorder = recorder;
    this.builder = builder;
    this.problems = problems;
  }

  /** Starts the program with the probe under debugpy; it stops at the breakpoints. */
  static async start(options: {
    readonly python: string;
    readonly level: Level;
    readonly breakpoints: readonly number[];
    readonly args?: readonly string[];
    readonly runFile: string | null;
    /** The one of these tests unless another is given. */
    readonly file?: string;
    /** Hears each record after the builder. */
    readonly onRecord?: (record: RunFileRecord) => void;
  }): Promise<DebugRun> {
    const file = options.file ?? program;
    const builder = createProfileBuilder();
    const problems: RecorderProblem[] = [];
    let passLimit = (_: LimitMessage & { readonly pid: number }): void => undefined;
    const start = await startRecorder({
      level: options.level,
      frames: 1,
      runFile: options.runFile,
      command: [options.python, file],
      probeFolder: resolve("src/probe"),
      pythonPath: process.env["PYTHONPATH"],
      tool: "memory-insights test",
      onRecord: (record: RunFileRecord) => {
        builder.add(record);
        if (record.kind === "limit") passLimit(record);
        options.onRecord?.(record);
      },
      onProblem: problem => problems.push(problem),
      log: () => undefined,
    });
    if (start.kind === "problem") throw new Error(start.problem.text);
    const client = DapClient.start(options.python);
    const run = new DebugRun(client, start.recorder, builder, problems);
    passLimit = record => {
      const { pid } = builder.profile().run;
      run.pauses.pass(record, record.pid === pid ? null : record.pid);
    };
    try {
      await run.#launch({ ...options, file });
    } catch (error) {
      await run.dispose();
      throw error;
    }
    return run;
  }

  async #launch({ python, breakpoints, file, args = [] }: LaunchOptions) {
    await this.client.request("initialize", { adapterID: "debugpy", pathFormat: "path" });
    const launched = this.client.request("launch", {
      type: "debugpy",
      request: "launch",
      python: [python],
      program: file,
      args,
      console: "internalConsole",
      env: this.recorder.environment,
    });
    // The launch is answered after the configuration; before that, only by a failure.
    await Promise.race([this.client.event("initialized"), launched]);
    await this.client.request("setBreakpoints", {
      source: { path: file },
      breakpoints: breakpoints.map(each => ({ line: each })),
    });
    await this.client.request("configurationDone");
    await launched;
  }

  /** Waits for the next stop of the program itself and asks what grew. */
  stopped(): Promise<StoppedAt> {
    return stoppedIn(this.client, this.recorder);
  }

  /** Waits until the program passes a limit, and stops it there as the extension does. */
  async stoppedAtLimit(): Promise<StoppedAt & { readonly limit: PassedLimit }> {
    const limit = await until("a limit", () => this.builder.profile().limits[0]);
    await pauseAtLimit(
      { thread: "MainThread" },
      {
        request: (command, argument) => this.client.request(command, argument ?? {}),
        resume: () => this.recorder.resume(),
      },
    );
    return { ...(await this.stopped()), limit };
  }

  /** Goes on from a stop: `continue`, `next`, `stepIn`. */
  async go(command: string, { threadId }: StoppedAt): Promise<void> {
    await this.client.request(command, { threadId });
  }

  /** Ends the adapter and the recorder. */
  async dispose(): Promise<void> {
    await this.client.dispose();
    await this.recorder.close();
  }
}
