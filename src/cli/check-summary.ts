import { type CheckReport, shownPath } from "./check-report";

/** Writes the last line of the text format: what was found in how many files. */
export function summaryText(report: CheckReport, mode: "report" | "fix" | "diff"): string {
  const found = report.files.reduce((sum, file) => sum + file.rows.length, 0);
  const fixed = report.files.reduce((sum, file) => sum + (file.fixed?.count ?? 0), 0);
  const inFiles = count(report.files.length, "file");
  if (mode === "diff") return `Would fix ${count(fixed, "problem")} in ${inFiles}.\n`;
  const fixedText = mode === "fix" ? `Fixed ${count(fixed, "problem")}. ` : "";
  if (found === 0) return `${fixedText}No memory problems in ${inFiles}.\n`;
  const affected = count(report.files.filter(file => file.rows.length > 0).length, "file");
  const fixable = countFixable(report);
  const hint = mode === "report" && fixable > 0 ? ` (${fixable} fixable with --fix)` : "";
  return `${fixedText}Found ${count(found, "memory problem")} in ${affected} of ${inFiles}${hint}.\n`;
}

/** Says that files were checked in part; empty when all of them are valid Python 3. */
export function brokenText(report: CheckReport): string {
  const broken = report.files.filter(file => file.isBroken).length;
  if (broken === 0) return "";
  return broken === 1
    ? "1 file is not valid Python 3 and was checked in part.\n"
    : `${broken} files are not valid Python 3 and were checked in part.\n`;
}

/** Lists the files that took longest, the slowest first. */
export function timingsText(report: CheckReport): string {
  return [...report.files]
    .sort((a, b) => b.duration - a.duration)
    .slice(0, 10)
    .map(({ duration, path }) => `${duration.toFixed(0)} ms ${shownPath(path, report.cwd)}\n`)
    .join("");
}

function countFixable(report: CheckReport): number {
  return report.files.flatMap(file => file.rows).filter(row => row.fix?.applicability === "safe")
    .length;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
