import { parseArgs } from "node:util";
import { didYouMean, selectorProblem, targetNames } from "#analyzer";
import { type CheckRequest, formats, type OutputRequest } from "./check-request";
import type { ConfigurationOverrides } from "./configuration-overrides";
import { severities } from "./min-severity";
import { parseProblem } from "./usage-error";

/** What arguments mean, or what is wrong with them, in words for people. */
export type CheckArguments =
  | { readonly kind: "request"; readonly request: CheckRequest }
  | { readonly kind: "help" }
  | { readonly kind: "explain"; readonly code: string }
  | { readonly kind: "problem"; readonly text: string };

const options = {
  baseline: { type: "string" },
  config: { type: "string" },
  diff: { type: "boolean" },
  exclude: { type: "string", multiple: true },
  "exit-non-zero-on-fix": { type: "boolean" },
  "exit-zero": { type: "boolean" },
  explain: { type: "string" },
  "extend-exclude": { type: "string", multiple: true },
  "extend-select": { type: "string", multiple: true },
  fix: { type: "boolean" },
  "force-exclude": { type: "boolean" },
  format: { type: "string" },
  help: { type: "boolean", short: "h" },
  ignore: { type: "string", multiple: true },
  "include-generated": { type: "boolean" },
  isolated: { type: "boolean" },
  "min-severity": { type: "string" },
  "no-cache": { type: "boolean", short: "n" },
  "no-respect-gitignore": { type: "boolean" },
  "output-file": { type: "string", short: "o" },
  "output-format": { type: "string" },
  "per-file-ignores": { type: "string", multiple: true },
  quiet: { type: "boolean", short: "q" },
  "respect-gitignore": { type: "boolean" },
  select: { type: "string", multiple: true },
  statistics: { type: "boolean" },
  "stdin-filename": { type: "string" },
  "target-version": { type: "string" },
  threads: { type: "string" },
  timings: { type: "boolean" },
  verbose: { type: "boolean", short: "v" },
  watch: { type: "boolean", short: "w" },
  "write-baseline": { type: "string" },
} as const;

/** Reads the arguments of `check`. Never throws. */
export function readCheckArguments(argv: readonly string[]): CheckArguments {
  const parsed = parse(argv);
  if (typeof parsed === "string") return { kind: "problem", text: parsed };
  const { values, positionals } = parsed;
  if (values.help) return { kind: "help" };
  if (values.explain !== undefined) return { kind: "explain", code: values.explain };
  const output = readOutput(values);
  const overrides = readOverrides(values);
  const threads = readThreads(values.threads);
  const leastSeverity = severities.find(name => name === (values["min-severity"] ?? "hint"));
  const problem = exclusive(values) ?? pathProblem(values, positionals) ?? asProblem(output);
  if (problem !== null) return { kind: "problem", text: problem };
  if (typeof output === "string") return { kind: "problem", text: output };
  if (typeof overrides === "string") return { kind: "problem", text: overrides };
  if (typeof threads === "string") return { kind: "problem", text: threads };
  if (!leastSeverity) {
    return { kind: "problem", text: unknownOf("severity", values["min-severity"], severities) };
  }
  const readsInput = positionals[0] === "-";
  const paths = positionals.length === 0 ? ["."] : positionals;
  const { config, isolated } = values;
  const request: CheckRequest = {
    paths: readsInput ? [] : paths,
    stdinName: readsInput ? (values["stdin-filename"] ?? "-") : null,
    mode: values.fix ? "fix" : values.diff ? "diff" : "report",
    configuration: {
      from: isolated ? "none" : config === undefined ? "nearest" : { file: config },
      overrides,
    },
    forcesExclude: values["force-exclude"] === true,
    includesGenerated: values["include-generated"] === true,
    usesCache: !values["no-cache"],
    threads,
    baseline: readBaseline(values),
    leastSeverity,
    output,
    exit: {
      isAlwaysZero: values["exit-zero"] === true,
      isNonZeroOnFix: values["exit-non-zero-on-fix"] === true,
    },
    watches: values.watch === true,
  };
  return { kind: "request", request };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    return parseProblem(error, options);
  }
}

type Values = Exclude<ReturnType<typeof parse>, string>["values"];

/** Options that exclude each other. */
function exclusive(values: Values): string | null {
  const pairs = [
    ["fix", "diff"],
    ["config", "isolated"],
    ["baseline", "write-baseline"],
    ["quiet", "verbose"],
    ["watch", "diff"],
    ["watch", "fix"],
    ["watch", "write-baseline"],
    ["watch", "output-file"],
    ["respect-gitignore", "no-respect-gitignore"],
    ["format", "output-format"],
  ] as const;
  const both = pairs.find(([a, b]) => isGiven(values[a]) && isGiven(values[b]));
  return both ? `--${both[0]} and --${both[1]} exclude each other` : null;
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== false;
}

function pathProblem(values: Values, paths: readonly string[]): string | null {
  const readsInput = paths.includes("-");
  if (readsInput && paths.length > 1) return "standard input is checked alone, without other paths";
  if (!readsInput && values["stdin-filename"] !== undefined) {
    return "--stdin-filename names the text of standard input; give - as the path";
  }
  return readsInput && values.watch ? "standard input cannot be watched" : null;
}

function asProblem(read: OutputRequest | string): string | null {
  return typeof read === "string" ? read : null;
}

function readOutput(values: Values): OutputRequest | string {
  const named = values.format ?? values["output-format"] ?? "text";
  const format = formats.find(name => name === named);
  if (!format) return unknownOf("format", named, formats);
  return {
    format,
    file: values["output-file"] ?? null,
    isQuiet: values.quiet === true,
    isVerbose: values.verbose === true,
    showsStatistics: values.statistics === true,
    showsTimings: values.timings === true,
  };
}

function unknownOf(what: string, given = "", names: readonly string[]): string {
  return `unknown ${what} "${given}"; choose one of ${names.join(", ")}${didYouMean(given, names)}`;
}

function readThreads(given: string | undefined): number | string | null {
  if (given === undefined) return null;
  const isCount = /^[1-9]\d{0,2}$/.test(given);
  return isCount ? Number(given) : `--threads takes a number from 1 on, not "${given}"`;
}

function readBaseline(values: Values): CheckRequest["baseline"] {
  const { baseline, "write-baseline": written } = values;
  if (written !== undefined) return { kind: "write", path: written };
  return baseline === undefined ? null : { kind: "read", path: baseline };
}

/** What configuration the options ask for, or what is wrong with them. */
function readOverrides(values: Values): ConfigurationOverrides | string {
  const perFile = splitLists(values["per-file-ignores"])?.map(readPerFileIgnore) ?? null;
  const broken = perFile?.find(each => typeof each === "string");
  if (broken !== undefined) return `--per-file-ignores takes PATTERN:CODE, not ${broken}`;
  const perFileIgnores = perFile?.filter(each => typeof each !== "string") ?? null;
  const select = splitLists(values.select);
  // An empty variable of a script would otherwise switch everything off.
  if (select?.length === 0) return "--select names no rule; ALL and DEFAULT are known too";
  const extendSelect = splitLists(values["extend-select"]) ?? [];
  const ignore = splitLists(values.ignore) ?? [];
  const selectors = perFileIgnores?.flatMap(each => each.selectors) ?? [];
  const unknown = [...(select ?? []), ...extendSelect, ...ignore, ...selectors]
    .map(selectorProblem)
    .find(problem => problem !== null);
  if (unknown !== undefined) return unknown;
  const target = values["target-version"] ?? null;
  if (target !== null && !targetNames.includes(target)) {
    return unknownOf("Python version", target, targetNames);
  }
  return {
    select,
    extendSelect,
    ignore,
    exclude: splitLists(values.exclude),
    extendExclude: splitLists(values["extend-exclude"]) ?? [],
    perFileIgnores,
    respectGitignore: values["no-respect-gitignore"]
      ? false
      : (values["respect-gitignore"] ?? null),
    target,
  };
}

function readPerFileIgnore(text: string): { pattern: string; selectors: string[] } | string {
  const [, pattern, code] = /^(.+):([^:]+)$/.exec(text) ?? [];
  return pattern === undefined || code === undefined ? text : { pattern, selectors: [code.trim()] };
}

/** Options that are given several times, or with commas. */
function splitLists(given: readonly string[] | undefined): readonly string[] | null {
  if (!given) return null;
  // A comma within braces belongs to a pattern.
  return given
    .flatMap(list => list.split(/,(?![^{}]*\})/))
    .map(item => item.trim())
    .filter(item => item !== "");
}
