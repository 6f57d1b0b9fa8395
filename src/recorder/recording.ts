import type { Server } from "node:net";
import type { Duplex } from "node:stream";
import { fingerprint } from "#base";
import {
  type ExitRecord,
  type HelloMessage,
  type Level,
  type MemoryLimit,
  originOf,
  type ProcessMessage,
  type ProcessRecord,
  type RunFileRecord,
  runSchema,
} from "#profile";
import type { ToProbe } from "#protocol";
import { Connection } from "./connection";
import { readEnvironment } from "./environment-reader";
import { Marks } from "./marks";
import { packRun } from "./packing";
import type { Mark, Recorder, RecorderOptions, StopPlace } from "./recorder";
import { type FileRename, renameFiles } from "./rename-files";
import { RunWriter } from "./run-writer";
import { SourceReader } from "./source-reader";

const mostConnections = 64;
const mostLogLines = 100;
/** The probe refuses longer ones. */
const longestName = 200;
/** A program that has ended may have connected without its greeting having been read. */
const backlogMs = 100;
const lastWordsMs = 1_500;
const filesMs = 500;

/** A recorder over a server that listens already. */
export class Recording implements Recorder {
  readonly environment: Readonly<Record<string, string>>;
  readonly #options: RecorderOptions;
  readonly #server: Server;
  readonly #token: string;
  readonly #writer: RunWriter | null;
  readonly #sources: SourceReader;
  readonly #marks: Marks;
  readonly #connections = new Set<Connection>();
  /** Those of programs that may run on another machine, with what their files are called here. */
  readonly #elsewhere = new WeakMap<Connection, FileRename>();
  /** Called whenever a connection has closed. */
  readonly #onceClosed = new Set<() => void>();
  /** The process that reported first: the program itself, not a child of it. */
  #main: Connection | null = null;
  #mainHello: HelloMessage | null = null;
  #closing: Promise<void> | null = null;
  /** What the user asked for last; processes start with the level of the beginning. */
  #level: Extract<ToProbe, { kind: "level" }> | null = null;
  #limits: Extract<ToProbe, { kind: "limits" }> | null = null;
  #snapshots = 0;
  readonly #abort = new AbortController();
  /** Resolves when what the program runs with is recorded. */
  #environmentRead: Promise<void> | null = null;
  readonly #logged = new Set<string>();

  constructor(
    options: RecorderOptions,
    server: Server,
    access: { readonly environment: Readonly<Record<string, string>>; readonly token: string },
  ) {
    this.#options = options;
    this.#server = server;
    this.#token = access.token;
    this.environment = access.environment;
    this.#writer = options.runFile === null ? null : this.#openWriter(options.runFile);
    const onRead = (file: string, text: string): void => this.#takeSource(file, text);
    this.#sources = new SourceReader(onRead, options.textOf);
    this.#marks = new Marks(({ id, pid }) => this.#ask(id, pid));
    server.on("connection", socket => {
      socket.setNoDelay(true);
      this.#connect(socket);
    });
    server.on("error", error => options.log(`probe server: ${error.message}`));
    this.#recordRun();
  }

  get hasProgram(): boolean {
    return this.#mainHello !== null;
  }

  get processes(): readonly number[] {
    const pids = [this.#main, ...this.#connections].flatMap(each => each?.hello?.pid ?? []);
    return [...new Set(pids)];
  }

  mark(pid?: number): Mark {
    const main = this.#mainHello?.pid ?? null;
    const isGone = !this.#main && main !== null && (pid ?? main) === main;
    return isGone ? this.#marks.unanswered() : this.#marks.create(pid ?? main);
  }

  #ask(id: number, pid: number | null): number | null {
    const asked = pid === null ? this.#main : this.#connectionOf(pid);
    asked?.send({ kind: "mark", id });
    return asked?.hello?.pid ?? null;
  }

  /** The newest of a process: one that replaces itself (`exec`) connects anew. */
  #connectionOf(pid: number): Connection | null {
    return [...this.#connections].findLast(each => each.hello?.pid === pid) ?? null;
  }

  recordStop(id: number, place: StopPlace): void {
    const startedAt = this.#mainHello?.startedAt ?? Date.now();
    const t = this.#marks.timeOf(id) ?? Math.max(0, Date.now() - startedAt);
    const { file, line, reason, function: name } = place;
    this.#record({ kind: "stop", t, id, file, line, reason, function: name });
  }

  async recordExit(exit: Omit<ExitRecord, "kind">): Promise<void> {
    if (!this.#main && this.#connections.size === 0) await this.#closedOrLate(backlogMs);
    await this.#lastWords();
    this.#record({ kind: "exit", ...exit });
  }

  add(record: ProcessRecord): void {
    this.#record(record);
  }

  setLevel(level: Level, frames: number, pid?: number): void {
    const wish = { kind: "level", level, frames } as const;
    if (pid === undefined) this.#level = wish;
    this.#send(wish, pid);
  }

  takeSnapshot(name: string, pid?: number): void {
    const id = ++this.#snapshots;
    this.#send({ kind: "snapshot", id, name: name.slice(0, longestName) }, pid);
  }

  setLimits(limits: readonly MemoryLimit[], holds: boolean): void {
    const numbered = limits.map((limit, index) => ({ ...limit, id: index + 1 }));
    this.#limits = { kind: "limits", limits: numbered, holds };
    this.#send(this.#limits);
  }

  resume(pid?: number): void {
    this.#send({ kind: "resume" }, pid);
  }

  setInterval(intervalMs: number): void {
    this.#send({ kind: "rate", intervalMs });
  }

  connect(stream: Duplex, rename: FileRename): void {
    const connection = this.#connect(stream);
    if (connection) this.#elsewhere.set(connection, rename);
  }

  leave(): void {
    this.#send({ kind: "leave" });
  }

  #connect(stream: Duplex): Connection | null {
    if (this.#connections.size >= mostConnections) {
      this.#log("connection dropped: there are too many");
      stream.destroy();
      return null;
    }
    const connection: Connection = new Connection(stream, this.#token, {
      onHello: hello => this.#takeHello(connection, hello),
      onMessage: message => this.#takeMessage(connection, message),
      onClose: () => this.#takeClose(connection),
      onProblem: this.#options.onProblem,
      log: line => this.#log(line),
    });
    this.#connections.add(connection);
    return connection;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  dispose(): void {
    this.close().catch((error: unknown) => this.#options.log(`closing the run: ${String(error)}`));
  }

  async #close(): Promise<void> {
    this.#server.close();
    this.#abort.abort();
    for (const connection of this.#connections) connection.destroy();
    this.#marks.giveUp();
    await withDeadline(this.#sources.idle(), filesMs);
    await this.#writer?.close();
    await this.#packRun();
  }

  /** A run whose name asks for it is packed when it is over; until then it is text, and readable. */
  async #packRun(): Promise<void> {
    const { runFile, log } = this.#options;
    if (!runFile?.endsWith(".gz")) return;
    await packRun(runFile).catch((error: unknown) =>
      log(`the run is not packed: ${String(error)}`),
    );
  }

  /** Sends to all processes, or to one. */
  #send(message: ToProbe, pid?: number): void {
    for (const connection of this.#connections) {
      const { hello } = connection;
      if (hello && (pid === undefined || hello.pid === pid)) connection.send(message);
    }
  }

  #openWriter(runFile: string): RunWriter {
    const onFailure = (error: unknown): void => {
      const reason = error instanceof Error ? error.message : String(error);
      const text = `The run cannot be written to ${runFile} (${reason}). What is shown now stays right; free some space or choose another place before the next run.`;
      this.#options.onProblem({ kind: "cannot-write", text });
    };
    return new RunWriter(runFile, { onFailure, log: this.#options.log });
  }

  #recordRun(): void {
    const { tool, command, level } = this.#options;
    const createdAt = Date.now();
    this.#record({ kind: "run", schema: runSchema, tool, command, createdAt, level });
  }

  #record(record: RunFileRecord): void {
    this.#writer?.add(record);
    this.#options.onRecord(record);
  }

  /** Each line once: who connects again and again must not fill the log. */
  #log(line: string): void {
    if (this.#logged.has(line) || this.#logged.size >= mostLogLines) return;
    this.#logged.add(line);
    this.#options.log(line);
  }

  #takeHello(connection: Connection, hello: HelloMessage): void {
    // A program that replaces itself (`exec`) keeps its process and connects anew.
    if (!this.#mainHello || this.#mainHello.pid === hello.pid) {
      this.#main = connection;
      this.#mainHello = hello;
    }
    this.#record({ ...hello, pid: hello.pid });
    if (!this.#elsewhere.has(connection)) {
      this.#environmentRead ??= this.#recordEnvironment(hello);
    }
    if (this.#level) connection.send(this.#level);
    if (this.#limits) connection.send(this.#limits);
    this.#marks.ask();
  }

  async #recordEnvironment(hello: HelloMessage): Promise<void> {
    const record = await readEnvironment(hello, this.#abort.signal);
    if (!this.#closing) this.#record(record);
  }

  #takeMessage(connection: Connection, message: ProcessMessage): void {
    const hello = connection.hello;
    if (!hello) return;
    const elsewhere = this.#elsewhere.get(connection);
    const rename = elsewhere ?? this.#options.rename;
    const named = rename ? renameFiles(message, file => rename(file, hello)) : message;
    // Whoever hears of the end of a cell may ask at once which text of it ran.
    if (!elsewhere) this.#readSources(named, hello);
    this.#record({ ...named, pid: hello.pid });
    if (named.kind === "delta") this.#marks.answer(named, hello.pid);
  }

  #readSources(message: ProcessMessage, hello: HelloMessage): void {
    // A part of the run has ended there: a cell, of which the text may be another one each time.
    if (message.kind === "delta" && message.at) this.#sources.renew(message.at.file);
    if (message.kind !== "lines" && message.kind !== "functions") return;
    for (const [file] of message.rows) {
      if (originOf(file, hello) === "user") this.#sources.add(file);
    }
  }

  #takeSource(file: string, text: string): void {
    this.#record({ kind: "source", file, fingerprint: fingerprint(text) });
    const hello = this.#mainHello;
    if (hello && hello.coverage !== "exact" && asksByComment(text)) {
      this.#record({ kind: "problem", text: commentsNeed, pid: hello.pid });
    }
  }

  #takeClose(connection: Connection): void {
    this.#connections.delete(connection);
    this.#recordGone(connection);
    if (connection === this.#main) this.#main = null;
    const { hello } = connection;
    if (hello && !this.#connectionOf(hello.pid)) this.#marks.giveUp(hello.pid);
    for (const each of [...this.#onceClosed]) each();
  }

  /** A killed process says nothing itself; one that replaced itself is still there. */
  #recordGone({ hello, hasEnded }: Connection): void {
    if (!hello || hasEnded || !this.#mainHello || this.#closing) return;
    if ([...this.#connections].some(each => each.hello?.pid === hello.pid)) return;
    const t = Math.max(0, Date.now() - this.#mainHello.startedAt);
    this.#record({ kind: "gone", pid: hello.pid, t });
  }

  /** Waits for what the program and unread greetings still send; children may go on. */
  async #lastWords(): Promise<void> {
    const until = performance.now() + lastWordsMs;
    while (this.#isExpectingWords() && performance.now() < until) {
      await this.#closedOrLate(until - performance.now());
    }
    await withDeadline(this.#filesRead(), filesMs);
  }

  #filesRead(): Promise<unknown> {
    return Promise.all([this.#sources.idle(), this.#environmentRead]);
  }

  #isExpectingWords(): boolean {
    return this.#main !== null || [...this.#connections].some(each => each.hello === null);
  }

  #closedOrLate(ms: number): Promise<void> {
    return new Promise(resolve => {
      const finish = (): void => {
        clearTimeout(timer);
        this.#onceClosed.delete(finish);
        resolve();
      };
      const timer = setTimeout(finish, ms);
      this.#onceClosed.add(finish);
    });
  }
}

const commentsNeed =
  "Comments such as `# memory: snapshot` are answered from Python 3.12 on, where no other tool has taken its means; in a debug run use a logpoint `memory: snapshot`.";

function asksByComment(text: string): boolean {
  return /#\s*memory:\s*(?:snapshot|round|start tracing|stop tracing|trace)\b/.test(text);
}

async function withDeadline(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>(resolve => (timer = setTimeout(resolve, ms)));
  await Promise.race([work, late]);
  clearTimeout(timer);
}
