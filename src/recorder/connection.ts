import { timingSafeEqual } from "node:crypto";
import type { Duplex } from "node:stream";
import { type HelloMessage, probeVersion, type ProcessMessage } from "#profile";
import {
  longestProbeLine,
  readProbeMessage,
  readProbeToken,
  type ToProbe,
  toProbeLine,
} from "#protocol";
import { LineSplitter } from "./line-splitter";
import type { RecorderProblem } from "./recorder";

/** What a connection tells its recorder. */
export interface ConnectionHandler {
  /** The token was right; `hello` is the first message. */
  readonly onHello: (hello: HelloMessage) => void;
  readonly onMessage: (message: ProcessMessage) => void;
  /** Last call: all that was sent has been handed out. */
  readonly onClose: () => void;
  readonly onProblem: (problem: RecorderProblem) => void;
  readonly log: (line: string) => void;
}

const helloWithinMs = 5_000;
const floodWindowMs = 10_000;
/** A busy program with exact figures for 100 000 lines stays below a fifth of this. */
const mostBytesInWindow = 256 * 1024 * 1024;
const mostMessagesInWindow = 50_000;
const mostUnreadable = 100;

/**
 * One process of the user's program, from its connection on: over a socket or whatever else carries
 * bytes both ways. Only a hello with the token counts.
 */
export class Connection {
  readonly #stream: Duplex;
  readonly #token: Buffer;
  readonly #handler: ConnectionHandler;
  readonly #deadline: NodeJS.Timeout;
  #hello: HelloMessage | null = null;
  #hasEnded = false;
  #windowStart = performance.now();
  #bytes = 0;
  #messages = 0;
  #unreadable = 0;

  constructor(stream: Duplex, token: string, handler: ConnectionHandler) {
    this.#stream = stream;
    this.#token = Buffer.from(token);
    this.#handler = handler;
    this.#deadline = setTimeout(() => this.#drop("sent no hello in time"), helloWithinMs);
    const splitter = new LineSplitter(longestProbeLine, {
      onLine: line => this.#takeLine(line),
      onOversized: bytes => this.#takeOversized(bytes),
    });
    stream.on("data", (chunk: Buffer) => {
      if (!this.#isFlood(chunk.length)) splitter.push(chunk);
    });
    // A killed program resets its connection; `close` follows and says all there is to say.
    stream.on("error", error => handler.log(`probe connection: ${error.message}`));
    stream.on("close", () => {
      clearTimeout(this.#deadline);
      handler.onClose();
    });
  }

  /** What the process said of itself; null until its token was right. */
  get hello(): HelloMessage | null {
    return this.#hello;
  }

  /** True after the process's own last message. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Sends a message; one to a process that is gone is lost. */
  send(message: ToProbe): void {
    if (this.#stream.writable) this.#stream.write(toProbeLine(message));
  }

  /** Ends the connection at once. */
  destroy(): void {
    this.#stream.destroy();
  }

  #takeLine(line: string): void {
    if (this.#stream.destroyed) return;
    this.#messages++;
    const message = this.#hello ? readProbeMessage(line) : this.#readHello(line);
    if (!message) return;
    if (message.kind === "unreadable") {
      if (message.reason !== "unknown-kind") this.#takeUnreadable(message.text);
    } else if (message.kind !== "hello") {
      this.#hasEnded ||= message.kind === "end";
      this.#handler.onMessage(message);
    }
    if (message.kind === "hello" && !this.#hello) this.#accept(message);
  }

  #readHello(line: string): ReturnType<typeof readProbeMessage> | null {
    if (!this.#isToken(readProbeToken(line))) {
      this.#drop("sent no or a wrong token");
      return null;
    }
    const message = readProbeMessage(line);
    if (message.kind === "hello" && message.version === probeVersion) return message;
    const text = message.kind === "unreadable" ? message.text : `not a hello of ${probeVersion}`;
    this.#handler.onProblem({
      kind: "version",
      text: `The program's probe and this version do not understand each other (${text}). Start the program again; if it stays, install the extension anew.`,
    });
    this.#drop(`sent a hello that cannot be read: ${text}`);
    return null;
  }

  /** Compares in constant time, so that the token cannot be found letter by letter. */
  #isToken(given: string): boolean {
    const bytes = Buffer.from(given);
    return bytes.length === this.#token.length && timingSafeEqual(bytes, this.#token);
  }

  #accept(hello: HelloMessage): void {
    clearTimeout(this.#deadline);
    this.#hello = hello;
    this.send({ kind: "welcome", version: 1 });
    this.#handler.onHello(hello);
  }

  #takeOversized(bytes: number): void {
    if (!this.#hello) this.#drop("sent an oversized hello");
    else this.#takeUnreadable(`a line of more than ${bytes} bytes`);
  }

  #takeUnreadable(text: string): void {
    this.#unreadable++;
    if (this.#unreadable === 1) {
      this.#handler.log(`unreadable message: ${text}`);
      const words = `A message of the program could not be read and is left out (${text})`;
      this.#handler.onProblem({ kind: "unreadable", text: words });
    }
    if (this.#unreadable > mostUnreadable) this.#drop("sent too much that cannot be read");
  }

  #isFlood(bytes: number): boolean {
    const now = performance.now();
    if (now - this.#windowStart > floodWindowMs) {
      this.#windowStart = now;
      this.#bytes = 0;
      this.#messages = 0;
    }
    this.#bytes += bytes;
    if (this.#bytes <= mostBytesInWindow && this.#messages <= mostMessagesInWindow) return false;
    if (this.#stream.destroyed) return true;
    const text =
      "The program sent more figures than can be taken; recording stopped. Start it again with the level `live`.";
    this.#handler.onProblem({ kind: "flood", text });
    this.#drop("sent too much at once");
    return true;
  }

  #drop(reason: string): void {
    this.#handler.log(`connection dropped: it ${reason}`);
    this.#stream.destroy();
  }
}
