import type { Severity } from "#rules";
import { didYouMean } from "./closest";
import { type Configuration, type PerFileIgnore, severityNames } from "./configuration";
import { readTarget, targetNames } from "./python-target";
import { isKnownSelector, suggestSelector } from "./settings";

/** The keys that a file gives. */
export type ConfigurationKeys = Partial<Configuration>;

/** What is wrong with a value, and which string in it; `below` leads to the key below that has it. */
export interface KeyProblem {
  readonly text: string;
  readonly value?: string;
  readonly below?: readonly string[];
}

/** What one key gives. */
export interface KeyReading {
  readonly keys: ConfigurationKeys;
  readonly problems: readonly KeyProblem[];
}

type Reader = (value: unknown) => KeyReading;

/** Every key of a configuration file, with what reads its value. */
export const keyReaders: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["select", value => selectors(value, select => ({ select }))],
  ["extend-select", value => selectors(value, extendSelect => ({ extendSelect }))],
  ["ignore", value => selectors(value, ignore => ({ ignore }))],
  ["per-file-ignores", readPerFileIgnores],
  ["severity", readSeverities],
  ["exclude", value => strings(value, exclude => ({ exclude }))],
  ["extend-exclude", value => strings(value, extendExclude => ({ extendExclude }))],
  ["respect-gitignore", readRespectGitignore],
  ["target-version", readTargetVersion],
]);

/** Says what is wrong with a selector; null when it names a rule. */
export function selectorProblem(selector: string): string | null {
  if (isKnownSelector(selector)) return null;
  const near = suggestSelector(selector);
  return `unknown rule "${selector}"${near === null ? "" : `; did you mean ${near}?`}`;
}

function strings(
  value: unknown,
  toKeys: (list: readonly string[]) => ConfigurationKeys,
): KeyReading {
  const list = asStrings(value);
  return list ? { keys: toKeys(list), problems: [] } : wrong("must be a list of strings");
}

function selectors(
  value: unknown,
  toKeys: (list: readonly string[]) => ConfigurationKeys,
): KeyReading {
  const list = asStrings(value);
  if (!list) return wrong("must be a list of codes or names of rules");
  return { keys: toKeys(list), problems: selectorProblems(list) };
}

function selectorProblems(list: readonly string[]): readonly KeyProblem[] {
  return list.flatMap(value => {
    const text = selectorProblem(value);
    return text === null ? [] : [{ text, value }];
  });
}

function readPerFileIgnores(value: unknown): KeyReading {
  if (!isTable(value)) return wrong("must be a table of patterns");
  const perFileIgnores: PerFileIgnore[] = [];
  const problems: KeyProblem[] = [];
  for (const [pattern, list] of Object.entries(value)) {
    const below = [pattern];
    const listed = asStrings(list);
    if (!listed) problems.push({ text: `"${pattern}" must be a list of codes`, below });
    perFileIgnores.push({ pattern, selectors: listed ?? [] });
    problems.push(...selectorProblems(listed ?? []).map(problem => ({ ...problem, below })));
  }
  return { keys: { perFileIgnores }, problems };
}

function readSeverities(value: unknown): KeyReading {
  if (!isTable(value)) return wrong("must be a table of codes");
  const severities: Record<string, Severity | "off"> = {};
  const problems: KeyProblem[] = [];
  for (const [selector, named] of Object.entries(value)) {
    const below = [selector];
    const unknown = selectorProblem(selector);
    const severity = severityNames.find(name => name === named);
    if (unknown !== null) problems.push({ text: unknown, below });
    if (severity) severities[selector] = severity;
    else problems.push({ text: `${selector} ${notOneOf(named, severityNames)}`, below });
  }
  return { keys: { severities }, problems };
}

function readRespectGitignore(value: unknown): KeyReading {
  if (typeof value !== "boolean") return wrong("must be true or false");
  return { keys: { respectGitignore: value }, problems: [] };
}

function readTargetVersion(value: unknown): KeyReading {
  const target = typeof value === "string" ? readTarget(value) : null;
  if (target) return { keys: { target }, problems: [] };
  // `3.9` and `python3.9` mean `py39`.
  return wrong(notOneOf(`py${String(value).replace(/\D/g, "")}`, targetNames));
}

function notOneOf(value: unknown, names: readonly string[]): string {
  const hint = typeof value === "string" ? didYouMean(value, names) : "";
  return `must be one of ${names.join(", ")}${hint}`;
}

function wrong(text: string): KeyReading {
  return { keys: {}, problems: [{ text }] };
}

function asStrings(value: unknown): readonly string[] | null {
  return Array.isArray(value) && value.every(item => typeof item === "string") ? value : null;
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
