import type { LiveView, StopView } from "./live-view";

/**
 * The stops of a view that tell where the program is, the newest first: the newest of all, and of
 * every other process that stands its own newest.
 */
export function currentStops({
  stops,
  processes,
}: Pick<LiveView, "stops" | "processes">): readonly StopView[] {
  const standing = new Set(processes.filter(each => each.isPaused).map(each => each.pid));
  return stops.filter(({ process }, index) => {
    if (index === 0) return true;
    const isNewest = stops.findIndex(each => each.process?.pid === process?.pid) === index;
    return isNewest && process !== null && standing.has(process.pid);
  });
}
