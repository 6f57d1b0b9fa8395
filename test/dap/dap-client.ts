import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Readable, Writable } from "node:stream";
import type { DebugProtocol } from "@vscode/debugprotocol";

type Message = DebugProtocol.Request | DebugProtocol.Response | DebugProtocol.Event;

interface Waiter {
  readonly isMeant: (event: DebugProtocol.Event) => boolean;
  readonly resolve: (event: DebugProtocol.Event) => void;
}

const separator = "\r\n\r\n";

/** A debug adapter client over two streams: what an editor does, and no more. */
export class DapClient {
  readonly #output: Writable;
  readonly #end: () => Promise<void>;
  readonly #answers = new Map<number, (response: DebugProtocol.Response) => void>();
  /** Events that nobody has waited for yet, oldest first. */
  readonly #events: DebugProtocol.Event[] = [];
  readonly #waiters: Waiter[] = [];
  /** By the name of their events. */
  readonly #listeners = new Map<string, (event: DebugProtocol.Event) => void>();
  /** Sees every message from the adapter first. */
  onMessage: ((message: Message) => void) | null = null;
  #received = Buffer.alloc(0);
  #nextSeq = 1;

  constructor(input: Readable, output: Writable, end: () => Promise<void>) {
    this.#output = output;
    this.#end = end;
    input.on("data", (chunk: Buffer) => this.#take(chunk));
  }

  /** Starts debugpy's adapter of this Python. */
  static start(python: string): DapClient {
    const adapter = spawn(python, ["-m", "debugpy.adapter"], { stdio: "pipe" });
    return new DapClient(adapter.stdout, adapter.stdin, () => ended(adapter));
  }

  /** Connects to the adapter of a program that listens on loopback. */
  static async connect(port: number): Promise<DapClient> {
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    return new DapClient(socket, socket, () => closed(socket));
  }

  /** Sends a request and gives the answer's body. @throws Error when the adapter refuses it. */
  async request<T>(command: string, args: object = {}): Promise<T> {
    const response = await this.#send(command, args);
    if (!response.success) throw new Error(`${command}: ${response.message ?? "refused"}`);
    return response.body as T;
  }

  /** Takes the oldest event of this name out of the queue, or waits for the next. */
  event<T extends DebugProtocol.Event>(name: string, withinMs = 30_000): Promise<T> {
    const isMeant = (event: DebugProtocol.Event): boolean => event.event === name;
    const index = this.#events.findIndex(isMeant);
    if (index >= 0) return Promise.resolve(this.#events.splice(index, 1)[0] as T);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no event ${name}`)), withinMs);
      const finish = (event: DebugProtocol.Event): void => {
        clearTimeout(timer);
        resolve(event as T);
      };
      this.#waiters.push({ isMeant, resolve: finish });
    });
  }

  /** Has a listener take each event of this name, also those that nobody has waited for yet. */
  each(name: string, listener: (event: DebugProtocol.Event) => void): void {
    this.#listeners.set(name, listener);
    const early = this.#events.filter(({ event }) => event === name);
    for (const event of early) this.#events.splice(this.#events.indexOf(event), 1);
    early.forEach(listener);
  }

  /** Ends the adapter that it has started, and with it whatever that still debugs. */
  dispose(): Promise<void> {
    return this.#end();
  }

  #send(command: string, args: object): Promise<DebugProtocol.Response> {
    const seq = this.#nextSeq++;
    const request = { seq, type: "request", command, arguments: args };
    const body = Buffer.from(JSON.stringify(request));
    this.#output.write(`Content-Length: ${body.length}${separator}`);
    this.#output.write(body);
    return new Promise(resolve => this.#answers.set(seq, resolve));
  }

  #take(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    for (let message = this.#next(); message; message = this.#next()) this.#dispatch(message);
  }

  #next(): Message | null {
    const headEnd = this.#received.indexOf(separator);
    if (headEnd < 0) return null;
    const length = Number(
      /Content-Length: (\d+)/.exec(this.#received.toString("ascii", 0, headEnd))?.[1],
    );
    const start = headEnd + separator.length;
    if (this.#received.length < start + length) return null;
    const message = JSON.parse(this.#received.toString("utf8", start, start + length)) as Message;
    this.#received = this.#received.subarray(start + length);
    return message;
  }

  #dispatch(message: Message): void {
    this.onMessage?.(message);
    if (message.type === "response") {
      const response = message as DebugProtocol.Response;
      this.#answers.get(response.request_seq)?.(response);
      this.#answers.delete(response.request_seq);
    } else if (message.type === "event") this.#takeEvent(message as DebugProtocol.Event);
  }

  #takeEvent(event: DebugProtocol.Event): void {
    const listener = this.#listeners.get(event.event);
    if (listener) {
      listener(event);
      return;
    }
    const index = this.#waiters.findIndex(waiter => waiter.isMeant(event));
    if (index < 0) this.#events.push(event);
    else this.#waiters.splice(index, 1)[0]?.resolve(event);
  }
}

async function ended(adapter: ChildProcessWithoutNullStreams): Promise<void> {
  if (adapter.exitCode !== null || adapter.signalCode !== null) return;
  const exited = once(adapter, "exit");
  adapter.kill();
  await exited;
}

async function closed(socket: Socket): Promise<void> {
  if (socket.destroyed) return;
  const close = once(socket, "close");
  socket.destroy();
  await close;
}
