import type { Bytes, Milliseconds } from "#base";
import { topRows } from "./line-rows";
import type { LineRow } from "./live-view";
import type { Profile } from "./model";
import { stopsBetween } from "./stops-between";

/** What grew between two stops, in the panel. */
export interface BetweenView {
  /** Null for the start. */
  readonly from: number | null;
  readonly to: number;
  readonly elapsed: Milliseconds;
  readonly rssBytes: Bytes;
  readonly tracedBytes: Bytes | null;
  readonly blocks: number;
  /** The user's lines first, then by size; at most 50. */
  readonly rows: readonly LineRow[];
}

const mostRows = 50;

/** Pictures what grew from one stop to another; null where they are not two of one process. */
export function betweenView(
  profile: Profile,
  roots: readonly string[],
  from: number | null,
  to: number,
): BetweenView | null {
  const between = stopsBetween(profile, from, to);
  if (!between) return null;
  const { sinceT, t, rssBytes, tracedBytes, blocks } = between;
  const rows = [...between.rows].flatMap(([source, of]) =>
    topRows(profile, roots, source, { rows: of, most: mostRows }),
  );
  const shown = rows.slice(0, mostRows);
  return { from, to, elapsed: t - sinceT, rssBytes, tracedBytes, blocks, rows: shown };
}
