import { labelOf, topRows } from "./line-rows";
import type { StopView } from "./live-view";
import type { Origin, Profile, Stop } from "./model";
import { processName } from "./process-view";
import { topTypeOf } from "./top-type";
import { turnoverRows } from "./turnover";

const mostStops = 20;
const mostRows = 20;

/** The stops of a run for the panel, the newest first; `paused` are the processes that stand. */
export function stopViews(
  profile: Profile,
  roots: readonly string[],
  paused: ReadonlySet<number>,
): readonly StopView[] {
  const { stops } = profile;
  const standing = [...paused].map(pid => stops.findLastIndex(stop => stop.pid === pid));
  return stops
    .map((stop, index) => ({ stop, index }))
    .filter(({ index }) => index >= stops.length - mostStops || standing.includes(index))
    .reverse()
    .map(({ stop, index }) => toView(profile, stop, { roots, since: idBefore(stops, index) }));
}

/** The id of the stop of the same process before one; null for the first. */
function idBefore(stops: readonly Stop[], index: number): number | null {
  const pid = stops[index]?.pid;
  return stops.slice(0, index).findLast(each => each.pid === pid)?.id ?? null;
}

function toView(
  profile: Profile,
  stop: Stop,
  { roots, since }: { readonly roots: readonly string[]; readonly since: number | null },
): StopView {
  const { id, pid, t, at, rssBytes, tracedBytes, blocks } = stop;
  return {
    id,
    process: profile.processes.length > 1 ? { pid, name: processName(profile, pid) } : null,
    t,
    reason: at?.reason ?? "",
    at: at && {
      file: at.file,
      label: labelOf(at.file, originOf(profile, at.file), roots),
      line: at.line,
    },
    since,
    ...{ rssBytes, tracedBytes, blocks },
    type: topTypeOf(stop),
    rows: topRows(profile, roots, stop.source, { rows: stop.rows, most: mostRows }),
    turnover: turnoverRows(profile, roots, stop.source, stop.turnover),
  };
}

function originOf(profile: Profile, path: string): Origin {
  return profile.files.find(file => file.path === path)?.origin ?? "user";
}
