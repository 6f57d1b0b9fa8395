import type { PythonTarget } from "#semantics";
import { parse, TomlError } from "smol-toml";
import { didYouMean } from "./closest";
import { type Configuration, emptyConfiguration } from "./configuration";
import { type ConfigurationKeys, type KeyReading, keyReaders } from "./configuration-keys";
import { targetFromRequirement } from "./python-target";
import { lineOfKey } from "./toml-places";

/** Files that configure this tool; of two in a folder the first one counts. */
export const configurationFiles = ["memory-insights.toml", "pyproject.toml"] as const;

/** What is wrong with a configuration file. */
export interface ConfigurationProblem {
  /** From 0. */
  readonly line: number;
  /** In words for people, with what may have been meant. */
  readonly text: string;
}

/** What a configuration file says, or what is wrong with it. */
export type ConfigurationReading =
  | { readonly kind: "configuration"; readonly configuration: Configuration }
  /** It is about other tools; `target` is what the project itself requires. */
  | { readonly kind: "none"; readonly target: PythonTarget | null }
  | { readonly kind: "problems"; readonly problems: readonly ConfigurationProblem[] };

type Table = Readonly<Record<string, unknown>>;

/**
 * Reads a configuration file by its name: a `pyproject.toml` has the keys in `tool.memory-insights`,
 * any other one at its top. Never throws.
 */
export function readConfiguration(text: string, fileName: string): ConfigurationReading {
  const isProject = /(?:^|[\\/])pyproject\.toml$/.test(fileName);
  let document: Table;
  try {
    document = parse(text);
  } catch (error) {
    // What does not speak of this tool is for others to complain about.
    if (isProject && !toolName.test(text)) return { kind: "none", target: null };
    return { kind: "problems", problems: [syntaxProblem(error)] };
  }
  const path = isProject ? ["tool", "memory-insights"] : [];
  const table = isProject ? tableAt(document, path) : document;
  const target = requiredTarget(document);
  if (table === undefined) {
    const misspelt = isProject ? misspeltTable(document, text) : null;
    return misspelt ? { kind: "problems", problems: [misspelt] } : { kind: "none", target };
  }
  if (!isTable(table)) {
    return { kind: "problems", problems: [{ line: lineOfKey(text, path), text: "is no table" }] };
  }
  return readTable(table, text, path, target);
}

function readTable(
  table: Table,
  text: string,
  path: readonly string[],
  required: PythonTarget | null,
): ConfigurationReading {
  const problems: ConfigurationProblem[] = [];
  let found: ConfigurationKeys = {};
  for (const [key, value] of Object.entries(table)) {
    const reading: KeyReading = keyReaders.get(key)?.(value) ?? unknownKey(key);
    found = { ...found, ...reading.keys };
    for (const problem of reading.problems) {
      const line = lineOfKey(text, [...path, key, ...(problem.below ?? [])], problem.value);
      problems.push({ line, text: `${key}: ${problem.text}` });
    }
  }
  if (problems.length > 0) return { kind: "problems", problems: problems.sort(byLine) };
  const configuration = { ...emptyConfiguration, target: required, ...found };
  return { kind: "configuration", configuration };
}

/** The tool's name as people may write it. */
const toolName = /memory[-_. ]?insights?/i;

/** A table of `tool` whose name is nearly ours: left alone, it would configure nothing. */
function misspeltTable(document: Table, text: string): ConfigurationProblem | null {
  const tools = tableAt(document, ["tool"]);
  const name = isTable(tools) ? Object.keys(tools).find(each => isWhole(toolName, each)) : null;
  if (name === null || name === undefined) return null;
  const line = lineOfKey(text, ["tool", name]);
  return { line, text: `tool.${name} is nobody's table; did you mean tool.memory-insights?` };
}

function isWhole(pattern: RegExp, text: string): boolean {
  return pattern.exec(text)?.[0] === text;
}

function unknownKey(key: string): KeyReading {
  const hint = didYouMean(key, [...keyReaders.keys()]);
  return { keys: {}, problems: [{ text: `unknown key${hint}` }] };
}

function syntaxProblem(error: unknown): ConfigurationProblem {
  if (!(error instanceof TomlError)) return { line: 0, text: String(error) };
  // The library adds a picture of the place in further lines.
  const [text = ""] = error.message.split("\n");
  return { line: error.line - 1, text: text.replace(/^Invalid TOML document: /, "not TOML: ") };
}

function requiredTarget(document: Table): PythonTarget | null {
  const requirement = tableAt(document, ["project", "requires-python"]);
  return typeof requirement === "string" ? targetFromRequirement(requirement) : null;
}

function tableAt(document: Table, path: readonly string[]): unknown {
  let value: unknown = document;
  for (const key of path) value = isTable(value) ? value[key] : undefined;
  return value;
}

function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function byLine(a: ConfigurationProblem, b: ConfigurationProblem): number {
  return a.line - b.line;
}
