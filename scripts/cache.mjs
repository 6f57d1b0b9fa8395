// The folder outside the tree that holds what is downloaded, and installs that cannot be half done.
import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { cleanUpWhenStopped } from "./processes.mjs";

const staleAfterMs = 60 * 60 * 1000;

/** The cache folder: $MEMORY_INSIGHTS_CACHE, or a folder where the system keeps caches. */
export function cacheFolder() {
  return process.env.MEMORY_INSIGHTS_CACHE || join(systemCacheFolder(), "memory-insights");
}

function systemCacheFolder() {
  if (process.platform === "win32" && process.env.LOCALAPPDATA) return process.env.LOCALAPPDATA;
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches");
  return process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
}

/** Shortens what an install depends on to a few letters for the name of its folder. */
export function keyOf(...parts) {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 10);
}

/**
 * Installs into a folder of the cache once, and returns that folder.
 *
 * `build` fills a temporary folder, which is renamed when it is whole. So an install that was
 * aborted leaves nothing behind that looks installed, and of two runs at once one wins and the
 * other throws its own copy away.
 */
export async function installOnce(name, build) {
  const target = join(cacheFolder(), name);
  if (existsSync(target)) return target;
  await removeStaleFolders(cacheFolder());
  const temporary = join(cacheFolder(), `.installing-${name}-${randomBytes(4).toString("hex")}`);
  await mkdir(temporary, { recursive: true });
  const remove = () => rm(temporary, { recursive: true, force: true, maxRetries: 3 });
  const done = cleanUpWhenStopped(remove);
  const alive = setInterval(() => void touch(temporary), 60_000);
  try {
    await build(temporary);
    await rename(temporary, target).catch(error => {
      if (!existsSync(target)) throw error;
    });
  } finally {
    clearInterval(alive);
    await remove();
    done();
  }
  return target;
}

async function touch(folder) {
  const now = new Date();
  await utimes(folder, now, now).catch(() => undefined);
}

/** Removes what a killed install left; a running one touches its folder every minute. */
async function removeStaleFolders(folder) {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(".installing-")) continue;
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > staleAfterMs) await rm(path, { recursive: true, force: true });
  }
}
