import type { Bytes, Milliseconds } from "#base";
import { topRows } from "./line-rows";
import type { LineRow } from "./live-view";
import type { Profile, Snapshot } from "./model";

/** What lines held at the moment at which the memory of one process was highest. */
export interface LinesAtPeak {
  /** On the run's clock. */
  readonly t: Milliseconds;
  /** The process; null where the run has only one. */
  readonly pid: number | null;
  /** What all lines held; null when only sampled. */
  readonly tracedBytes: Bytes | null;
  /** The user's lines first, then by size. */
  readonly rows: readonly LineRow[];
}

/** Of what was there at the peak, so much has to be gone at the end for the two to be told apart. */
const leastFreed = 0.05;

/** Of the peak: what was read with less is not called the peak. */
const nearShare = 0.9;

/** Whether about as much was read as there was: a peak that is soon gone is read before or after. */
export function isNearPeak({ tracedBytes }: LinesAtPeak, { peakTracedBytes }: Profile): boolean {
  return tracedBytes === null || tracedBytes >= nearShare * (peakTracedBytes ?? 0);
}

/** What lines held in the snapshot that was taken where memory was highest; null without one. */
export function linesAtPeak(
  profile: Profile,
  roots: readonly string[],
  most = Infinity,
): LinesAtPeak | null {
  const highest = highestSnapshot(profile.snapshots);
  return highest && linesOf(highest, profile, roots, most);
}

/**
 * As `linesAtPeak`, of a run that is over; null where the lines at the end tell the same. Sampled
 * figures do, for they only rise.
 */
export function linesFreedSincePeak(
  profile: Profile,
  roots: readonly string[],
  most = Infinity,
): LinesAtPeak | null {
  const highest = highestSnapshot(profile.snapshots);
  const held = highest?.tracedBytes ?? null;
  if (!highest || held === null || highest.source === "sampled") return null;
  const last = profile.snapshots.findLast(
    ({ pid, source, t }) => pid === highest.pid && source === highest.source && t > highest.t,
  );
  if (last && (last.tracedBytes ?? 0) > (1 - leastFreed) * held) return null;
  return linesOf(highest, profile, roots, most);
}

function linesOf(
  { t, pid, tracedBytes, source, rows }: Snapshot,
  profile: Profile,
  roots: readonly string[],
  most: number,
): LinesAtPeak {
  return {
    ...{ t, pid: profile.processes.length > 1 ? pid : null, tracedBytes },
    rows: topRows(profile, roots, source, { rows, most }).filter(({ bytes }) => bytes > 0),
  };
}

function highestSnapshot(snapshots: readonly Snapshot[]): Snapshot | null {
  const peaks = snapshots.filter(({ trigger }) => trigger === "peak");
  return peaks.sort((a, b) => sizeOf(b) - sizeOf(a))[0] ?? null;
}

function sizeOf({ tracedBytes, rssBytes }: Snapshot): Bytes {
  return tracedBytes ?? rssBytes;
}
