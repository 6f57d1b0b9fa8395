import { createHash, randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { CheckedText } from "./checked-text";

/** Results by content, so that neither a copy nor a changed date costs an analysis. */
export interface CheckCache {
  get(contentHash: string): CheckedText | null;
  set(contentHash: string, check: CheckedText): void;
  /** Writes what was used in this run; of two runs at once the later one stays. Never throws. */
  save(): Promise<void>;
}

const keptMs = 30 * 24 * 60 * 60 * 1000;

/** Remembers nothing. */
export const noCache: CheckCache = {
  get: () => null,
  set: () => undefined,
  save: () => Promise.resolve(),
};

/** The key of a file's results: the hash of its bytes, and of what else they depend on. */
export function contentHash(bytes: Uint8Array, circumstances: string): string {
  return createHash("sha1").update(circumstances).update("\0").update(bytes).digest("base64");
}

/**
 * Opens the cache of one set of circumstances: program, options, paths. Another version or other
 * options have another file, and files that nobody used for a month are deleted.
 */
export async function openCache(folder: string, circumstances: unknown): Promise<CheckCache> {
  const key = createHash("sha1").update(JSON.stringify(circumstances)).digest("hex");
  const path = join(folder, `check-${key}.json`);
  const before = await readEntries(path);
  const used = new Map<string, CheckedText>();
  let hasNew = false;
  return {
    get(hash) {
      const known = before.get(hash) ?? null;
      if (known) used.set(hash, known);
      return known;
    },
    set(hash, check) {
      hasNew = true;
      used.set(hash, check);
    },
    async save() {
      if (hasNew) await writeEntries(folder, path, used);
    },
  };
}

/** A cache that cannot be read is an empty one. */
async function readEntries(path: string): Promise<ReadonlyMap<string, CheckedText>> {
  try {
    const data: unknown = JSON.parse(await readFile(path, "utf8"));
    return new Map(Object.entries(isEntries(data) ? data : {}));
  } catch {
    return new Map();
  }
}

/** Only this program writes the file, under a name that no other version uses. */
function isEntries(data: unknown): data is Record<string, CheckedText> {
  return (
    typeof data === "object" &&
    data !== null &&
    Object.values(data).every(entry => Array.isArray((entry as Partial<CheckedText>).rows))
  );
}

async function writeEntries(
  folder: string,
  path: string,
  entries: ReadonlyMap<string, CheckedText>,
): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(draft, JSON.stringify(Object.fromEntries(entries)));
    // A reader sees the old file or the new one, never a part.
    await rename(draft, path);
    await removeOld(folder);
  } catch {
    // Without a cache the next run is slower, and that is all.
    await rm(draft, { force: true }).catch(() => undefined);
  }
}

async function removeOld(folder: string): Promise<void> {
  const oldest = Date.now() - keptMs;
  for (const name of await readdir(folder)) {
    if (!/^check-.*\.(json|tmp)$/.test(name)) continue;
    const path = join(folder, name);
    const stats = await stat(path).catch(() => null);
    if (stats && stats.mtimeMs < oldest) await rm(path, { force: true });
  }
}

/** The folder for results: the one that the environment names, or the user's cache folder. */
export function cacheFolder(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): string {
  const named = environment["MEMORY_INSIGHTS_CACHE"];
  if (named) return named;
  const home = environment["HOME"] ?? homedir();
  if (platform === "win32") {
    const local = environment["LOCALAPPDATA"] ?? join(home, "AppData", "Local");
    return join(local, "memory-insights");
  }
  const standard = platform === "darwin" ? join(home, "Library", "Caches") : join(home, ".cache");
  return join(environment["XDG_CACHE_HOME"] ?? standard, "memory-insights");
}
