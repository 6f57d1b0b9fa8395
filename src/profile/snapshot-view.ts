import { lineKey } from "./line-key";
import { topRows } from "./line-rows";
import type { LineRow, SnapshotView } from "./live-view";
import { turnoverBetween, turnoverRows } from "./turnover";
import type { LineDelta, Profile, Snapshot, SnapshotTrigger } from "./model";

const mostSnapshots = 20;
const mostRows = 20;

const triggerNames: Readonly<Record<SnapshotTrigger, string>> = {
  request: "on request",
  interval: "at an interval",
  peak: "at the peak",
  exit: "before the end",
};

/** The snapshots of a run for the panel, the newest first, each with what changed since the last. */
export function snapshotViews(profile: Profile, roots: readonly string[]): readonly SnapshotView[] {
  const { snapshots } = profile;
  return snapshots
    .map((snapshot, index) => ({ snapshot, before: snapshotBefore(snapshots, index) }))
    .slice(-mostSnapshots)
    .reverse()
    .map(({ snapshot, before }) => {
      const { number, pid, name, trigger, t, rssBytes, tracedBytes, blocks, source } = snapshot;
      const toRows = (held: readonly LineDelta[]): readonly LineRow[] =>
        topRows(profile, roots, source, { rows: held, most: mostRows });
      return {
        number,
        name: name || triggerNames[trigger],
        pid: profile.processes.length > 1 ? pid : null,
        ...{ t, rssBytes, tracedBytes, blocks },
        rows: toRows(snapshot.rows),
        since: before?.number ?? null,
        changes: before ? toRows(differences(before, snapshot)) : [],
        turnover: before
          ? turnoverRows(profile, roots, source, turnoverBetween(before, snapshot))
          : [],
      };
    });
}

/** The one before it of the same process, as far as the two can be compared. */
export function snapshotBefore(snapshots: readonly Snapshot[], index: number): Snapshot | null {
  const { pid, source } = snapshots[index] ?? {};
  return (
    snapshots.slice(0, index).findLast(each => each.pid === pid && each.source === source) ?? null
  );
}

/** What each line holds more or less than before. */
export function differences(before: Snapshot, after: Snapshot): readonly LineDelta[] {
  const changed = new Map(after.rows.map(row => [lineKey(row), row]));
  for (const row of before.rows) {
    const now = changed.get(lineKey(row)) ?? { ...row, bytes: 0, blocks: row.blocks && 0 };
    const blocks = now.blocks === null ? null : now.blocks - (row.blocks ?? 0);
    changed.set(lineKey(row), { ...now, bytes: now.bytes - row.bytes, blocks });
  }
  return [...changed.values()].filter(row => row.bytes !== 0);
}
