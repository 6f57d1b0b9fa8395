import { existsSync, type Dirent } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, extname, join, relative, resolve, sep } from "node:path";
import ignore, { type Ignore } from "ignore";

/** The Python files below some paths. */
export interface FoundFiles {
  /** Absolute, sorted, each once. */
  readonly files: readonly string[];
  /** Those of `files` that were named themselves. */
  readonly named: ReadonlySet<string>;
  /** Paths that do not exist, as given. */
  readonly missing: readonly string[];
  /** Folders that could not be read, in words. */
  readonly problems: readonly string[];
}

const extensions: ReadonlySet<string> = new Set([".py", ".pyi", ".pyw"]);

/** Folders that hold no code of the project: version control, environments, caches. */
const skippedFolders: ReadonlySet<string> = new Set([
  ...[".git", ".hg", ".svn", ".bzr", "node_modules", "__pycache__", "__pypackages__"],
  ...[".venv", "venv", "site-packages", ".direnv", ".pyenv", ".tox", ".nox", ".eggs"],
  ...[".mypy_cache", ".ruff_cache", ".pytest_cache", ".pytype", ".ipynb_checkpoints"],
]);

/** What a `.gitignore` says of the folder that it lies in. */
interface IgnoreFile {
  readonly folder: string;
  readonly rules: Ignore;
}

interface Search {
  readonly files: Set<string>;
  readonly problems: string[];
}

/**
 * Finds the Python files below paths. A file that is named is always among them; below folders
 * environments, caches and what `.gitignore` names are left out. Links to folders are not followed.
 */
export async function findPythonFiles(paths: readonly string[], cwd: string): Promise<FoundFiles> {
  const search: Search = { files: new Set(), problems: [] };
  const named = new Set<string>();
  const missing: string[] = [];
  for (const path of paths) {
    const absolute = resolve(cwd, path);
    const stats = await stat(absolute).catch(() => null);
    if (stats === null) missing.push(path);
    else if (stats.isDirectory()) await walk(absolute, await ignoreFilesAbove(absolute), search);
    else named.add(absolute);
  }
  const files = [...new Set([...search.files, ...named])].sort();
  return { files, named, missing, problems: search.problems };
}

async function walk(root: string, above: readonly IgnoreFile[], search: Search): Promise<void> {
  const pending: { folder: string; ignores: readonly IgnoreFile[] }[] = [
    { folder: root, ignores: above },
  ];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { folder } = next;
    const entries = await list(folder, search);
    // A virtual environment may have any name; this file makes it one.
    if (folder !== root && entries.some(entry => entry.name === "pyvenv.cfg")) continue;
    const own = await readIgnoreFile(folder, entries);
    const ignores = own ? [...next.ignores, own] : next.ignores;
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (skippedFolders.has(entry.name) || isIgnored(path, true, ignores)) continue;
        pending.push({ folder: path, ignores });
      } else if (await isPythonFile(entry, path)) {
        if (!isIgnored(path, false, ignores)) search.files.add(path);
      }
    }
  }
}

async function list(folder: string, search: Search): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    search.problems.push(`${folder}: cannot be read (${reasonOf(error)})`);
    return [];
  }
}

async function isPythonFile(entry: Dirent, path: string): Promise<boolean> {
  if (!extensions.has(extname(entry.name).toLowerCase())) return false;
  if (!entry.isSymbolicLink()) return entry.isFile();
  return stat(path).then(
    target => target.isFile(),
    () => false,
  );
}

async function readIgnoreFile(
  folder: string,
  entries: readonly Dirent[],
): Promise<IgnoreFile | null> {
  if (!entries.some(entry => entry.name === ".gitignore" && entry.isFile())) return null;
  const text = await readFile(join(folder, ".gitignore"), "utf8").catch(() => "");
  return { folder, rules: ignore().add(text) };
}

/** Deeper files come last and decide, as in git; a rule with `!` takes an earlier one back. */
function isIgnored(path: string, isFolder: boolean, ignores: readonly IgnoreFile[]): boolean {
  let ignored = false;
  for (const { folder, rules } of ignores) {
    const below = relative(folder, path).split(sep).join("/") + (isFolder ? "/" : "");
    const tested = rules.test(below);
    if (tested.ignored) ignored = true;
    else if (tested.unignored) ignored = false;
  }
  return ignored;
}

/** The ignore files between a folder and the root of its repository; none when they ignore it. */
async function ignoreFilesAbove(folder: string): Promise<readonly IgnoreFile[]> {
  const found: IgnoreFile[] = [];
  let at = folder;
  while (!existsSync(join(at, ".git"))) {
    const parent = dirname(at);
    // Outside a repository only the ignore files below the folder count.
    if (parent === at) return [];
    at = parent;
    const text = await readFile(join(at, ".gitignore"), "utf8").catch(() => null);
    if (text !== null) found.unshift({ folder: at, rules: ignore().add(text) });
  }
  // Whoever names an ignored folder wants it checked.
  return at !== folder && isIgnored(folder, true, found) ? [] : found;
}

/** Says in a word why a file system call failed. */
export function reasonOf(error: unknown): string {
  if (error instanceof Error && "code" in error && typeof error.code === "string") {
    return error.code === "EACCES" ? "permission denied" : error.code;
  }
  return error instanceof Error ? error.message : String(error);
}
