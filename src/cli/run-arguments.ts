import { parseArgs } from "node:util";
import { type BetweenArgument, readBetween } from "./between-argument";
import type { Io } from "./io";
import { parseProblem, usageError } from "./usage-error";

/** What a command over recorded runs is asked to do. */
export interface RunsRequest {
  readonly runs: readonly string[];
  readonly format: "text" | "json";
  /** The two stops that are asked about; null for the whole run. */
  readonly between: BetweenArgument | null;
}

/** How a command over recorded runs is called. */
export interface RunsCommand {
  readonly name: "compare" | "report";
  readonly usage: string;
  /** What is wrong with the number of runs, in words; null when it is right. */
  readonly countProblem: (runs: readonly string[]) => string | null;
  /** Does the work; resolves to false when the runs cannot be used, and that has been said. */
  readonly work: (request: RunsRequest) => Promise<boolean>;
}

const badUsage = 2;

const common = {
  format: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

const optionsOf = {
  compare: common,
  report: { ...common, between: { type: "string" } },
} as const;

/** Runs a command over recorded runs. Resolves to 0, or 2 when there is nothing to work on. */
export async function runOverRuns(
  { name, usage, countProblem, work }: RunsCommand,
  argv: readonly string[],
  io: Io,
): Promise<number> {
  const parsed = parse(name, argv);
  if (typeof parsed !== "string" && parsed.values.help) {
    io.out(usage);
    return 0;
  }
  const request = typeof parsed === "string" ? parsed : readRequest(parsed, countProblem);
  if (typeof request === "string") {
    io.err(usageError([name], request));
    return badUsage;
  }
  return (await work(request)) ? 0 : badUsage;
}

interface Parsed {
  readonly values: { readonly format?: string; readonly help?: boolean };
  readonly tokens: Parameters<typeof readBetween>[0];
}

/** Gives what is asked for, or what is wrong with it, in words. */
function readRequest(
  { values, tokens }: Parsed,
  countProblem: RunsCommand["countProblem"],
): RunsRequest | string {
  const reading = readBetween(tokens);
  if (typeof reading === "string") return reading;
  const { between, positionals: runs } = reading;
  const problem = countProblem(runs);
  if (problem !== null) return problem;
  const format = values.format ?? "text";
  return format === "text" || format === "json"
    ? { runs, format, between }
    : `--format must be text or json, not ${format}`;
}

function parse(name: RunsCommand["name"], argv: readonly string[]): Parsed | string {
  const options = optionsOf[name];
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, tokens: true });
  } catch (error) {
    return parseProblem(error, options);
  }
}
