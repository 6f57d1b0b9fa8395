import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { deflate } from "node:zlib";
import type { Milliseconds } from "#base";

/** Has the debugger run one expression in the program, and gives what it says. */
export type Evaluate = (expression: string) => PromiseLike<string>;

/** Gives what a question is answered by; after `ms` without an answer, `onLate` is called once. */
export async function answerOf<T>(
  question: PromiseLike<T>,
  ms: Milliseconds,
  onLate: () => void,
): Promise<T> {
  const timer = setTimeout(onLate, ms);
  try {
    return await question;
  } finally {
    clearTimeout(timer);
  }
}

/** What a running program says of itself before it is measured. */
export interface ProgramAnswer {
  /** What it runs, for people: `Python 3.11.7`, `pypy 3.10.14`. */
  readonly name: string;
  readonly isSupported: boolean;
  /** `sys.argv`: the program and its arguments. */
  readonly argv: readonly string[];
  /** Whether a probe measures it already. */
  readonly isMeasuring: boolean;
}

/**
 * How the probe began: over a socket, through the debugger, or not, for another one is there, or
 * because no way leads back from the program.
 */
export type Beginning = "socket" | "debugger" | "running" | "unreached";

const packageName = "_memory_insights";
const deflated = promisify(deflate);

/** Asks a program what it is. Rejects when the debugger or the program refuses to say. */
export async function askProgram(evaluate: Evaluate, probeFolder: string): Promise<ProgramAnswer> {
  const text = await readFile(join(probeFolder, "attach", "question.py"), "utf8");
  const answer = await answered(evaluate, await executed(text, []));
  const python = numbersAt(answer, "python");
  if (python.length < 2) throw new Error("the program gave no answer");
  const [major = 0, minor = 0] = python;
  const implementation: unknown = Reflect.get(answer, "implementation");
  const isCpython = implementation === "cpython";
  return {
    name: `${isCpython ? "Python" : String(implementation)} ${python.join(".")}`,
    isSupported: isCpython && major === 3 && minor >= 9,
    argv: textsAt(answer, "argv"),
    isMeasuring: Reflect.get(answer, "isMeasuring") === true,
  };
}

/**
 * Brings the probe into a program that runs and starts it. `variables` are those that a program's
 * environment would have; without a channel among them, the probe reports through the debugger.
 */
export async function beginProbe(
  evaluate: Evaluate,
  probeFolder: string,
  variables: Readonly<Record<string, string>>,
): Promise<Beginning> {
  const text = await readFile(join(probeFolder, "attach", "loader.py"), "utf8");
  const packed = await packedText(JSON.stringify(await readSources(probeFolder)));
  const wanted = Object.entries(variables).filter(([name]) => name.startsWith("MEMORY_INSIGHTS_"));
  const settings = JSON.stringify(Object.fromEntries(wanted));
  const names = [
    ["packed", packed],
    // A text in JSON is one in Python too.
    ["settings", `__import__("json").loads(${JSON.stringify(settings)})`],
  ] as const;
  const answer = await answered(evaluate, await executed(text, names));
  const state: unknown = Reflect.get(answer, "state");
  if (state === "running" || state === "unreached") return state;
  const channel: unknown = Reflect.get(answer, "channel");
  if (channel === "socket" || channel === "debugger") return channel;
  throw new Error("the program gave no answer");
}

/** An expression that hands a message to the probe. */
export function handingOver(line: string): string {
  // Whatever letters it has, Python reads them as they are.
  const text = Buffer.from(line).toString("base64");
  const decoded = `__import__("base64").b64decode("${text}").decode("utf-8")`;
  return `__import__("sys").modules["${packageName}.attach"].take(${decoded})`;
}

/** The probe's modules by their full names. */
async function readSources(probeFolder: string): Promise<Readonly<Record<string, string>>> {
  const folder = join(probeFolder, "site", packageName);
  const files = (await readdir(folder)).filter(file => file.endsWith(".py"));
  const sources = files.map(async file => {
    const name = basename(file, ".py");
    const full = name === "__init__" ? packageName : `${packageName}.${name}`;
    return [full, await readFile(join(folder, file), "utf8")] as const;
  });
  return Object.fromEntries(await Promise.all(sources));
}

/** An expression that runs a text in a namespace of its own, with these names, for its answer. */
async function executed(
  text: string,
  names: readonly (readonly [name: string, expression: string])[],
): Promise<string> {
  const code = `__import__("zlib").decompress(${await packedText(text)})`;
  const space = names.map(([name, expression]) => `"${name}": ${expression}`).join(", ");
  return `(lambda space: (exec(${code}, space), space["answer"])[1])({${space}})`;
}

async function packedText(text: string): Promise<string> {
  const bytes = await deflated(Buffer.from(text));
  return `__import__("base64").b64decode("${bytes.toString("base64")}")`;
}

/** @throws Error with the last line of what is said of a failure */
async function answered(evaluate: Evaluate, expression: string): Promise<object> {
  let answer: string;
  try {
    answer = await evaluate(expression);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new Error(lastLine(text), { cause: error });
  }
  // Some debuggers tell a failure as an answer; it is no JSON then.
  if (!answer.startsWith("{")) throw new Error(lastLine(answer));
  const value: unknown = JSON.parse(answer);
  return typeof value === "object" && value !== null ? value : {};
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1)?.slice(0, 300) || "the program gave no answer";
}

function numbersAt(owner: object, name: string): readonly number[] {
  const list: unknown = Reflect.get(owner, name);
  return Array.isArray(list) ? list.filter(each => typeof each === "number") : [];
}

function textsAt(owner: object, name: string): readonly string[] {
  const list: unknown = Reflect.get(owner, name);
  return Array.isArray(list) ? list.filter(each => typeof each === "string") : [];
}
