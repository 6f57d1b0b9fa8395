import type { LiveView } from "./live-view";
import type { Timeline } from "./model";
import { extremes, pick } from "./timeline";

/** Keeps the first and last point and, of equal spans of time, the extremes of both figures. */
export function thinnedTimeline(timeline: Timeline, maxPoints: number): LiveView["timeline"] {
  const kept = keptPoints(timeline, maxPoints);
  return {
    t: pick(timeline.t, kept),
    rssBytes: pick(timeline.rssBytes, kept),
    tracedBytes: pick(timeline.tracedBytes, kept).map(known),
  };
}

function keptPoints({ t, rssBytes, tracedBytes }: Timeline, maxPoints: number): readonly number[] {
  if (t.length <= maxPoints) return t.map((_, index) => index);
  const hasTraced = tracedBytes.some(bytes => !Number.isNaN(bytes));
  const columns = hasTraced ? [rssBytes, tracedBytes] : [rssBytes];
  // Each span keeps up to two points a column; the first and the last point take two more.
  const spans = Math.max(1, Math.floor((maxPoints - 2) / (2 * columns.length)));
  const from = t[0] ?? 0;
  const width = ((t.at(-1) ?? 0) - from) / spans || 1;
  const kept = new Set([0]);
  for (let span = 0, start = 0; span < spans; span++) {
    let end = start;
    const limit = span === spans - 1 ? Infinity : from + (span + 1) * width;
    while (end < t.length && (t[end] ?? 0) < limit) end++;
    for (const index of extremes(columns, start, end)) kept.add(index);
    start = end;
  }
  return [...kept.add(t.length - 1)].sort((a, b) => a - b);
}

/** A figure, or null where it is absent. */
export function known(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
