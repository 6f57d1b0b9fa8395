import type { LiveView } from "#profile";
import { type StopView, stopPlace } from "./rows";

/** The stops that can be compared, the newest first: those of processes with more than one. */
export function comparableStops({ stops }: Pick<LiveView, "stops">): readonly StopView[] {
  return stops.filter(stop => stops.filter(other => isSameProcess(stop, other)).length > 1);
}

/** The stops of the same process before one, the newest first. */
export function earlierStops(stops: readonly StopView[], to: number): readonly StopView[] {
  const end = stops.find(({ id }) => id === to);
  return end ? stops.filter(stop => stop.t < end.t && isSameProcess(stop, end)) : [];
}

/** Names a stop in a list: `3 · main.py:22`, with its process where there are several. */
export function stopOption(stop: StopView): string {
  const place = stopPlace(stop);
  const process = stop.process ? ` · pid ${stop.process.pid}` : "";
  return `${stop.id}${place === null ? "" : ` · ${place}`}${process}`;
}

function isSameProcess(a: StopView, b: StopView): boolean {
  return a.process?.pid === b.process?.pid;
}
