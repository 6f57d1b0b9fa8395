import type { Bytes } from "#base";
import type { FigureSource, LineFigures, Profile } from "#profile";
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
  const rows = profile.lines.filter(row => row.file === file && isWithin(row.line, ranges));
  const traced = rows.filter(row => row.source === "traced");
  if (traced.length > 0) return { source: "traced", ...sumOf(traced) };
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
