import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Bytes, fingerprint } from "#base";
import { type Profile, programName } from "#profile";
import { packRunAs } from "#recorder";
import { readNotes, type RunNotes, summaryOf, writeNotes } from "./run-notes";

/** The ending of files that hold a run. */
export const runFileEnding = ".memprofile";

/** What the name of a packed run has after that. */
const packedEnding = ".gz";

/** A larger run is packed when it is over. */
const packedFromBytes = 1024 * 1024;

/** A run on disk. */
export interface StoredRun {
  readonly path: string;
  /** The program's name. */
  readonly program: string;
  readonly startedAt: Date;
  readonly sizeBytes: Bytes;
  /** Whether this window still records it. */
  readonly isGoing: boolean;
  readonly notes: RunNotes;
}

/** How much is kept; runs that are to be kept do not count, and stay. */
export interface RunBounds {
  readonly runs: number;
  readonly bytes: Bytes;
}

/** The folder in which the editor keeps this workspace's runs. Their names tell time and program. */
export class RunFolder {
  readonly #folder: string;
  readonly #bounds: () => RunBounds;
  /** Files of runs that are being recorded. */
  readonly #going = new Set<string>();
  /** Settled when all notes asked for so far are written. */
  #written: Promise<unknown> = Promise.resolve();

  constructor(folder: string, bounds: () => RunBounds) {
    this.#folder = folder;
    this.#bounds = bounds;
  }

  /** Names the file of a run that is about to start, and makes room for it. */
  async newFile(program: string, startedAt = new Date()): Promise<string> {
    await mkdir(this.#folder, { recursive: true });
    await this.#prune(1);
    const time = startedAt.toISOString().replace(/[:.]/g, "-");
    const path = join(this.#folder, `${time}_${fileName(program)}${runFileEnding}`);
    this.#going.add(path);
    return path;
  }

  /** Names the file for the runs that others record for one purpose. `takeIn` has them listed. */
  async fileOfOthers(purpose: string): Promise<string> {
    await mkdir(this.#folder, { recursive: true });
    return join(this.#folder, `other-${fingerprint(purpose)}${runFileEnding}`);
  }

  /** Makes a run of this folder of one that another has recorded; gives its new path. */
  async takeIn(path: string, profile: Profile): Promise<string> {
    const { command, startedAt } = profile.run;
    const taken = await this.newFile(programName(command), new Date(startedAt ?? Date.now()));
    await rename(path, taken);
    await this.finish(taken, profile);
    return taken;
  }

  /** A run is over: packs a large one, notes what the list shows of it, and keeps to the bounds. */
  async finish(path: string, profile: Profile): Promise<void> {
    // A debug session may tell of its end more than once.
    if (!this.#going.delete(path)) return;
    const found = await stat(path).catch(() => null);
    if (!found) return;
    await this.#change(path, { summary: summaryOf(profile) });
    if (found.size > packedFromBytes) await packRunAs(path, `${path}${packedEnding}`);
    await this.#prune(0);
  }

  /** Lists the runs, the newest first. A folder that is not there has none. */
  async list(): Promise<readonly StoredRun[]> {
    const names = await readdir(this.#folder).catch(ignoreMissing);
    const packed = new Set(names);
    // Both are there when packing was cut off just before its end; then they hold the same.
    const single = names.filter(name => !packed.has(`${name}${packedEnding}`));
    const runs = await Promise.all(single.map(name => this.#read(name)));
    return runs
      .filter(run => run !== null)
      .sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime());
  }

  /** Changes what is said of a run. @throws Error when it cannot be written. */
  annotate(run: StoredRun, change: Partial<RunNotes>): Promise<void> {
    return this.#change(run.path, change);
  }

  /** Deletes the file of a run that came to nothing. */
  async discard(path: string): Promise<void> {
    this.#going.delete(path);
    await rm(path, { force: true });
  }

  /** Deletes a run with all that belongs to it; one that is gone already is no problem. */
  async delete({ path }: StoredRun): Promise<void> {
    const plain = runKey(path);
    const files = [plain, `${plain}${packedEnding}`, notesPath(path)];
    const all = [...files, ...files.map(file => `${file}.tmp`)];
    await Promise.all(all.map(file => rm(file, { force: true })));
  }

  /** One after the other: a run may end while somebody asks to keep it, and neither is lost. */
  #change(path: string, change: Partial<RunNotes>): Promise<void> {
    const writing = this.#written.then(async () => {
      const notes = await readNotes(notesPath(path));
      await writeNotes(notesPath(path), { ...notes, ...change });
    });
    this.#written = writing.catch(() => undefined);
    return writing;
  }

  /** Deletes the oldest beyond the bounds, with room for so many more. */
  async #prune(more: number): Promise<void> {
    const { runs, bytes } = this.#bounds();
    const all = await this.list();
    const free = all.filter(run => !run.notes.isKept && !run.isGoing);
    let size = 0;
    const old = free.filter((run, index) => {
      size += run.sizeBytes;
      return index >= Math.max(0, runs - more) || size > bytes;
    });
    await Promise.all(old.map(run => this.delete(run)));
  }

  async #read(name: string): Promise<StoredRun | null> {
    const match =
      /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z_(.*)\.memprofile(?:\.gz)?$/.exec(name);
    if (!match) return null;
    const [, day, hour, minute, second, fraction, program] = match;
    const path = join(this.#folder, name);
    const found = await stat(path).catch(() => null);
    if (!found) return null;
    return {
      path,
      program: program ?? "",
      startedAt: new Date(`${day}T${hour}:${minute}:${second}.${fraction}Z`),
      sizeBytes: found.size,
      isGoing: this.#going.has(path),
      notes: await readNotes(notesPath(path)),
    };
  }
}

function fileName(program: string): string {
  return program.replace(/[^\p{L}\p{N}._-]/gu, "_").slice(0, 60);
}

/** Tells runs apart: the same before and after a run is packed. */
export function runKey(path: string): string {
  return path.endsWith(packedEnding) ? path.slice(0, -packedEnding.length) : path;
}

function notesPath(path: string): string {
  return `${runKey(path)}.json`;
}

function ignoreMissing(error: NodeJS.ErrnoException): readonly string[] {
  if (error.code === "ENOENT") return [];
  throw error;
}
