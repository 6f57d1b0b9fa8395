import { join, relative, sep } from "node:path";
import { type Configuration, type PerFileIgnore, readTarget } from "#analyzer";

/** What the command line says instead of, or beside, a configuration file; null says nothing. */
export interface ConfigurationOverrides {
  readonly select: readonly string[] | null;
  readonly extendSelect: readonly string[];
  readonly ignore: readonly string[];
  readonly exclude: readonly string[] | null;
  readonly extendExclude: readonly string[];
  readonly perFileIgnores: readonly PerFileIgnore[] | null;
  readonly respectGitignore: boolean | null;
  /** As configuration files write it: `py39`. */
  readonly target: string | null;
}

/**
 * Lays what the command line says over a file's configuration. Selecting anew forgets what the file
 * selects and ignores; patterns of the command line are relative to the working folder.
 */
export function withOverrides(
  configuration: Configuration,
  overrides: ConfigurationOverrides,
  place: { readonly root: string; readonly cwd: string },
): Configuration {
  const { select, extendSelect, ignore, perFileIgnores } = overrides;
  const fromCwd = (patterns: readonly string[]) => patterns.map(each => fromRoot(each, place));
  const added = new Set(extendSelect);
  const base = select === null ? configuration : { select, extendSelect: [], ignore: [] };
  return {
    ...configuration,
    select: base.select,
    extendSelect: [...base.extendSelect, ...extendSelect],
    ignore: [...base.ignore.filter(selector => !added.has(selector)), ...ignore],
    exclude: overrides.exclude ? fromCwd(overrides.exclude) : configuration.exclude,
    extendExclude: [...configuration.extendExclude, ...fromCwd(overrides.extendExclude)],
    perFileIgnores: perFileIgnores
      ? perFileIgnores.map(each => ({ ...each, pattern: fromRoot(each.pattern, place) }))
      : configuration.perFileIgnores,
    respectGitignore: overrides.respectGitignore ?? configuration.respectGitignore,
    target: readTarget(overrides.target ?? "") ?? configuration.target,
  };
}

/** Turns a pattern that is relative to the working folder into one relative to the root. */
function fromRoot(pattern: string, { root, cwd }: { root: string; cwd: string }): string {
  const [, negation = "", plain = ""] = /^(!?)(.*)$/s.exec(pattern) ?? [];
  if (!plain.includes("/") || plain.startsWith("**/")) return pattern;
  const below = relative(root, join(cwd, plain)).split(sep).join("/");
  return negation + below;
}
