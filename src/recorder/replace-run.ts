import { type FileHandle, open, realpath, rename, rm, stat } from "node:fs/promises";

/** What a draft's name adds to that of its run. */
export const draftEnding = ".tmp";

/**
 * Replaces a run file so that at each moment the old or the new one is there whole: `write` fills
 * a draft beside it, which then takes its place. A link stays, and the file it names is replaced.
 * @throws Error when that cannot be done; the old file is then untouched.
 */
export async function replaceRun(
  path: string,
  write: (draft: FileHandle) => Promise<void>,
): Promise<void> {
  const target = await realpath(path);
  const info = await stat(target);
  if (!info.isFile()) throw new Error(`${path} is not a file`);
  await writeDraft(target, info.mode, write);
}

/** Writes a new file, or replaces one, so that it is never there in part. @throws Error. */
export async function writeDraft(
  target: string,
  mode: number,
  write: (draft: FileHandle) => Promise<void>,
): Promise<void> {
  const draft = `${target}${draftEnding}`;
  try {
    // One that is left from a crash goes; `wx` follows no link that somebody has put there.
    await rm(draft, { force: true });
    const file = await open(draft, "wx", mode);
    try {
      await write(file);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
