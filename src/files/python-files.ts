import { existsSync, type Dirent } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, extname, join, relative, resolve, sep } from "node:path";
import { excludesOf, isExcluded, pathMatcher } from "#analyzer";
import ignore, { type Ignore } from "ignore";
import { Configurations, type FolderConfiguration } from "./configurations";
import { reasonOf } from "./reason";

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

const extensions: readonly string[] = [".py", ".pyi", ".pyw"];

/** What counts as a Python file, and what is left out. */
export interface FindOptions {
  /** What projects leave out; without it what the nearest configuration files say. */
  readonly configurations?: Configurations;
  /** Whether notebooks are looked for too. */
  readonly hasNotebooks?: boolean;
  /** Whether files that are named themselves may be left out too. */
  readonly forcesExclude?: boolean;
}

/** What a `.gitignore` says of the folder that it lies in. */
interface IgnoreFile {
  readonly folder: string;
  readonly rules: Ignore;
}

interface Search {
  readonly files: Set<string>;
  readonly problems: string[];
  readonly configurations: Configurations;
  readonly extensions: ReadonlySet<string>;
  /** What a configuration excludes, by its file; compiled once. */
  readonly matchers: Map<FolderConfiguration, (path: string) => boolean>;
}

/**
 * Finds the Python files below paths. A file that is named is always among them unless excludes are
 * forced; below folders what the project excludes, environments and what `.gitignore` names are left
 * out. Links to folders are not followed.
 */
export async function findPythonFiles(
  paths: readonly string[],
  cwd: string,
  options: FindOptions = {},
): Promise<FoundFiles> {
  const { configurations = new Configurations({ cwd }), hasNotebooks, forcesExclude } = options;
  const search: Search = {
    files: new Set(),
    problems: [],
    configurations,
    extensions: new Set(hasNotebooks ? [...extensions, ".ipynb"] : extensions),
    matchers: new Map(),
  };
  const named = new Set<string>();
  const missing: string[] = [];
  for (const path of paths) {
    const absolute = resolve(cwd, path);
    const stats = await stat(absolute).catch(() => null);
    if (stats === null) missing.push(path);
    else if (forcesExclude && (await isLeftOut(absolute, configurations))) continue;
    else if (stats.isDirectory()) await walk(absolute, search);
    else named.add(absolute);
  }
  const files = [...new Set([...search.files, ...named])].sort();
  return { files, named, missing, problems: search.problems };
}

/** Whether a project leaves out a path, or a folder above it. */
async function isLeftOut(path: string, configurations: Configurations): Promise<boolean> {
  const { configuration, root } = await configurations.of(dirname(path));
  return isExcluded(configuration, below(root, path));
}

async function walk(root: string, search: Search): Promise<void> {
  const above = await ignoreFilesAbove(root);
  const pending: { folder: string; ignores: readonly IgnoreFile[] }[] = [
    { folder: root, ignores: above },
  ];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { folder } = next;
    const entries = await list(folder, search);
    const names = new Set(entries.map(entry => entry.name));
    // A virtual environment may have any name; this file makes it one.
    if (folder !== root && names.has("pyvenv.cfg")) continue;
    const found = await search.configurations.of(folder, names);
    const own = await readIgnoreFile(folder, entries);
    const ignores = own ? [...next.ignores, own] : next.ignores;
    const counting = found.configuration.respectGitignore ? ignores : [];
    const excludes = excluderOf(found, search);
    for (const entry of entries) {
      const path = join(folder, entry.name);
      const isFolder = entry.isDirectory();
      if (!isFolder && !(await isPythonFile(entry, path, search.extensions))) continue;
      if (excludes(below(found.root, path)) || isIgnored(path, isFolder, counting)) continue;
      if (isFolder) pending.push({ folder: path, ignores });
      else search.files.add(path);
    }
  }
}

function excluderOf(found: FolderConfiguration, { matchers }: Search): (path: string) => boolean {
  const known = matchers.get(found);
  if (known) return known;
  const matcher = pathMatcher(excludesOf(found.configuration));
  matchers.set(found, matcher);
  return matcher;
}

/** A path as patterns see it: relative to a folder, with `/`. */
export function below(folder: string, path: string): string {
  return relative(folder, path).split(sep).join("/");
}

async function list(folder: string, search: Search): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    search.problems.push(`${folder}: cannot be read (${reasonOf(error)})`);
    return [];
  }
}

async function isPythonFile(
  entry: Dirent,
  path: string,
  known: ReadonlySet<string>,
): Promise<boolean> {
  if (!known.has(extname(entry.name).toLowerCase())) return false;
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
    const tested = rules.test(below(folder, path) + (isFolder ? "/" : ""));
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
