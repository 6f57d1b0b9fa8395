import { parseArgs } from "node:util";
import { compareProfiles, compareText, type Profile, toComparisonReport } from "#profile";
import type { Io } from "./io";
import { openRun } from "./open-run";
import { parseProblem, usageError } from "./usage-error";

/** How `compare` is used, for people. */
export const compareUsage = `Usage: memory-insights compare BEFORE AFTER [--format text|json]

Compares two runs of a program: what they took at most, and the lines that grew by more or less.
Of a file whose text has changed between the runs it compares functions by their names.

Options:
  --format text|json  for people (default), or for programs
  -h, --help          show this
`;

const badUsage = 2;

/** Runs `compare`. Resolves to 0, or 2 when there are no two runs to compare. */
export async function runCompare(argv: readonly string[], io: Io): Promise<number> {
  const read = readArguments(argv);
  if (read.kind === "help") {
    io.out(compareUsage);
    return 0;
  }
  if (read.kind === "problem") {
    io.err(usageError(["compare"], read.text));
    return badUsage;
  }
  const before = await openRun("compare", read.before, io);
  const after = await openRun("compare", read.after, io);
  if (!before || !after) return badUsage;
  const comparison = compareProfiles(before, after, {
    before: rootsOf(before, io),
    after: rootsOf(after, io),
  });
  io.out(
    read.format === "json"
      ? `${JSON.stringify(toComparisonReport(comparison), null, 2)}\n`
      : compareText(comparison, read),
  );
  return 0;
}

/** Two checkouts of a program stand in different folders, each run in its own. */
function rootsOf({ run }: Profile, { cwd }: Io): readonly string[] {
  return run.cwd === null ? [cwd] : [run.cwd, cwd];
}

type CompareArguments =
  | {
      readonly kind: "request";
      readonly before: string;
      readonly after: string;
      readonly format: "text" | "json";
    }
  | { readonly kind: "help" }
  | { readonly kind: "problem"; readonly text: string };

function readArguments(argv: readonly string[]): CompareArguments {
  const parsed = parse(argv);
  if (typeof parsed === "string") return { kind: "problem", text: parsed };
  const { values, positionals } = parsed;
  if (values.help) return { kind: "help" };
  const [before, after, ...more] = positionals;
  if (before === undefined || after === undefined || more.length > 0) {
    return { kind: "problem", text: `two runs are compared, and ${positionals.length} given` };
  }
  const format = values.format ?? "text";
  if (format !== "text" && format !== "json") {
    return { kind: "problem", text: `--format must be text or json, not ${format}` };
  }
  return { kind: "request", before, after, format };
}

const options = {
  format: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options,
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    return parseProblem(error, options);
  }
}
