import { dirname, relative, sep } from "node:path";
import { sum } from "#base";
import type { CheckedFile } from "./check-file";
import type { CheckRow } from "./check-rows";

/** Known findings by file, relative to the baseline's folder, and by what they are; counted. */
export type Baseline = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** The findings of files without those of a baseline. */
export interface NewFindings<F extends CheckedFile> {
  readonly files: readonly F[];
  /** Findings that were left out. */
  readonly known: number;
  /** Findings of the baseline that the checked files no longer have. */
  readonly gone: number;
}

const version = 1;

/** Makes the baseline of what was found. `path` is absolute: where it will lie. */
export function toBaseline(files: readonly CheckedFile[], path: string): Baseline {
  const entries = files
    .filter(file => file.rows.length > 0)
    .map(file => [keyOf(file.path, path), counted(file.rows)] as const);
  return Object.fromEntries(entries.sort(byKey));
}

/** Writes a baseline with one finding a line, sorted, so that two versions compare well. */
export function writeBaseline(findings: Baseline): string {
  return `${JSON.stringify({ version, findings }, null, 2)}\n`;
}

/** Reads a baseline. Never throws; gives what is wrong in words. */
export function readBaseline(text: string): Baseline | string {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return "is not JSON";
  }
  if (!isRecord(data) || !isRecord(data["findings"])) return "is no baseline";
  if (data["version"] !== version) return "is a baseline of another version";
  return isBaseline(data["findings"]) ? data["findings"] : "is no baseline";
}

/** Leaves out what a baseline knows; of equal findings as many as it counts, the first ones. */
export function withoutBaseline<F extends CheckedFile>(
  files: readonly F[],
  baseline: Baseline,
  path: string,
): NewFindings<F> {
  let known = 0;
  let expected = 0;
  const kept = files.map(file => {
    const left = new Map(Object.entries(baseline[keyOf(file.path, path)] ?? {}));
    // Of a file that was not looked at nobody knows.
    if (file.isChecked) expected += sum(left.values());
    const rows = file.rows.filter(row => {
      const count = left.get(identityOf(row)) ?? 0;
      if (count > 0) left.set(identityOf(row), count - 1);
      return count === 0;
    });
    known += file.rows.length - rows.length;
    return { ...file, rows };
  });
  return { files: kept, known, gone: expected - known };
}

function counted(rows: readonly CheckRow[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(identityOf(row), (counts.get(identityOf(row)) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(byKey));
}

function identityOf({ code, identity }: CheckRow): string {
  return `${code} ${identity}`;
}

function keyOf(path: string, baselinePath: string): string {
  return relative(dirname(baselinePath), path).split(sep).join("/");
}

function byKey(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isBaseline(findings: Readonly<Record<string, unknown>>): findings is Baseline {
  return Object.values(findings).every(
    file => isRecord(file) && Object.values(file).every(Number.isSafeInteger),
  );
}
