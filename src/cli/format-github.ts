import type { Severity } from "#rules";
import { allRows, type CheckReport, placeInFile, shownPath } from "./check-report";

const commandOf: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  information: "notice",
  hint: "notice",
};

/** Writes findings as workflow commands, which GitHub shows at the lines of a pull request. */
export function formatGithub(report: CheckReport): string {
  return allRows(report)
    .map(({ file, row }) => {
      const { location, end_location: end } = row;
      const path = shownPath(file.path, report.cwd);
      const properties = [
        `title=${escapeProperty(`${row.code} ${row.name}`)}`,
        `file=${escapeProperty(path)}`,
        `line=${location.row}`,
        `endLine=${end.row}`,
        // Columns of an annotation over several lines are refused.
        ...(end.row === location.row ? [`col=${location.column}`, `endColumn=${end.column}`] : []),
      ];
      const text = `${path}:${placeInFile(row)}: ${row.code} ${row.message}`;
      return `::${commandOf[row.severity]} ${properties.join(",")}::${escapeData(text)}\n`;
    })
    .join("");
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
