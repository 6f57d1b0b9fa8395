import type { Bytes } from "#base";
import { bestLines, type FigureSource, type LineFigures, type Profile } from "#profile";
import type { LineRange } from "./place";

/** The figures of several lines taken together. */
export interface PlaceFigures {
  readonly source: FigureSource;
  readonly bytes: Bytes;
  /** Blocks alive on those lines; null when only sampled. */
  readonly blocks: number | null;
}

/**
 * Adds up what a run measured on some lines of one file; null when it measured nothing there.
 * Exact figures win over sampled ones, for a line counted by both would count twice.
 */
export function figuresOn(
  profile: Profile,
  file: number,
  ranges: readonly LineRange[],
): PlaceFigures | null {
  const rows = bestLines(profile).filter(row => row.file === file && isWithin(row.line, ranges));
  for (const source of ["memray", "traced"] as const) {
    const exact = rows.filter(row => row.source === source);
    if (exact.length > 0) return { source, ...sumOf(exact) };
  }
  if (rows.length > 0) return { source: "sampled", ...sumOf(rows), blocks: null };
  return null;
}

function isWithin(line: number, ranges: readonly LineRange[]): boolean {
  return ranges.some(range => range.first <= line && line <= range.last);
}

function sumOf(rows: readonly LineFigures[]): { bytes: Bytes; blocks: number } {
  let bytes = 0;
  let blocks = 0;
  for (const row of rows) {
    bytes += row.peakBytes ?? Math.max(0, row.grownBytes);
    blocks += row.liveBlocks ?? 0;
  }
  return { bytes, blocks };
}
