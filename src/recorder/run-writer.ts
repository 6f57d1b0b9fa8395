import { mkdir, open, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import type { RunFileRecord } from "#profile";
import { compactRun } from "./compact-run";

/** A crash of this process loses at most what came in during this time. */
const flushEveryMs = 250;
/** A disk that cannot keep up must not fill the memory instead. */
const mostPendingCharacters = 64 * 1024 * 1024;

/** A file that grows beyond this is made smaller, so that a run of any length has room. */
const compactedAtBytes = 14 * 1024 * 1024;
/** Where even the smaller file is large, it may grow by so much before it is made smaller again. */
const growth = 1.5;

/** Who hears of what a writer meets. */
export interface RunWriterHandler {
  /** Nothing more is written. */
  readonly onFailure: (error: unknown) => void;
  readonly log: (line: string) => void;
}

/**
 * Appends records to a run file as they come.
 * The first failure is told once; nothing is written after it, so the file stays readable.
 * A long run is made smaller now and then; also then each moment leaves a readable file.
 */
export class RunWriter {
  readonly #path: string;
  readonly #handler: RunWriterHandler;
  #file: FileHandle | null = null;
  #pending: string[] = [];
  #pendingCharacters = 0;
  #bytes = 0;
  #compactAt: number;
  #timer: NodeJS.Timeout | null = null;
  /** Everything that touches the file runs one after the other on this chain. */
  #work: Promise<void>;
  #isOpen = true;

  constructor(path: string, handler: RunWriterHandler, compactAt = compactedAtBytes) {
    this.#path = path;
    this.#handler = handler;
    this.#compactAt = compactAt;
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
    this.#timer ??= setTimeout(() => void this.flush(), flushEveryMs);
  }

  /** Writes what has been added by now. Never rejects. */
  flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#work = this.#work.then(() => this.#guard(() => this.#writePending()));
    return this.#work;
  }

  /** Writes what is left and closes the file. */
  async close(): Promise<void> {
    const flushed = this.flush();
    this.#isOpen = false;
    await flushed;
    await this.#guard(async () => {
      await this.#file?.close();
      this.#file = null;
    });
  }

  async #open(): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    this.#file = await open(this.#path, "w");
  }

  async #writePending(): Promise<void> {
    if (this.#pending.length === 0) return;
    const bytes = Buffer.from(this.#pending.join(""));
    this.#pending = [];
    this.#pendingCharacters = 0;
    await this.#file?.appendFile(bytes);
    this.#bytes += bytes.length;
    if (this.#isOpen && this.#bytes > this.#compactAt) await this.#compact();
  }

  /** What cannot be made smaller goes on as it is: a device, or a file that somebody else reads. */
  async #compact(): Promise<void> {
    // Some systems replace no file that is open.
    await this.#file?.close();
    this.#file = null;
    try {
      this.#bytes = await compactRun(this.#path);
    } catch (error) {
      this.#handler.log(`the run was not made smaller: ${String(error)}`);
    }
    this.#file = await open(this.#path, "a");
    this.#compactAt = Math.max(this.#compactAt, this.#bytes * growth);
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
    this.#handler.onFailure(error);
  }
}
