import type { Severity } from "#rules";
import { allRows, type CheckReport, placeInFile, shownPath } from "./check-report";
import type { RowLocation } from "./text-places";

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
        // Lines of a cell are none of the notebook's file; the text names cell and line.
        ...(row.cell === null ? placeProperties(location, end) : []),
      ];
      const text = `${path}:${placeInFile(row)}: ${row.code} ${row.message}`;
      return `::${commandOf[row.severity]} ${properties.join(",")}::${escapeData(text)}\n`;
    })
    .join("");
}

function placeProperties(start: RowLocation, end: RowLocation): readonly string[] {
  const lines = [`line=${start.row}`, `endLine=${end.row}`];
  // Columns of an annotation over several lines are refused.
  if (end.row !== start.row) return lines;
  return [...lines, `col=${start.column}`, `endColumn=${end.column}`];
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
