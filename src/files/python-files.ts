import {
  type Dirent,
  existsSync,
  readdirSync,
  readFileSync,
  realpathSync,
  type Stats,
  statSync,
} from "node:fs";
import { dirname, extname, join, relative, resolve, sep } from "node:path";
import { setImmediate } from "node:timers/promises";
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
  /** Links to Python files. */
  readonly links: Set<string>;
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
 *
 * Folders are read at once: to hand each to another thread takes several times as long.
 */
export function findPythonFiles(
  paths: readonly string[],
  cwd: string,
  options: FindOptions = {},
): FoundFiles {
  const steps = search(paths, cwd, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Finds the same, and lets the process answer others after each folder. @see findPythonFiles */
export async function findPythonFilesByTurns(
  paths: readonly string[],
  cwd: string,
  options: FindOptions = {},
): Promise<FoundFiles> {
  const steps = search(paths, cwd, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await setImmediate();
  }
}

/** Yields after each folder. */
function* search(
  paths: readonly string[],
  cwd: string,
  options: FindOptions,
): Generator<void, FoundFiles> {
  const { configurations = new Configurations({ cwd }), hasNotebooks, forcesExclude } = options;
  const parts: Search = {
    files: new Set(),
    links: new Set(),
    problems: [],
    configurations,
    extensions: new Set(hasNotebooks ? [...extensions, ".ipynb"] : extensions),
    matchers: new Map(),
  };
  const named = new Set<string>();
  const missing: string[] = [];
  for (const path of paths) {
    const absolute = resolve(cwd, path);
    const stats = statOf(absolute);
    if (stats === null) missing.push(path);
    else if (forcesExclude && isLeftOut(absolute, configurations)) continue;
    else if (stats.isDirectory()) yield* walk(absolute, parts);
    else named.add(absolute);
  }
  for (const link of newLinks(parts)) parts.files.add(link);
  const files = [...new Set([...parts.files, ...named])].sort();
  return { files, named, missing, problems: parts.problems };
}

/** Links to what is not found anyhow: a file of two names would be reported twice. */
function newLinks({ files, links }: Search): readonly string[] {
  if (links.size === 0) return [];
  const real = new Set([...files].map(file => realpathSync(file)));
  return [...links].filter(link => {
    const target = realpathSync(link);
    return !real.has(target) && real.add(target);
  });
}

function statOf(path: string): Stats | null {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    // A path below a file, or one that may not be looked at, is as good as missing.
    return null;
  }
}

/** Whether a project leaves out a path, or a folder above it. */
function isLeftOut(path: string, configurations: Configurations): boolean {
  const { configuration, root } = configurations.of(dirname(path));
  return isExcluded(configuration, below(root, path));
}

function* walk(root: string, search: Search): Generator<void> {
  const above = ignoreFilesAbove(root);
  const pending: { folder: string; ignores: readonly IgnoreFile[] }[] = [
    { folder: root, ignores: above },
  ];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { folder } = next;
    const start = folder.endsWith(sep) ? folder : folder + sep;
    const entries = list(folder, search);
    const names = new Set(entries.map(entry => entry.name));
    // A virtual environment may have any name; this file makes it one.
    if (folder !== root && names.has("pyvenv.cfg")) continue;
    const found = search.configurations.of(folder, names);
    const own = readIgnoreFile(folder, entries);
    const ignores = own ? [...next.ignores, own] : next.ignores;
    const counting = found.configuration.respectGitignore ? ignores : [];
    const excludes = excluderOf(found, search);
    for (const entry of entries) {
      const path = start + entry.name;
      const isFolder = entry.isDirectory();
      if (!isFolder && !isPythonFile(entry, path, search.extensions)) continue;
      if (excludes(below(found.root, path)) || isIgnored(path, isFolder, counting)) continue;
      if (isFolder) pending.push({ folder: path, ignores });
      else (entry.isSymbolicLink() ? search.links : search.files).add(path);
    }
    yield;
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
  // Nearly always the path begins with the folder, and a walk asks for every entry of it.
  const start = folder.endsWith(sep) ? folder : folder + sep;
  const rest = path.startsWith(start) ? path.slice(start.length) : relative(folder, path);
  return sep === "/" ? rest : rest.split(sep).join("/");
}

function list(folder: string, search: Search): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    search.problems.push(`${folder}: cannot be read (${reasonOf(error)})`);
    return [];
  }
}

function isPythonFile(entry: Dirent, path: string, known: ReadonlySet<string>): boolean {
  if (!known.has(extname(entry.name).toLowerCase())) return false;
  if (!entry.isSymbolicLink()) return entry.isFile();
  return statOf(path)?.isFile() ?? false;
}

function readIgnoreFile(folder: string, entries: readonly Dirent[]): IgnoreFile | null {
  if (!entries.some(entry => entry.name === ".gitignore" && entry.isFile())) return null;
  const text = textOf(join(folder, ".gitignore"));
  return text === null ? null : { folder, rules: ignore().add(text) };
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // What cannot be read ignores nothing.
    return null;
  }
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
function ignoreFilesAbove(folder: string): readonly IgnoreFile[] {
  const found: IgnoreFile[] = [];
  let at = folder;
  while (!existsSync(join(at, ".git"))) {
    const parent = dirname(at);
    // Outside a repository only the ignore files below the folder count.
    if (parent === at) return [];
    at = parent;
    const text = textOf(join(at, ".gitignore"));
    if (text !== null) found.unshift({ folder: at, rules: ignore().add(text) });
  }
  // Whoever names an ignored folder wants it checked.
  return at !== folder && isIgnored(folder, true, found) ? [] : found;
}
