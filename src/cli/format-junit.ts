import { sum } from "#base";
import { type CheckReport, placeInFile, shownPath } from "./check-report";
import type { CheckRow } from "./check-rows";

/** Writes findings as JUnit's XML: a suite for each file, and a failure for each finding. */
export function formatJunit(report: CheckReport): string {
  const affected = report.files.filter(({ rows }) => rows.length > 0);
  const total = sum(affected.map(({ rows }) => rows.length));
  const suites = affected.map(({ path, rows }) => suite(shownPath(path, report.cwd), rows));
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    `<testsuites name="memory-insights" ${counts(total)}>\n${suites.join("")}</testsuites>\n`
  );
}

function suite(path: string, rows: readonly CheckRow[]): string {
  const name = escape(path);
  const cases = rows.map(row => {
    const { row: line, column } = row.location;
    const test = `<testcase name="${escape(`${row.code} ${row.name}`)}" classname="${name}"`;
    const text = escape(`${placeInFile(row)}: ${row.code} ${row.message}`);
    const failure = `<failure message="${escape(row.message)}">${text}</failure>`;
    return `    ${test} line="${line}" column="${column}">${failure}</testcase>\n`;
  });
  return `  <testsuite name="${name}" ${counts(rows.length)}>\n${cases.join("")}  </testsuite>\n`;
}

function counts(count: number): string {
  return `tests="${count}" failures="${count}" errors="0"`;
}

function escape(text: string): string {
  return (
    text
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      // XML has no way to write these.
      // eslint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
  );
}
