import { relative, resolve } from "node:path";
import { type Profile, reportText, toReport } from "#profile";
import type { BetweenArgument } from "./between-argument";
import type { Io } from "./io";
import { openRun } from "./open-run";
import { reportBetween } from "./report-between";
import { runOverRuns, type RunsRequest } from "./run-arguments";

/** How `report` is used, for people. */
export const reportUsage = `Usage: memory-insights report RUN [--between A B] [--format text|json]

Shows what a run recorded; also of a run that was killed or is still going on.

Options:
  --between A B       only what grew from stop A, or from the start, to stop B, as in
                      --between 1 4 or --between start 4
  --format text|json  for people (default), or for programs
  -h, --help          show this
`;

/** Runs `report`. Resolves to 0, or 2 when there is nothing to report on. */
export function runReport(argv: readonly string[], io: Io): Promise<number> {
  const command = {
    name: "report",
    usage: reportUsage,
    countProblem,
    work: (request: RunsRequest) => report(request, io),
  } as const;
  return runOverRuns(command, argv, io);
}

function countProblem([first, ...more]: readonly string[]): string | null {
  if (first === undefined) return "no run is given";
  return more.length > 0 ? `one run at a time, not also ${more.join(" ")}` : null;
}

async function report({ runs, format, between }: RunsRequest, io: Io): Promise<boolean> {
  const [run = ""] = runs;
  const path = resolve(io.cwd, run);
  const profile = await openRun("report", run, io);
  if (!profile) return false;
  if (between) return writeBetween(profile, between, { run, format }, io);
  io.out(
    format === "json"
      ? `${JSON.stringify(toReport(profile), null, 2)}\n`
      : reportText(profile, { roots: [io.cwd], run: relative(io.cwd, path) || path }),
  );
  return true;
}

function writeBetween(
  profile: Profile,
  between: BetweenArgument,
  { run, format }: { readonly run: string; readonly format: "text" | "json" },
  io: Io,
): boolean {
  const written = reportBetween(profile, between, { roots: [io.cwd], format });
  if ("problem" in written) io.err(`memory-insights report: ${run}: ${written.problem}\n`);
  else io.out(written.text);
  return "text" in written;
}
