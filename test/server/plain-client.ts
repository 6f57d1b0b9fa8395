import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";

/** A message as it stands on the wire. */
export interface Message {
  readonly id?: number | string | null;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/**
 * An editor that shares no code with the server: it writes and reads the protocol's bytes itself.
 * What the server asks of it is answered with null.
 */
export class PlainClient {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #waiting = new Map<number, (message: Message) => void>();
  readonly #ended: Promise<number | null>;
  /** Notifications, oldest first. */
  readonly notifications: Message[] = [];
  #unread = Buffer.alloc(0);
  #lastId = 0;

  constructor(command: string, args: readonly string[]) {
    this.#process = spawn(command, args, { stdio: "pipe" });
    this.#process.stdout.on("data", (data: Buffer) => this.#read(data));
    // A server that ended while a test still writes to it is what some tests are about.
    this.#process.stdin.on("error", () => undefined);
    this.#ended = once(this.#process, "exit").then(([code]) => code as number | null);
  }

  /** Resolves to the exit code. */
  ended(): Promise<number | null> {
    return this.#ended;
  }

  request(method: string, params?: unknown): Promise<Message> {
    const id = ++this.#lastId;
    this.send({ id, method, params });
    return new Promise(resolve => this.#waiting.set(id, resolve));
  }

  notify(method: string, params?: unknown): void {
    this.send({ method, params });
  }

  send(message: object): void {
    this.write(frame(JSON.stringify({ jsonrpc: "2.0", ...message })));
  }

  /** Writes bytes as they are. */
  write(text: string): void {
    this.#process.stdin.write(text);
  }

  /** Closes the server's input, as an editor does that went away. */
  hangUp(): void {
    this.#process.stdin.end();
  }

  kill(): void {
    this.#process.kill();
  }

  #read(data: Buffer): void {
    this.#unread = Buffer.concat([this.#unread, data]);
    for (;;) {
      const head = /^Content-Length: (\d+)\r\n\r\n/.exec(this.#unread.toString("latin1", 0, 100));
      if (!head) return;
      const start = head[0].length;
      const end = start + Number(head[1]);
      if (this.#unread.length < end) return;
      this.#take(JSON.parse(this.#unread.toString("utf8", start, end)) as Message);
      this.#unread = this.#unread.subarray(end);
    }
  }

  #take(message: Message): void {
    const { id, method } = message;
    if (method !== undefined && id !== undefined) this.send({ id, result: null });
    else if (method !== undefined) this.notifications.push(message);
    else if (typeof id === "number") this.#waiting.get(id)?.(message);
  }
}

/** Puts the protocol's header before a message. */
export function frame(content: string): string {
  return `Content-Length: ${Buffer.byteLength(content)}\r\n\r\n${content}`;
}
