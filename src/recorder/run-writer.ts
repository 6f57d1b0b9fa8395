import { mkdir, open, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import type { RunFileRecord } from "#profile";

/** A crash of this process loses at most what came in during this time. */
const flushEveryMs = 250;
/** A disk that cannot keep up must not fill the memory instead. */
const mostPendingCharacters = 64 * 1024 * 1024;

/**
 * Appends records to a run file as they come.
 * The first failure is told once; nothing is written after it, so the file stays readable.
 */
export class RunWriter {
  readonly #path: string;
  readonly #onFailure: (error: unknown) => void;
  #file: FileHandle | null = null;
  #pending: string[] = [];
  #pendingCharacters = 0;
  #timer: NodeJS.Timeout | null = null;
  /** Everything that touches the file runs one after the other on this chain. */
  #work: Promise<void>;
  #isOpen = true;

  constructor(path: string, onFailure: (error: unknown) => void) {
    this.#path = path;
    this.#onFailure = onFailure;
    this.#work = this.#guard(() => this.#open());
  }

  /** Adds a record to what is written next. */
  add(record: RunFileRecord): void {
    if (!this.#isOpen) return;
    const line = `${JSON.stringify(record)}\n`;
    this.#pending.push(line);
    this.#pendingCharacters += line.length;
    if (this.#pendingCharacters > mostPendingCharacters) {
      this.#fail(new Error("the disk does not keep up"));
      return;
    }
    this.#timer ??= setTimeout(() => this.#flush(), flushEveryMs);
  }

  /** Writes what is left and closes the file. */
  async close(): Promise<void> {
    this.#flush();
    this.#isOpen = false;
    await this.#work;
    await this.#guard(async () => {
      await this.#file?.close();
      this.#file = null;
    });
  }

  async #open(): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    this.#file = await open(this.#path, "w");
  }

  #flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#work = this.#work.then(() => this.#guard(() => this.#writePending()));
  }

  async #writePending(): Promise<void> {
    if (this.#pending.length === 0) return;
    const text = this.#pending.join("");
    this.#pending = [];
    this.#pendingCharacters = 0;
    await this.#file?.appendFile(text);
  }

  async #guard(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#pending = [];
    this.#onFailure(error);
  }
}
