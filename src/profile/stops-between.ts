import { type Bytes, type Milliseconds, sum } from "#base";
import { lineKey } from "./line-key";
import type { FigureSource, LineDelta, Profile, Stop } from "./model";

/** What grew from one stop to a later one of the same process, whatever was stopped at in between. */
export interface StopsBetween {
  /** Null for the process's start. */
  readonly from: number | null;
  readonly to: number;
  readonly sinceT: Milliseconds;
  readonly t: Milliseconds;
  readonly rssBytes: Bytes;
  /** Null unless blocks were traced all the time. */
  readonly tracedBytes: Bytes | null;
  readonly blocks: number;
  /** By what told them: figures of two sources do not add up. Each list is largest first. */
  readonly rows: ReadonlyMap<FigureSource, readonly LineDelta[]>;
}

/**
 * Adds up what grew from stop `from`, or the start, to stop `to`. Null where these are not two stops
 * of one process, the first before the second.
 */
export function stopsBetween(
  { stops }: Pick<Profile, "stops">,
  from: number | null,
  to: number,
): StopsBetween | null {
  const end = stops.find(({ id }) => id === to);
  if (!end) return null;
  const own = stops.filter(({ pid }) => pid === end.pid);
  const start = from === null ? -1 : own.findIndex(({ id }) => id === from);
  if (from !== null && start < 0) return null;
  const passed = own.slice(start + 1, own.indexOf(end) + 1);
  const [first] = passed;
  if (!first) return null;
  return {
    ...{ from, to, sinceT: first.sinceT, t: end.t },
    rssBytes: sum(passed.map(({ rssBytes }) => rssBytes)),
    tracedBytes: sumOrNull(passed.map(({ tracedBytes }) => tracedBytes)),
    blocks: sum(passed.map(({ blocks }) => blocks)),
    rows: rowsBySource(passed),
  };
}

function rowsBySource(stops: readonly Stop[]): ReadonlyMap<FigureSource, readonly LineDelta[]> {
  const sources = [...new Set(stops.map(({ source }) => source))];
  return new Map(
    sources.map(source => [source, added(stops.filter(stop => stop.source === source))]),
  );
}

function added(stops: readonly Stop[]): readonly LineDelta[] {
  const lines = new Map<number, LineDelta>();
  for (const row of stops.flatMap(({ rows }) => rows)) {
    const before = lines.get(lineKey(row));
    lines.set(lineKey(row), before ? plus(before, row) : row);
  }
  return [...lines.values()]
    .filter(({ bytes, blocks }) => bytes !== 0 || (blocks ?? 0) !== 0)
    .sort((a, b) => Math.abs(b.bytes) - Math.abs(a.bytes));
}

function plus(before: LineDelta, row: LineDelta): LineDelta {
  const blocks = sumOrNull([before.blocks, row.blocks]);
  return { ...row, bytes: before.bytes + row.bytes, blocks };
}

function sumOrNull(figures: readonly (number | null)[]): number | null {
  return figures.includes(null) ? null : sum(figures.map(each => each ?? 0));
}
