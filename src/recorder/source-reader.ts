import { readFile, stat } from "node:fs/promises";
import { isAbsolute } from "node:path";

/** Above this a source file is data rather than text that people edit. */
const largestSourceBytes = 4 * 1024 * 1024;
/** A program that names ever new files cannot make this process read without end. */
const mostFiles = 5_000;

/** Reads each source file once, one at a time, soon after it was first named. */
export class SourceReader {
  readonly #known = new Set<string>();
  readonly #onRead: (file: string, text: string) => void;
  #work: Promise<void> = Promise.resolve();

  constructor(onRead: (file: string, text: string) => void) {
    this.#onRead = onRead;
  }

  /** Queues a file unless it was before. */
  add(file: string): void {
    if (this.#known.has(file) || this.#known.size >= mostFiles) return;
    this.#known.add(file);
    this.#work = this.#work.then(() => this.#read(file));
  }

  /** Resolves when all files queued by now are read. */
  idle(): Promise<void> {
    return this.#work;
  }

  async #read(file: string): Promise<void> {
    const text = await readSource(file);
    if (text !== null) this.#onRead(file, text);
  }
}

/**
 * Reads a source as an editor would: UTF-8 without its byte order mark.
 * Null where there is no such regular file: code may come from anywhere.
 */
async function readSource(file: string): Promise<string | null> {
  if (!isAbsolute(file)) return null;
  try {
    const info = await stat(file);
    if (!info.isFile() || info.size > largestSourceBytes) return null;
    const text = await readFile(file, "utf8");
    return text.startsWith("\ufeff") ? text.slice(1) : text;
  } catch {
    return null;
  }
}
