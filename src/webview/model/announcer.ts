import { formatBytes, formatBytesDelta, type Milliseconds } from "#base";
import type { LiveView } from "#profile";
import { rateWords } from "./words";

/** Shortest time between two messages to a screen reader. */
export const quietMs: Milliseconds = 5000;

/** Memory must change by this share before it is worth a message. */
const worthSaying = 0.1;

/** What was said last, and what still waits to be said. */
export interface Announcements {
  readonly saidAt: Milliseconds;
  readonly saidRss: number;
  readonly status: LiveView["status"] | null;
  readonly lastStop: number;
  readonly waiting: string | null;
  /** The text of the live region. */
  readonly text: string;
}

/** Nothing said yet. */
export const silent: Announcements = {
  saidAt: -Infinity,
  saidRss: 0,
  status: null,
  lastStop: 0,
  waiting: null,
  text: "",
};

/**
 * Decides what a screen reader hears of a new view: changes of state and stops always, memory when
 * it moved by a tenth, and never two messages within `quietMs`. The newest news wins the wait.
 */
export function announce(past: Announcements, view: LiveView, now: Milliseconds): Announcements {
  const stop = view.stops[0];
  const isNewStop = stop !== undefined && stop.id !== past.lastStop;
  const hasNews = view.status !== past.status || isNewStop;
  const waiting = hasNews ? stateWords(view) : (past.waiting ?? memoryWords(past, view));
  const next = { ...past, status: view.status, lastStop: stop?.id ?? past.lastStop, waiting };
  return sayWaiting(next, now, view.rssBytes ?? past.saidRss);
}

/** Says what waits once the quiet time is over. */
export function sayWaiting(
  past: Announcements,
  now: Milliseconds,
  saidRss = past.saidRss,
): Announcements {
  if (past.waiting === null || now - past.saidAt < quietMs) return past;
  return { ...past, waiting: null, text: past.waiting, saidAt: now, saidRss };
}

function stateWords(view: LiveView): string {
  const stop = view.stops[0];
  switch (view.status) {
    case "starting":
      return `${view.program}: starting`;
    case "running":
      if (view.processes.some(each => each.isPaused && each.pid === stop?.process?.pid)) {
        return stopWords(stop);
      }
      return `${view.program}: running${view.rssBytes === null ? "" : `, memory ${formatBytes(view.rssBytes)}`}`;
    case "paused":
      return stopWords(stop);
    case "ended":
      return `Program ended${view.ending === null ? "" : `: ${view.ending}`}${peakWords(view)}`;
    case "lost":
      return `Program stopped reporting${peakWords(view)}`;
  }
}

function stopWords(stop: LiveView["stops"][number] | undefined): string {
  const who = stop?.process ? `Process ${stop.process.pid} paused` : "Paused";
  const place = stop?.at ? ` at ${stop.at.label}, line ${stop.at.line}` : "";
  const grown = stop ? `, ${formatBytesDelta(stop.rssBytes)} since the last stop` : "";
  return `${who}${place}${grown}`;
}

function peakWords(view: LiveView): string {
  return view.peakRssBytes === null ? "" : `, peak ${formatBytes(view.peakRssBytes)}`;
}

function memoryWords(past: Announcements, view: LiveView): string | null {
  const rss = view.rssBytes;
  if (rss === null || view.status !== "running") return null;
  if (Math.abs(rss - past.saidRss) < worthSaying * Math.max(past.saidRss, 1)) return null;
  return `Memory ${formatBytes(rss)}, ${rateWords(view.rssRate).word}`;
}
