import { randomBytes } from "node:crypto";
import { access, constants, open, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/**
 * Replaces a file's content so that at each moment the old or the new one is there whole. Keeps its
 * mode, and follows a link to the file it names. A file of several names is written in place, since
 * a new one would leave the other names to the old. @throws Error when the file or its folder cannot
 * be written.
 */
export async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  const target = await realpath(path);
  // Who may write the folder may replace a file that is not to be written.
  await access(target, constants.W_OK);
  const { mode, nlink } = await stat(target);
  if (nlink > 1) await writeFile(target, bytes);
  else await exchange(target, bytes, mode);
}

async function exchange(target: string, bytes: Uint8Array, mode: number): Promise<void> {
  const draft = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    const file = await open(draft, "wx", mode);
    try {
      await file.writeFile(bytes);
      // The mode given to `open` is cut by the umask.
      await file.chmod(mode);
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
