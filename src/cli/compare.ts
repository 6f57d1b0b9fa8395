import { compareProfiles, compareText, type Profile, toComparisonReport } from "#profile";
import type { Io } from "./io";
import { openRun } from "./open-run";
import { runOverRuns, type RunsRequest } from "./run-arguments";

/** How `compare` is used, for people. */
export const compareUsage = `Usage: memory-insights compare BEFORE AFTER [--format text|json]

Compares two runs of a program: what they took at most, and the lines that grew by more or less.
Of a file whose text has changed between the runs it compares functions by their names.

Options:
  --format text|json  for people (default), or for programs
  -h, --help          show this
`;

/** Runs `compare`. Resolves to 0, or 2 when there are no two runs to compare. */
export function runCompare(argv: readonly string[], io: Io): Promise<number> {
  const command = {
    name: "compare",
    usage: compareUsage,
    countProblem: (runs: readonly string[]) =>
      runs.length === 2 ? null : `two runs are compared, and ${runs.length} given`,
    work: (request: RunsRequest) => compare(request, io),
  } as const;
  return runOverRuns(command, argv, io);
}

async function compare({ runs, format }: RunsRequest, io: Io): Promise<boolean> {
  const [first = "", second = ""] = runs;
  const before = await openRun("compare", first, io);
  const after = await openRun("compare", second, io);
  if (!before || !after) return false;
  const comparison = compareProfiles(before, after, {
    before: rootsOf(before, io),
    after: rootsOf(after, io),
  });
  io.out(
    format === "json"
      ? `${JSON.stringify(toComparisonReport(comparison), null, 2)}\n`
      : compareText(comparison, { before: first, after: second }),
  );
  return true;
}

/** Two checkouts of a program stand in different folders, each run in its own. */
function rootsOf({ run }: Profile, { cwd }: Io): readonly string[] {
  return run.cwd === null ? [cwd] : [run.cwd, cwd];
}
