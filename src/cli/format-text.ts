import type { CheckRow } from "./check-rows";
import { allRows, type CheckReport, placeInFile, shownPath, shownPlace } from "./check-report";

/** Writes findings for people and for editors that read `path:row:column:`. */
export function formatText(report: CheckReport): string {
  return allRows(report)
    .map(each => `${shownPlace(each, report.cwd)}: ${each.row.code} ${each.row.message}\n`)
    .join("");
}

/** Writes findings below the name of their file. */
export function formatGrouped(report: CheckReport): string {
  return report.files
    .filter(({ rows }) => rows.length > 0)
    .map(({ path, rows }) => {
      const width = Math.max(...rows.map(row => placeInFile(row).length));
      const lines = rows.map(
        row => `  ${placeInFile(row).padEnd(width)} ${row.code} ${row.message}\n`,
      );
      return `${shownPath(path, report.cwd)}:\n${lines.join("")}\n`;
    })
    .join("");
}

/** Writes findings with the line that they start in, and what the fix would do. */
export function formatFull(report: CheckReport): string {
  return report.files
    .flatMap(file => {
      const lines = file.rows.length > 0 ? report.textOf(file)?.split(/\r\n|[\r\n]/) : undefined;
      return file.rows.map(row => {
        const place = shownPlace({ file, row }, report.cwd);
        const source = row.cell === null ? lines?.[row.location.row - 1] : undefined;
        const shown = source === undefined ? "" : excerpt(source, row);
        const fix = row.fix ? `  = ${fixLabel(row.fix.applicability)}: ${row.fix.message}\n` : "";
        return `${place}: ${row.code} ${row.message}\n${shown}${fix}\n`;
      });
    })
    .join("");
}

/** A line with its number, and a line that points at the finding. */
function excerpt(source: string, { location, end_location: end }: CheckRow): string {
  const characters = Array.from(source.replace(/^\ufeff/, ""));
  const number = String(location.row);
  const margin = " ".repeat(number.length);
  const from = location.column - 1;
  const to = end.row === location.row ? end.column - 1 : characters.length;
  // Tabs stay tabs, so that the mark stands below its code whatever their width.
  const indent = characters.slice(0, from).map(character => (character === "\t" ? "\t" : " "));
  const mark = "^".repeat(Math.max(1, to - from));
  return (
    `${margin} |\n${number} | ${characters.join("")}\n` + `${margin} | ${indent.join("")}${mark}\n`
  );
}

function fixLabel(applicability: "safe" | "unsafe"): string {
  return applicability === "safe" ? "safe fix" : "fix for review";
}
