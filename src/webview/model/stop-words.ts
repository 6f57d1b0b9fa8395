import type { StopView } from "#profile";

/** Names a process that may have no name: `worker.py, pid 12`. */
export function processWords({ name, pid }: NonNullable<StopView["process"]>): string {
  return `${name === "" ? "Python" : name}, pid ${pid}`;
}

/** Since when a stop counts: `since stop 2`, `since the start`. */
export function sinceWords({ since, process }: StopView): string {
  if (since !== null) return `since stop ${since}`;
  return process ? "since its start" : "since the start";
}
