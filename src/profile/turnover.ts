import { lineKey } from "./line-key";
import { topRows } from "./line-rows";
import type { LineRow } from "./live-view";
import type { FigureSource, LineBytes, Profile, Snapshot } from "./model";

/** Less is a matter of chance: what the collector or a cache has just let go of. */
const leastBytes = 64 * 1024;
const mostRows = 20;

/**
 * What came and went between two snapshots of one process, line by line, largest first: at least so
 * many bytes were allocated and at least so many freed. `before` null stands for the start.
 */
export function turnoverBetween(before: Snapshot | null, after: Snapshot): readonly LineBytes[] {
  // memray tells it of the run as a whole.
  const from = after.source === "memray" ? null : before;
  const held = changeOf(from?.rows ?? [], after.rows);
  const freed = changeOf(from?.freed ?? [], after.freed);
  return after.freed
    .map(({ file, line }) => {
      const went = freed(lineKey({ file, line }));
      const change = held(lineKey({ file, line }));
      // Sampled lines tell how much came, traced ones what is left of it.
      const came = after.source === "sampled" ? change : change + went;
      return { file, line, bytes: Math.min(came, went) };
    })
    .filter(({ bytes }) => bytes > 0)
    .sort((a, b) => b.bytes - a.bytes);
}

/** Gives rows of what came and went for people: the user's lines first, nothing of the profiler's. */
export function turnoverRows(
  profile: Profile,
  roots: readonly string[],
  source: FigureSource,
  lines: readonly LineBytes[],
): readonly LineRow[] {
  const rows = lines
    .filter(({ file, bytes }) => bytes >= leastBytes && profile.files[file]?.origin !== "tool")
    .map(row => ({ ...row, blocks: null }));
  return topRows(profile, roots, source, { rows, most: mostRows });
}

function changeOf(
  before: readonly LineBytes[],
  after: readonly LineBytes[],
): (key: number) => number {
  const sums = new Map<number, number>();
  const add = (row: LineBytes, sign: number): void => {
    sums.set(lineKey(row), (sums.get(lineKey(row)) ?? 0) + sign * row.bytes);
  };
  for (const row of before) add(row, -1);
  for (const row of after) add(row, 1);
  return key => sums.get(key) ?? 0;
}
