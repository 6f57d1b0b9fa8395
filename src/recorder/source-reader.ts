import { readFile, stat } from "node:fs/promises";
import { isAbsolute } from "node:path";
import { type CellPlace, readCellName } from "#profile";
import { readCellSources } from "./cell-sources";

/** Above this a source file is data rather than text that people edit. */
const largestSourceBytes = 4 * 1024 * 1024;
/** A program that names ever new files cannot make this process read without end. */
const mostFiles = 5_000;

/** Gives the text that last ran under the name of something that is no file; null for others. */
export type TextOf = (name: string) => string | null;

/** Reads each source once, one at a time, soon after it was first named; cells of notebooks too. */
export class SourceReader {
  readonly #known = new Set<string>();
  readonly #onRead: (file: string, text: string) => void;
  readonly #textOf: TextOf;
  /** By name, of what is no file. */
  readonly #texts = new Map<string, string>();
  /** By path; read once, so that all cells are those of one moment. */
  readonly #notebooks = new Map<string, readonly string[]>();
  #work: Promise<void> = Promise.resolve();

  constructor(onRead: (file: string, text: string) => void, textOf: TextOf = () => null) {
    this.#onRead = onRead;
    this.#textOf = textOf;
  }

  /** Queues a file unless it was before. */
  add(file: string): void {
    if (this.#known.has(file) || this.#known.size >= mostFiles) return;
    this.#known.add(file);
    if (!this.renew(file)) this.#work = this.#work.then(() => this.#read(file));
  }

  /** Takes what is no file and may have run with another text than before; false where it is one. */
  renew(name: string): boolean {
    const text = this.#textOf(name);
    if (text === null) return false;
    if (this.#texts.get(name) !== text) this.#onRead(name, text);
    this.#texts.set(name, text);
    return true;
  }

  /** Resolves when all files queued by now are read. */
  idle(): Promise<void> {
    return this.#work;
  }

  async #read(file: string): Promise<void> {
    const cell = readCellName(file);
    const text = cell ? await this.#readCell(cell) : await readSource(file);
    if (text !== null) this.#onRead(file, text);
  }

  async #readCell({ notebook, number }: CellPlace): Promise<string | null> {
    const sources = this.#notebooks.get(notebook) ?? (await readCellSources(notebook));
    this.#notebooks.set(notebook, sources);
    return sources[number - 1] ?? null;
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
