import { type Bytes, formatBytes, formatBytesDelta } from "#base";
import type { ComparedPlace, Comparison, Pair } from "./compare";
import { placeOf } from "./line-rows";
import { sourceNames } from "./report-table";

const mostRows = 20;

/** Writes a comparison for people: what the runs took, and the places whose bytes changed most. */
export function compareText(
  comparison: Comparison,
  names: { readonly before: string; readonly after: string },
): string {
  const { peakRss, peakTraced, durationMs, isSameLevel } = comparison;
  const rows = comparison.rows.filter(({ origin }) => origin !== "tool");
  const rest = rows.length - mostRows;
  return [
    `Before       ${names.before}`,
    `After        ${names.after}`,
    `Peak RSS     ${pairText(peakRss)}`,
    ...(peakTraced.before === null && peakTraced.after === null
      ? []
      : [`Peak traced  ${pairText(peakTraced)}`]),
    `Duration     ${seconds(durationMs.before)} → ${seconds(durationMs.after)}`,
    "",
    ...(isSameLevel ? changes(rows) : [otherLevels]),
    ...(isSameLevel && rest > 0 ? [`  … ${rest} more`] : []),
    "",
  ].join("\n");
}

const otherLevels =
  "The runs were measured at different levels, so their lines cannot be compared; " +
  "profile both with the same --level.";

function changes(rows: readonly ComparedPlace[]): readonly string[] {
  if (rows.length === 0) return ["No line grew by another amount."];
  return [
    "Growth that changed",
    ...rows.slice(0, mostRows).map(row => {
      const delta = formatBytesDelta(row.afterBytes - row.beforeBytes).padStart(11);
      const values = `${formatBytes(row.beforeBytes)} → ${formatBytes(row.afterBytes)}`;
      return `  ${delta}  ${where(row)}  ${values}  (${sourceNames[row.source]})`;
    }),
  ];
}

function where(row: ComparedPlace): string {
  return row.function === null ? placeOf(row) : `${row.label} in ${row.function}`;
}

function pairText({ before, after }: Pair): string {
  const change =
    before === null || after === null
      ? ""
      : `  ${formatBytesDelta(after - before)}${percent(before, after)}`;
  return `${known(before)} → ${known(after)}${change}`;
}

function percent(before: Bytes, after: Bytes): string {
  if (before === 0) return "";
  const change = Math.round((100 * (after - before)) / before);
  return ` (${change > 0 ? "+" : change < 0 ? "−" : "±"}${Math.abs(change)} %)`;
}

function known(bytes: Bytes | null): string {
  return bytes === null ? "not measured" : formatBytes(bytes);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** Turns a comparison into what other programs read; `report.md` describes every field. */
export function toComparisonReport(comparison: Comparison) {
  const { peakRss, peakTraced, durationMs, isSameLevel, rows } = comparison;
  return {
    schema: 1,
    peak_rss_bytes: peakRss,
    peak_traced_bytes: peakTraced,
    duration_ms: durationMs,
    same_level: isSameLevel,
    places: rows.map(row => ({
      file: row.label,
      line: row.line === 0 ? null : row.line,
      function: row.function,
      source: row.source,
      before_bytes: row.beforeBytes,
      after_bytes: row.afterBytes,
    })),
  } as const;
}
