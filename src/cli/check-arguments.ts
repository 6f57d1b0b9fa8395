import { parseArgs } from "node:util";
import { isKnownSelector, suggestSelector } from "#analyzer";
import { parseProblem } from "./usage-error";

/** How findings are written. */
export const formats = ["text", "json", "sarif", "github"] as const;
export type CheckFormat = (typeof formats)[number];

/** What to check, and what to do with what is found. */
export interface CheckRequest {
  /** Files and folders as given; at least one. */
  readonly paths: readonly string[];
  readonly format: CheckFormat;
  /** Codes, prefixes or rule names; null for the default rules. */
  readonly select: readonly string[] | null;
  /** `fix` writes files, `diff` shows what would be written. */
  readonly mode: "report" | "fix" | "diff";
  readonly usesCache: boolean;
  /** Whether to say which files took longest. */
  readonly showsTimings: boolean;
}

/** What arguments mean, or what is wrong with them, in words for people. */
export type CheckArguments =
  | { readonly kind: "request"; readonly request: CheckRequest }
  | { readonly kind: "help" }
  | { readonly kind: "problem"; readonly text: string };

const options = {
  format: { type: "string" },
  select: { type: "string", multiple: true },
  fix: { type: "boolean" },
  diff: { type: "boolean" },
  "no-cache": { type: "boolean" },
  timings: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

/** Reads the arguments of `check`. Never throws. */
export function readCheckArguments(argv: readonly string[]): CheckArguments {
  const parsed = parse(argv);
  if (typeof parsed === "string") return { kind: "problem", text: parsed };
  const { values, positionals: paths } = parsed;
  if (values.help) return { kind: "help" };
  const format = formats.find(name => name === (values.format ?? "text"));
  if (!format) return problem(`unknown format "${values.format ?? ""}"; ${listOf(formats)}`);
  if (values.fix && values.diff) return problem("--fix and --diff exclude each other");
  if (paths.length === 0) return problem("no path given");
  const select = readSelectors(values.select);
  const unknown = select?.find(selector => !isKnownSelector(selector));
  if (unknown !== undefined) return problem(unknownSelector(unknown));
  const mode = values.fix ? "fix" : values.diff ? "diff" : "report";
  const usesCache = !values["no-cache"];
  const showsTimings = values.timings === true;
  return { kind: "request", request: { paths, format, select, mode, usesCache, showsTimings } };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    return parseProblem(error);
  }
}

function readSelectors(given: readonly string[] | undefined): readonly string[] | null {
  if (!given) return null;
  return given
    .flatMap(list => list.split(","))
    .map(selector => selector.trim())
    .filter(selector => selector !== "");
}

function unknownSelector(selector: string): string {
  const suggestion = suggestSelector(selector);
  const hint = suggestion === null ? "" : `; did you mean ${suggestion}?`;
  return `unknown rule "${selector}"${hint}`;
}

function listOf(names: readonly string[]): string {
  return `choose one of ${names.join(", ")}`;
}

function problem(text: string): CheckArguments {
  return { kind: "problem", text };
}
