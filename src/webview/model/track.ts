import type { ProcessView } from "#profile";

/** What the whole width and the whole height of a track stand for. */
export interface TrackScale {
  readonly endT: number;
  readonly mostBytes: number;
}

/** The points of a process's line in a box of 100 by 20, in the order of time. */
export function trackPoints(
  { timeline }: Pick<ProcessView, "timeline">,
  { endT, mostBytes }: TrackScale,
): string {
  return timeline.t
    .map((t, i) => {
      const x = (100 * t) / endT;
      const y = 20 - (19 * (timeline.rssBytes[i] ?? 0)) / mostBytes;
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(" ");
}
