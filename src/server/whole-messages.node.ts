import { Writable } from "node:stream";

/**
 * Passes messages on in one piece. The protocol's library writes a message's head and its body
 * apart, which costs this process a system call and the reader a turn more for each message.
 */
export class WholeMessages extends Writable {
  readonly #to: NodeJS.WritableStream;
  /** A head whose body has not come yet. */
  #head: Uint8Array | null = null;

  constructor(to: NodeJS.WritableStream) {
    super();
    this.#to = to;
  }

  override _write(chunk: Uint8Array, _: string, done: (error?: Error | null) => void): void {
    if (this.#head === null && isHead(chunk)) {
      this.#head = chunk;
      done();
      return;
    }
    const message = this.#head ? Buffer.concat([this.#head, chunk]) : chunk;
    this.#head = null;
    this.#to.write(message, done);
  }
}

/** A head ends with an empty line, and no body of JSON does. */
function isHead(chunk: Uint8Array): boolean {
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    .subarray(-4)
    .equals(emptyLine);
}

const emptyLine = Buffer.from("\r\n\r\n");
