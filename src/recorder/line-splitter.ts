import { longestLine } from "#profile";

/** What a splitter hands out. */
export interface LineHandler {
  /** A line without its end. */
  readonly onLine: (line: string) => void;
  /** A line that was longer than allowed; it is skipped up to its end. */
  readonly onOversized: (bytes: number) => void;
}

const newline = 10;

/** Longest line of a run file in bytes: a character takes up to three. */
export const longestRunLine = 3 * longestLine;

/** Cuts a stream of bytes into lines of UTF-8, and never holds more than one line of them. */
export class LineSplitter {
  readonly #longest: number;
  readonly #handler: LineHandler;
  #parts: Buffer[] = [];
  #size = 0;
  /** An oversized line is told of once, when it passes the limit. */
  #isSkipping = false;

  constructor(longestBytes: number, handler: LineHandler) {
    this.#longest = longestBytes;
    this.#handler = handler;
  }

  /** Takes the next bytes, cut anywhere, also inside a character. */
  push(chunk: Buffer): void {
    let start = 0;
    // Lines of nothing are skipped fast: a small packed file may hold millions of them.
    if (this.#size === 0) while (chunk[start] === newline) start++;
    for (let end = chunk.indexOf(newline, start); end >= 0; end = chunk.indexOf(newline, start)) {
      this.#keep(chunk.subarray(start, end));
      this.#finish();
      start = end + 1;
      while (chunk[start] === newline) start++;
    }
    this.#keep(chunk.subarray(start));
  }

  /** Takes what was pushed last as a line, though it has no end. */
  end(): void {
    this.#finish();
  }

  #keep(part: Buffer): void {
    if (this.#isSkipping || part.length === 0) return;
    this.#size += part.length;
    this.#parts.push(part);
    if (this.#size <= this.#longest) return;
    this.#isSkipping = true;
    this.#parts = [];
    this.#handler.onOversized(this.#size);
  }

  #finish(): void {
    const line = this.#isSkipping ? "" : Buffer.concat(this.#parts).toString("utf8");
    this.#parts = [];
    this.#size = 0;
    this.#isSkipping = false;
    if (line !== "") this.#handler.onLine(line);
  }
}
