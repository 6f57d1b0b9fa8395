import type { Severity } from "#rules";
import type { PythonTarget } from "#semantics";
import { matchesPath } from "./path-pattern";
import { type AnalyzerSettings, checksNamed } from "./settings";

/** What a project's configuration file says. Paths are relative to the folder of the file. */
export interface Configuration {
  /** Null where it does not say: the default rules. */
  readonly select: readonly string[] | null;
  readonly extendSelect: readonly string[];
  readonly ignore: readonly string[];
  readonly perFileIgnores: readonly PerFileIgnore[];
  readonly severities: AnalyzerSettings["severities"];
  /** Null where it does not say: the default excludes. */
  readonly exclude: readonly string[] | null;
  readonly extendExclude: readonly string[];
  readonly respectGitignore: boolean;
  readonly target: PythonTarget | null;
}

/** Rules that are off in the files of a pattern; `!` before it means all other files. */
export interface PerFileIgnore {
  readonly pattern: string;
  readonly selectors: readonly string[];
}

/** How loudly a check may report, as configuration writes it. */
export const severityNames: readonly (Severity | "off")[] = [
  "error",
  "warning",
  "information",
  "hint",
  "off",
];

export const emptyConfiguration: Configuration = {
  select: null,
  extendSelect: [],
  ignore: [],
  perFileIgnores: [],
  severities: {},
  exclude: null,
  extendExclude: [],
  respectGitignore: true,
  target: null,
};

/** Files and folders without code of the project: version control, environments, what is built. */
export const defaultExcludes: readonly string[] = [
  ...[".git", ".git-rewrite", ".hg", ".svn", ".bzr", ".vscode"],
  ...[".venv", "venv", ".direnv", ".pyenv", ".tox", ".nox", "site-packages"],
  ...[".mypy_cache", ".pytest_cache", ".pytype", ".ruff_cache", "__pycache__"],
  ...[".ipynb_checkpoints", "node_modules", "__pypackages__", ".eggs", ".pants.d"],
  ...["_build", "buck-out", "build", "dist"],
];

/** Gives the patterns of what is not looked at. */
export function excludesOf({ exclude, extendExclude }: Configuration): readonly string[] {
  return [...(exclude ?? defaultExcludes), ...extendExclude];
}

/** Tells whether a file, or a folder above it, is left out. `path` is relative, with `/`. */
export function isExcluded(configuration: Configuration, path: string): boolean {
  return excludesOf(configuration).some(pattern => matchesPath(pattern, path));
}

/** Gives the settings for one file. `path` is relative to the folder of the configuration, with `/`. */
export function settingsForFile(configuration: Configuration, path: string): AnalyzerSettings {
  const { select, extendSelect, ignore, perFileIgnores, severities, target } = configuration;
  const ignoredHere = perFileIgnores
    .filter(({ pattern }) => appliesTo(pattern, path))
    .flatMap(({ selectors }) => selectors.flatMap(checksNamed))
    // Whole codes, since a longer selector would win over a shorter one here.
    .map(({ code }) => code);
  return {
    select: extendSelect.length === 0 ? select : [...(select ?? ["DEFAULT"]), ...extendSelect],
    ignore: [...ignore, ...new Set(ignoredHere)],
    severities,
    target,
  };
}

function appliesTo(pattern: string, path: string): boolean {
  return pattern.startsWith("!")
    ? !matchesPath(pattern.slice(1), path)
    : matchesPath(pattern, path);
}
