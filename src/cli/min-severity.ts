import type { Severity } from "#rules";
import type { TimedFile } from "./check-file";

/** From what has to be mended to what may be; the last one leaves nothing out. */
export const severities = [
  "error",
  "warning",
  "information",
  "hint",
] as const satisfies readonly Severity[];

/** Leaves out the findings below a severity. */
export function withoutLower(files: readonly TimedFile[], least: Severity): readonly TimedFile[] {
  if (least === "hint") return files;
  const kept: ReadonlySet<Severity> = new Set(severities.slice(0, severities.indexOf(least) + 1));
  return files.map(file => ({ ...file, rows: file.rows.filter(row => kept.has(row.severity)) }));
}
