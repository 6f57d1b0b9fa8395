import { allRows, type CheckReport } from "./check-report";

/** Writes findings as a JSON array, in the shape that readers of Ruff's output know. */
export function formatJson(report: CheckReport): string {
  const rows = allRows(report).map(({ file, row }) => ({
    code: row.code,
    name: row.name,
    filename: file.path,
    location: row.location,
    end_location: row.end_location,
    message: row.message,
    severity: row.severity,
    url: report.ruleUrl(row.name),
    fix: row.fix,
  }));
  return `${JSON.stringify(rows, null, 2)}\n`;
}
