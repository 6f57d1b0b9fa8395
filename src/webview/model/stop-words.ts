import { endOfCell, type StopView } from "#profile";

/** Names a process that may have no name: `worker.py, pid 12`. */
export function processWords({ name, pid }: NonNullable<StopView["process"]>): string {
  return `${name === "" ? "Python" : name}, pid ${pid}`;
}

/** Since when a stop counts: `since stop 2`, `since the start`, `in the cell`. */
export function sinceWords({ since, process, reason }: StopView): string {
  if (reason === endOfCell) return "in the cell";
  if (since !== null) return `since stop ${since}`;
  return process ? "since its start" : "since the start";
}
