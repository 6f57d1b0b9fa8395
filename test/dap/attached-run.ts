import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { createInterface, type Interface } from "node:readline";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { createProfileBuilder, type Level, type ProfileBuilder } from "#profile";
import { type Recorder, startRecorder } from "#recorder";
import { DebuggerStream, readProbeLines } from "../../src/extension/debug/debugger-stream";
import {
  askProgram,
  type Beginning,
  beginProbe,
  handingOver,
  type ProgramAnswer,
} from "../../src/extension/debug/probe-injection";
import { readPathMappings } from "../../src/extension/debug/path-mappings";
import { DapClient } from "./dap-client";

/** Where a program's folder lies on this machine, as a launch configuration says it. */
export interface PathMapping {
  readonly localRoot: string;
  readonly remoteRoot: string;
}

const probeFolder = resolve("src/probe");

/** What a program says of itself, as far as a probe could leave traces there. */
export interface ProgramState {
  readonly threads: readonly string[];
  readonly tools: readonly string[];
  readonly tracing: boolean;
  readonly callbacks: number;
  readonly finders: readonly string[];
  readonly files: readonly string[];
}

/** A program that runs by itself, and how a debugger comes to it: it listens unless told. */
export class ListeningProgram {
  static readonly file = resolve("test/dap/programs/listening.py");
  /** Where a block has just been made and is kept. */
  static readonly lineAfterLoad = 42;
  /** Where it is made. */
  static readonly loadingLine = 17;
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  readonly #reader: Interface;
  errors = "";

  /** `file` is a copy of it that runs instead. */
  constructor(python: string, way: "listens" | "none" = "listens", file = ListeningProgram.file) {
    this.#process = spawn(python, [file, ...(way === "listens" ? [] : [way])], {
      stdio: "pipe",
      env: { ...process.env, PYDEVD_DISABLE_FILE_VALIDATION: "1" },
    });
    this.#reader = createInterface(this.#process.stdout);
    this.#lines = this.#reader[Symbol.asyncIterator]();
    this.#process.stderr.on("data", (chunk: Buffer) => (this.errors += chunk.toString()));
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** Gives the next line that it prints. */
  async hear(): Promise<string> {
    const line = await this.#lines.next();
    if (line.done) throw new Error(`the program has ended: ${this.errors}`);
    return line.value;
  }

  /** Tells it what to do. */
  say(word: string): void {
    this.#process.stdin.write(`${word}\n`);
  }

  async load(): Promise<void> {
    this.say("load");
    await this.hear();
  }

  async state(): Promise<ProgramState> {
    this.say("state");
    return JSON.parse(await this.hear()) as ProgramState;
  }

  /** Has it end, and gives its exit code. */
  async finish(): Promise<number | null> {
    const ended = once(this.#process, "exit");
    this.say("end");
    await ended;
    return this.#process.exitCode;
  }

  async dispose(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    await ended;
  }
}

/** Measuring a program that runs already, as the extension does it, without an editor. */
export class AttachedRun {
  readonly client: DapClient;
  readonly recorder: Recorder;
  readonly builder: ProfileBuilder;
  readonly answer: ProgramAnswer;
  readonly beginning: Beginning;
  readonly #stream: DebuggerStream;

  private constructor(parts: Omit<AttachedRun, "detach" | "ended"> & { stream: DebuggerStream }) {
    this.client = parts.client;
    this.recorder = parts.recorder;
    this.builder = parts.builder;
    this.answer = parts.answer;
    this.beginning = parts.beginning;
    this.#stream = parts.stream;
  }

  /** Attaches; without `hasSocket` all goes through the debugger. */
  static async start(options: {
    readonly client: DapClient;
    readonly level: Level;
    readonly hasSocket: boolean;
    readonly pathMappings?: readonly PathMapping[];
  }): Promise<AttachedRun> {
    const { client, level, pathMappings } = options;
    const evaluate = (expression: string): Promise<string> => evaluated(client, expression);
    const answer = await askProgram(evaluate, probeFolder);
    const builder = createProfileBuilder();
    const start = await startRecorder({
      level,
      frames: 1,
      runFile: null,
      command: answer.argv,
      probeFolder,
      pythonPath: undefined,
      tool: "memory-insights test",
      onRecord: record => builder.add(record),
      onProblem: problem => {
        throw new Error(problem.text);
      },
      log: () => undefined,
    });
    if (start.kind === "problem") throw new Error(start.problem.text);
    const { recorder } = start;
    const stream = new DebuggerStream(line => evaluate(handingOver(line)));
    client.onMessage = message => {
      const lines = readProbeLines(message);
      if (lines !== null) stream.takeLines(lines);
    };
    const { MEMORY_INSIGHTS_CHANNEL: channel = "", ...others } = recorder.environment;
    const variables = options.hasSocket ? { ...others, MEMORY_INSIGHTS_CHANNEL: channel } : others;
    const beginning = await beginProbe(evaluate, probeFolder, variables);
    if (beginning === "debugger") recorder.connect(stream, readPathMappings(pathMappings));
    return new AttachedRun({ client, recorder, builder, answer, beginning, stream });
  }

  /** Leaves the program as the user's Disconnect does. */
  async detach(): Promise<void> {
    await this.client.request("disconnect", { terminateDebuggee: false });
    await this.#ended("detached");
  }

  /** Waits for the program's own end. */
  ended(): Promise<void> {
    return this.#ended();
  }

  async #ended(reason?: "detached"): Promise<void> {
    await this.client.event("terminated");
    this.#stream.finish();
    if (reason) this.recorder.leave();
    await this.recorder.recordExit({ code: null, signal: null, ...(reason ? { reason } : {}) });
    await this.recorder.close();
    await this.client.dispose();
  }
}

/** Attaches a debugger that measures nothing to a program that listens. */
export async function attachDebugger(
  port: number,
  pathMappings: readonly PathMapping[] = [],
): Promise<DapClient> {
  const client = await DapClient.connect(port);
  await attach(client, { connect: { host: "127.0.0.1", port }, pathMappings });
  return client;
}

/** Has a debugger come to a process by itself. */
export async function attachToProcess(python: string, processId: number): Promise<DapClient> {
  const client = DapClient.start(python);
  await attach(client, { processId });
  return client;
}

interface WaitingEvent extends DebugProtocol.Event {
  readonly body: { readonly port: number };
}

/** Has a debugger wait for a program that connects; `begin` gets the port. */
export async function waitForProgram(
  python: string,
  begin: (port: number) => void,
): Promise<DapClient> {
  const client = DapClient.start(python);
  const waiting = client.event<WaitingEvent>("debugpyWaitingForServer");
  const attached = attach(client, { listen: { host: "127.0.0.1", port: 0 } });
  begin((await waiting).body.port);
  await attached;
  return client;
}

async function attach(client: DapClient, where: object): Promise<void> {
  await client.request("initialize", { adapterID: "debugpy", pathFormat: "path" });
  const attached = client.request("attach", { type: "debugpy", request: "attach", ...where });
  await Promise.race([client.event("initialized", 60_000), attached]);
  await client.request("configurationDone");
  await attached;
}

async function evaluated(client: DapClient, expression: string): Promise<string> {
  const body = await client.request<DebugProtocol.EvaluateResponse["body"]>("evaluate", {
    expression,
    context: "repl",
  });
  return body.result;
}
