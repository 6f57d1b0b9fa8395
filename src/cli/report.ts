import { relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { reportText, toReport } from "#profile";
import type { Io } from "./io";
import { openRun } from "./open-run";
import { parseProblem, usageError } from "./usage-error";

/** How `report` is used, for people. */
export const reportUsage = `Usage: memory-insights report RUN [--format text|json]

Shows what a run recorded; also of a run that was killed or is still going on.

Options:
  --format text|json  for people (default), or for programs
  -h, --help          show this
`;

const badUsage = 2;

/** Runs `report`. Resolves to 0, or 2 when there is nothing to report on. */
export async function runReport(argv: readonly string[], io: Io): Promise<number> {
  const read = readArguments(argv);
  if (read.kind === "help") {
    io.out(reportUsage);
    return 0;
  }
  if (read.kind === "problem") {
    io.err(usageError(["report"], read.text));
    return badUsage;
  }
  const path = resolve(io.cwd, read.run);
  const profile = await openRun("report", read.run, io);
  if (!profile) return badUsage;
  io.out(
    read.format === "json"
      ? `${JSON.stringify(toReport(profile), null, 2)}\n`
      : reportText(profile, { roots: [io.cwd], run: relative(io.cwd, path) || path }),
  );
  return 0;
}

type ReportArguments =
  | { readonly kind: "request"; readonly run: string; readonly format: "text" | "json" }
  | { readonly kind: "help" }
  | { readonly kind: "problem"; readonly text: string };

function readArguments(argv: readonly string[]): ReportArguments {
  const parsed = parse(argv);
  if (typeof parsed === "string") return { kind: "problem", text: parsed };
  const { values, positionals } = parsed;
  if (values.help) return { kind: "help" };
  const [run, ...more] = positionals;
  if (run === undefined) return { kind: "problem", text: "no run is given" };
  if (more.length > 0)
    return { kind: "problem", text: `one run at a time, not also ${more.join(" ")}` };
  const format = values.format ?? "text";
  if (format !== "text" && format !== "json") {
    return { kind: "problem", text: `--format must be text or json, not ${format}` };
  }
  return { kind: "request", run, format };
}

const options = {
  format: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

function parse(
  argv: readonly string[],
): { values: { format?: string; help?: boolean }; positionals: readonly string[] } | string {
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
