import { allRows, type CheckReport, shownPath } from "./check-report";

/** Writes findings for people and for editors that read `path:row:column:`. */
export function formatText(report: CheckReport): string {
  return allRows(report)
    .map(({ file, row: { location, code, message } }) => {
      const place = `${shownPath(file.path, report.cwd)}:${location.row}:${location.column}`;
      return `${place}: ${code} ${message}\n`;
    })
    .join("");
}
