import { fingerprint } from "#base";
import type { Severity } from "#rules";
import { allRows, type CheckReport, placeInFile, shownPath } from "./check-report";

const severityOf: Readonly<Record<Severity, string>> = {
  error: "critical",
  warning: "major",
  information: "minor",
  hint: "info",
};

const first = { row: 1, column: 1 };
const firstPlace = { location: first, end_location: first };

/** Writes findings as GitLab's code quality report, which a merge request compares with its target. */
export function formatGitlab(report: CheckReport): string {
  const seen = new Map<string, number>();
  const issues = allRows(report).map(({ file, row }) => {
    const path = shownPath(file.path, report.cwd);
    const identity = `${path} ${row.code} ${row.identity}`;
    // Equal findings of a file are told apart by their order.
    const count = seen.get(identity) ?? 0;
    seen.set(identity, count + 1);
    // Lines of a cell are none of the notebook's file: the text names cell and line.
    const isCell = row.cell !== null;
    const { location: start, end_location: end } = isCell ? firstPlace : row;
    return {
      check_name: row.code,
      description: `${row.code}: ${row.message}${isCell ? ` (${placeInFile(row)})` : ""}`,
      severity: severityOf[row.severity],
      fingerprint: fingerprint(`${identity} ${count}`),
      location: {
        path,
        positions: {
          begin: { line: start.row, column: start.column },
          end: { line: end.row, column: end.column },
        },
      },
    };
  });
  return `${JSON.stringify(issues, null, 2)}\n`;
}
