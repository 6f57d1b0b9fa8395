import { allRows, type CheckReport, placeInFile, shownPath, shownPlace } from "./check-report";
import type { CheckRow } from "./check-rows";
import { excerptsOf } from "./excerpt";

/** Writes findings for people and for editors that read `path:row:column:`. */
export function formatText(report: CheckReport): string {
  return allRows(report)
    .map(each => `${shownPlace(each, report.cwd)}: ${messageOf(each.row)}\n`)
    .join("");
}

/** Writes findings below the name of their file. */
export function formatGrouped(report: CheckReport): string {
  return report.files
    .filter(({ rows }) => rows.length > 0)
    .map(({ path, rows }) => {
      const width = rows.reduce((most, row) => Math.max(most, placeInFile(row).length), 0);
      const lines = rows.map(row => `  ${placeInFile(row).padEnd(width)} ${messageOf(row)}\n`);
      return `${shownPath(path, report.cwd)}:\n${lines.join("")}\n`;
    })
    .join("");
}

/** Writes findings with the line that they start in, and what the fix would do. */
export function formatFull(report: CheckReport): string {
  return report.files
    .flatMap(file => {
      const text = file.rows.length > 0 ? report.textOf(file) : null;
      const excerptOf = text === null ? null : excerptsOf(text);
      return file.rows.map(row => {
        const place = shownPlace({ file, row }, report.cwd);
        const shown = row.cell === null ? (excerptOf?.(row) ?? "") : "";
        const fix = row.fix ? `  = ${fixLabel(row.fix.applicability)}: ${row.fix.message}\n` : "";
        return `${place}: ${messageOf(row)}\n${shown}${fix}\n`;
      });
    })
    .join("");
}

/** Only what is less than a warning says so, as lines without a severity are read as warnings. */
function messageOf({ code, message, severity }: CheckRow): string {
  const isLess = severity === "information" || severity === "hint";
  return isLess ? `${code} [${severity}] ${message}` : `${code} ${message}`;
}

function fixLabel(applicability: "safe" | "unsafe"): string {
  return applicability === "safe" ? "safe fix" : "fix for review";
}
