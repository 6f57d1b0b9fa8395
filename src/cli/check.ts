import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { findPythonFiles, type FoundFiles } from "#files";
import { type CheckFormat, type CheckRequest, readCheckArguments } from "./check-arguments";
import type { CheckedFile } from "./check-file";
import { type CheckReport, shownPath } from "./check-report";
import { checkFiles } from "./check-run";
import { brokenText, summaryText, timingsText } from "./check-summary";
import { formatGithub } from "./format-github";
import { formatJson } from "./format-json";
import { formatSarif } from "./format-sarif";
import { formatText } from "./format-text";
import type { Io } from "./io";
import { unifiedDiff } from "./unified-diff";
import { usageError } from "./usage-error";

/** How `check` is used, for people. */
export const checkUsage = `Usage: memory-insights check [options] PATH...

Finds memory anti-patterns in Python files, and in those below folders.

Options:
  --format text|json|sarif|github  how findings are written (default: text)
  --select CODES                   only these: codes, prefixes (MEM1) or rule names, with commas
  --fix                            apply the fixes that keep behaviour, and report what is left
  --diff                           show what --fix would change, and write nothing
  --no-cache                       analyse unchanged files again
  --timings                        say which files took most processor time
  -h, --help                       show this

Exit codes: 0 nothing found, 1 something found, 2 bad usage or nothing could be read.
`;

const clean = 0;
const foundSome = 1;
const badUsage = 2;

const formatters: Readonly<Record<CheckFormat, (report: CheckReport) => string>> = {
  text: formatText,
  json: formatJson,
  sarif: formatSarif,
  github: formatGithub,
};

/** Runs `check`. Resolves to its exit code; what one file does wrong does not stop the others. */
export async function runCheck(argv: readonly string[], io: Io): Promise<number> {
  const read = readCheckArguments(argv);
  if (read.kind === "help") {
    io.out(checkUsage);
    return clean;
  }
  if (read.kind === "problem") {
    io.err(usageError(["check"], read.text));
    return badUsage;
  }
  const found = await findPythonFiles(read.request.paths, io.cwd);
  for (const path of found.missing) io.err(`memory-insights check: no such path: ${path}\n`);
  if (found.missing.length > 0) return badUsage;
  return report(read.request, found, io);
}

async function report(request: CheckRequest, found: FoundFiles, io: Io): Promise<number> {
  const files = await checkFiles(request, found.files, io);
  const checked: CheckReport = {
    files,
    cwd: io.cwd,
    version: io.version,
    ruleUrl: name => pathToFileURL(join(io.distFolder, "rules", `${name}.md`)).href,
  };
  if (request.mode === "diff") io.out(diffText(checked));
  else io.out(formatters[request.format](checked));
  for (const problem of found.problems) io.err(`${problem}\n`);
  for (const { path, problem } of files) {
    if (problem !== null) io.err(`${shownPath(path, io.cwd)}: ${problem}\n`);
  }
  io.err(brokenText(checked));
  if (request.showsTimings) io.err(timingsText(checked));
  const isForPeople = request.format === "text";
  // A diff is piped into `patch`, which takes no summary.
  if (request.mode === "diff") io.err(summaryText(checked, request.mode));
  else if (isForPeople) io.out(summaryText(checked, request.mode));
  return exitCode(files, found);
}

function exitCode(files: readonly CheckedFile[], found: FoundFiles): number {
  const isUnread = (file: CheckedFile) => file.problem !== null && found.named.has(file.path);
  if (files.some(isUnread)) return badUsage;
  return files.some(file => file.rows.length > 0) ? foundSome : clean;
}

function diffText(checked: CheckReport): string {
  return checked.files
    .map(({ path, fixed }) =>
      fixed ? unifiedDiff(shownPath(path, checked.cwd), fixed.before, fixed.after) : "",
    )
    .join("");
}
