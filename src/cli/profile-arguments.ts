import { basename } from "node:path";
import { parseArgs } from "node:util";
import { type EngineWish, type Level, readEngine } from "#profile";
import { type Budget, readBudget } from "./budget";
import { parseProblem } from "./usage-error";

/** What `profile` is asked to do. */
export interface ProfileRequest {
  readonly level: Level;
  readonly engine: EngineWish;
  /** Frames kept for each traced allocation. */
  readonly frames: number;
  /** Milliseconds between snapshots that are kept; 0 for none but those at the peak and the end. */
  readonly snapshotMs: number;
  /** `file.py:name` or `module:name`; empty for none. */
  readonly traceFunction: string;
  readonly python: string | undefined;
  readonly output: string | undefined;
  readonly budgets: readonly Budget[];
  /** What follows the Python: `app.py --fast`, or `-m package --fast`. */
  readonly program: readonly string[];
  /** The script's or module's name without its folder and ending. */
  readonly name: string;
}

/** A request, or what is wrong with the arguments. */
export type ProfileArguments =
  | { readonly kind: "request"; readonly request: ProfileRequest }
  | { readonly kind: "help" }
  | { readonly kind: "problem"; readonly text: string };

const mostSeconds = 86_400;

const options = {
  level: { type: "string" },
  engine: { type: "string" },
  frames: { type: "string" },
  "snapshot-every": { type: "string" },
  "trace-function": { type: "string" },
  python: { type: "string" },
  output: { type: "string", short: "o" },
  budget: { type: "string", multiple: true },
  module: { type: "string", short: "m" },
  help: { type: "boolean", short: "h" },
} as const;

/**
 * Reads the arguments of `profile`. Options end at the script or at `-m module`: what follows is
 * the program's own and passes untouched, also where it looks like an option of ours.
 */
export function readProfileArguments(argv: readonly string[]): ProfileArguments {
  const { own, program, name } = splitAtProgram(argv);
  const values = parseOwn(own);
  if (typeof values === "string") return { kind: "problem", text: values };
  if (values.help) return { kind: "help" };
  const engine = readEngine(values.engine ?? "tracemalloc");
  if (engine === null) {
    const text = `--engine must be tracemalloc, memray or auto, not ${values.engine ?? ""}`;
    return { kind: "problem", text };
  }
  const level = values.level ?? (engine === "memray" ? "allocations" : "live");
  if (level !== "live" && level !== "allocations") {
    return { kind: "problem", text: `--level must be live or allocations, not ${level}` };
  }
  if (level === "live" && engine === "memray") {
    return { kind: "problem", text: "--engine memray goes with --level allocations, not live" };
  }
  const frames = readFrames(values.frames);
  if (frames === null) {
    return { kind: "problem", text: `--frames must be 1, 5 or 25, not ${values.frames ?? ""}` };
  }
  const snapshotMs = readSeconds(values["snapshot-every"]);
  if (snapshotMs === null) {
    const given = values["snapshot-every"] ?? "";
    return { kind: "problem", text: `--snapshot-every needs seconds, as in 10, not ${given}` };
  }
  const traceFunction = values["trace-function"] ?? "";
  if (!isFunctionPlace(traceFunction)) {
    const text = `--trace-function needs FILE.py:NAME or MODULE:NAME, not ${traceFunction}`;
    return { kind: "problem", text };
  }
  if (program.length === 0) return { kind: "problem", text: "no script and no -m module is given" };
  const budgets = (values.budget ?? []).map(readBudget);
  const wrong = budgets.find(budget => typeof budget === "string");
  if (wrong !== undefined) return { kind: "problem", text: wrong };
  const { python, output } = values;
  const known = budgets.filter(budget => typeof budget !== "string");
  const measured = { engine, frames, snapshotMs, traceFunction, budgets: known };
  return { kind: "request", request: { level, ...measured, python, output, program, name } };
}

function isFunctionPlace(text: string): boolean {
  return text === "" || /^[^:]+(?::[\\/][^:]+)?:[\w.<>]+$/.test(text);
}

function readFrames(text: string | undefined): number | null {
  const frames = Number(text ?? "1");
  return [1, 5, 25].includes(frames) ? frames : null;
}

function readSeconds(text: string | undefined): number | null {
  if (text === undefined) return 0;
  const seconds = /^\d+(?:\.\d+)?s?$/.test(text) ? Number(text.replace("s", "")) : NaN;
  return seconds >= 0.1 && seconds <= mostSeconds ? Math.round(seconds * 1000) : null;
}

function parseOwn(args: readonly string[]):
  | {
      level?: string;
      engine?: string;
      frames?: string;
      "snapshot-every"?: string;
      "trace-function"?: string;
      python?: string;
      output?: string;
      budget?: string[];
      help?: boolean;
    }
  | string {
  try {
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    return parseProblem(error, options);
  }
}

interface Split {
  readonly own: readonly string[];
  readonly program: readonly string[];
  readonly name: string;
}

function splitAtProgram(argv: readonly string[]): Split {
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, tokens: true });
  for (const token of tokens) {
    const own = argv.slice(0, token.index);
    if (token.kind === "positional") {
      return { own, program: argv.slice(token.index), name: programName(token.value) };
    }
    if (token.kind === "option-terminator") {
      const program = argv.slice(token.index + 1);
      return { own, program, name: programName(program[0] ?? "") };
    }
    if (token.name === "module" && token.value !== undefined) {
      const rest = argv.slice(token.index + (token.inlineValue ? 1 : 2));
      return { own, program: ["-m", token.value, ...rest], name: token.value };
    }
  }
  return { own: argv, program: [], name: "" };
}

function programName(script: string): string {
  return basename(script).replace(/\.pyw?$/, "") || "run";
}
