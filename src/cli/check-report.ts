import { relative, sep } from "node:path";
import type { CheckedFile, TimedFile } from "./check-file";
import type { CheckRow } from "./check-rows";

/** What a run of `check` found, as every format needs it. */
export interface CheckReport {
  /** Sorted by path. */
  readonly files: readonly TimedFile[];
  readonly cwd: string;
  readonly version: string;
  /** Where a rule's page can be opened. */
  readonly ruleUrl: (name: string) => string;
  /** The text that a file's findings are places in; null when it cannot be read any more. */
  readonly textOf: (file: CheckedFile) => string | null;
}

/** A finding with its file. */
export interface ReportedRow {
  readonly file: CheckedFile;
  readonly row: CheckRow;
}

/** All findings, by path and then by place. */
export function allRows(report: CheckReport): readonly ReportedRow[] {
  return report.files.flatMap(file => file.rows.map(row => ({ file, row })));
}

/** A path for people: relative to the working folder where it lies below, with `/`. */
export function shownPath(path: string, cwd: string): string {
  const below = relative(cwd, path);
  const isBelow = below !== "" && !below.startsWith("..") && !/^[A-Za-z]:/.test(below);
  return isBelow ? below.split(sep).join("/") : path;
}

/** Where a finding starts, as editors and terminals read it: `a.py:1:9`, `a.ipynb:cell 2:1:9`. */
export function shownPlace({ file, row }: ReportedRow, cwd: string): string {
  return `${shownPath(file.path, cwd)}:${placeInFile(row)}`;
}

/** The same without the file. */
export function placeInFile({ cell, location }: Pick<CheckRow, "cell" | "location">): string {
  return `${cell === null ? "" : `cell ${cell}:`}${location.row}:${location.column}`;
}
