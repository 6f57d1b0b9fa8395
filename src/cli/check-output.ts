import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { passedOverNames } from "#analyzer";
import { type FoundFiles, reasonOf } from "#files";
import type { CheckedFile, TimedFile } from "./check-file";
import { type CheckReport, shownPath } from "./check-report";
import type { CheckFormat, CheckRequest } from "./check-request";
import { statisticsText } from "./check-statistics";
import { brokenText, summaryText, timingsText } from "./check-summary";
import { formatGithub } from "./format-github";
import { formatGitlab } from "./format-gitlab";
import { formatJson, formatJsonLines } from "./format-json";
import { formatJunit } from "./format-junit";
import { formatSarif } from "./format-sarif";
import { formatFull, formatGrouped, formatText } from "./format-text";
import type { Io } from "./io";
import { decodePython } from "./python-text";
import { unifiedDiff } from "./unified-diff";

const formatters: Readonly<Record<CheckFormat, (report: CheckReport) => string>> = {
  text: formatText,
  concise: formatText,
  full: formatFull,
  grouped: formatGrouped,
  json: formatJson,
  "json-lines": formatJsonLines,
  sarif: formatSarif,
  github: formatGithub,
  gitlab: formatGitlab,
  junit: formatJunit,
};

/** Formats for people end in a summary; what programs read has nothing else in it. */
const formatsForPeople: ReadonlySet<CheckFormat> = new Set(["text", "concise", "full", "grouped"]);

/** Writes what was found. Resolves to what went wrong in words, or to null. */
export async function writeReport(
  request: CheckRequest,
  files: readonly TimedFile[],
  found: FoundFiles,
  io: Io,
): Promise<string | null> {
  const { mode, output } = request;
  const report = toReport(files, request, io);
  const isFilter = request.stdinName !== null && mode === "fix";
  // Of a filter, standard output is the fixed text.
  const text = isFilter ? fixedText(files) : mainText(report, request);
  if (output.file === null) io.out(text);
  else {
    try {
      await writeFile(resolve(io.cwd, output.file), text);
    } catch (error) {
      return `${output.file} cannot be written (${reasonOf(error)})`;
    }
  }
  if (isFilter) io.err(formatText(report));
  io.err(notes(report, request, found));
  if (output.isQuiet) return null;
  const summary = summaryText(report, mode);
  const isApart = isFilter || mode === "diff" || output.file !== null;
  // A diff is piped into `patch`, which takes no summary.
  if (isApart) io.err(summary);
  else if (formatsForPeople.has(output.format)) io.out(summary);
  return null;
}

function mainText(report: CheckReport, { mode, output }: CheckRequest): string {
  if (mode === "diff") return diffText(report);
  if (output.showsStatistics) return statisticsText(report, output.format);
  return formatters[output.format](report);
}

/** What people should know besides the findings, for standard error. */
function notes(report: CheckReport, { output }: CheckRequest, found: FoundFiles): string {
  const { files, cwd } = report;
  const unread = files.flatMap(({ path, problem }) =>
    problem === null ? [] : [`${shownPath(path, cwd)}: ${problem}\n`],
  );
  const passed = files.flatMap(({ path, passedOver }) =>
    passedOver === null
      ? []
      : [`${shownPath(path, cwd)}: passed over, ${passedOverNames[passedOver]}\n`],
  );
  return [
    ...found.problems.map(problem => `${problem}\n`),
    ...unread,
    ...(output.isQuiet ? [] : [brokenText(report)]),
    ...(output.isVerbose ? passed : []),
    ...(output.showsTimings ? [timingsText(report)] : []),
  ].join("");
}

function toReport(files: readonly TimedFile[], request: CheckRequest, io: Io): CheckReport {
  return {
    files,
    cwd: io.cwd,
    version: io.version,
    ruleUrl: name => pathToFileURL(join(io.distFolder, "rules", `${name}.md`)).href,
    textOf: file => currentText(file, request),
  };
}

/** The text as it is after this run; read again, since most runs need none of it. */
function currentText(file: CheckedFile, { mode, stdinName }: CheckRequest): string | null {
  if (file.fixed) return mode === "fix" ? file.fixed.after : file.fixed.before;
  if (stdinName !== null) return null;
  try {
    const decoded = decodePython(readFileSync(file.path));
    return decoded.kind === "text" ? decoded.text : null;
  } catch {
    // It was there a moment ago; its findings are shown without their lines.
    return null;
  }
}

function fixedText(files: readonly TimedFile[]): string {
  return files.map(({ fixed }) => fixed?.after ?? "").join("");
}

function diffText(report: CheckReport): string {
  return report.files
    .map(({ path, fixed }) =>
      fixed ? unifiedDiff(shownPath(path, report.cwd), fixed.before, fixed.after) : "",
    )
    .join("");
}
