import { allRows, type CheckReport, type ReportedRow } from "./check-report";

/** Writes findings as a JSON array, in the shape that readers of Ruff's output know. */
export function formatJson(report: CheckReport): string {
  return `${JSON.stringify(records(report), null, 2)}\n`;
}

/** Writes the same with one finding a line. */
export function formatJsonLines(report: CheckReport): string {
  return records(report)
    .map(record => `${JSON.stringify(record)}\n`)
    .join("");
}

function records(report: CheckReport): readonly object[] {
  return allRows(report).map(({ file, row }: ReportedRow) => ({
    cell: row.cell,
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
}
