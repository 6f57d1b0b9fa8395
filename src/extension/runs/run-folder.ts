import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Bytes } from "#base";

/** The ending of files that hold a run. */
export const runFileEnding = ".memprofile";

/** A run on disk. */
export interface StoredRun {
  readonly path: string;
  /** The program's name. */
  readonly program: string;
  readonly startedAt: Date;
  readonly sizeBytes: Bytes;
}

/** The folder in which the editor keeps this workspace's runs. Their names tell time and program. */
export class RunFolder {
  readonly #folder: string;
  readonly #kept: () => number;

  /** `kept` gives how many runs stay. */
  constructor(folder: string, kept: () => number) {
    this.#folder = folder;
    this.#kept = kept;
  }

  /** Names the file of a run that is about to start, and makes room for it. */
  async newFile(program: string): Promise<string> {
    await mkdir(this.#folder, { recursive: true });
    await this.#prune(this.#kept() - 1);
    const time = new Date().toISOString().replace(/[:.]/g, "-");
    const name = program.replace(/[^\p{L}\p{N}._-]/gu, "_").slice(0, 60);
    return join(this.#folder, `${time}_${name}${runFileEnding}`);
  }

  /** Lists the runs, the newest first. A folder that is not there has none. */
  async list(): Promise<readonly StoredRun[]> {
    const names = await readdir(this.#folder).catch(ignoreMissing);
    const runs = await Promise.all(names.map(name => this.#read(name)));
    return runs
      .filter(run => run !== null)
      .sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime());
  }

  /** Deletes a run; one that is gone already is no problem. */
  async delete(run: StoredRun): Promise<void> {
    await rm(run.path, { force: true });
  }

  async #prune(kept: number): Promise<void> {
    const old = (await this.list()).slice(Math.max(0, kept));
    await Promise.all(old.map(run => this.delete(run)));
  }

  async #read(name: string): Promise<StoredRun | null> {
    const match = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z_(.*)\.memprofile$/.exec(name);
    if (!match) return null;
    const [, day, hour, minute, second, fraction, program] = match;
    const path = join(this.#folder, name);
    const found = await stat(path).catch(() => null);
    const startedAt = new Date(`${day}T${hour}:${minute}:${second}.${fraction}Z`);
    return found && { path, program: program ?? "", startedAt, sizeBytes: found.size };
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): readonly string[] {
  if (error.code === "ENOENT") return [];
  throw error;
}
