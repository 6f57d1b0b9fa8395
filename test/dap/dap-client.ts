import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import type { DebugProtocol } from "@vscode/debugprotocol";

type Message = DebugProtocol.Request | DebugProtocol.Response | DebugProtocol.Event;

interface Waiter {
  readonly isMeant: (event: DebugProtocol.Event) => boolean;
  readonly resolve: (event: DebugProtocol.Event) => void;
}

const separator = "\r\n\r\n";

/** A debug adapter client over standard input and output: what an editor does, and no more. */
export class DapClient {
  readonly #adapter: ChildProcessWithoutNullStreams;
  readonly #answers = new Map<number, (response: DebugProtocol.Response) => void>();
  /** Events that nobody has waited for yet, oldest first. */
  readonly #events: DebugProtocol.Event[] = [];
  readonly #waiters: Waiter[] = [];
  #received = Buffer.alloc(0);
  #nextSeq = 1;

  /** Starts debugpy's adapter of this Python. */
  constructor(python: string) {
    this.#adapter = spawn(python, ["-m", "debugpy.adapter"], { stdio: "pipe" });
    this.#adapter.stdout.on("data", (chunk: Buffer) => this.#take(chunk));
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

  /** Ends the adapter, and with it whatever it still debugs. */
  async dispose(): Promise<void> {
    if (this.#adapter.exitCode !== null || this.#adapter.signalCode !== null) return;
    const exited = once(this.#adapter, "exit");
    this.#adapter.kill();
    await exited;
  }

  #send(command: string, args: object): Promise<DebugProtocol.Response> {
    const seq = this.#nextSeq++;
    const request = { seq, type: "request", command, arguments: args };
    const body = Buffer.from(JSON.stringify(request));
    this.#adapter.stdin.write(`Content-Length: ${body.length}${separator}`);
    this.#adapter.stdin.write(body);
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
    if (message.type === "response") {
      const response = message as DebugProtocol.Response;
      this.#answers.get(response.request_seq)?.(response);
      this.#answers.delete(response.request_seq);
    } else if (message.type === "event") this.#takeEvent(message as DebugProtocol.Event);
  }

  #takeEvent(event: DebugProtocol.Event): void {
    const index = this.#waiters.findIndex(waiter => waiter.isMeant(event));
    if (index < 0) this.#events.push(event);
    else this.#waiters.splice(index, 1)[0]?.resolve(event);
  }
}
