import { type Bytes, formatBytes, type Milliseconds } from "#base";
import type { LiveView } from "#profile";
import { formatTime } from "./words";

/** Columns of the chart: seconds, then bytes. All of one length. */
export interface ChartColumns {
  readonly seconds: readonly number[];
  readonly rss: readonly number[];
  /** Null when nothing was traced in this run. */
  readonly traced: readonly (number | null)[] | null;
}

/** Turns the view's timeline into what the chart draws. */
export function chartColumns(timeline: LiveView["timeline"]): ChartColumns {
  const isTraced = timeline.tracedBytes.some(bytes => bytes !== null);
  return {
    seconds: timeline.t.map(t => t / 1000),
    rss: timeline.rssBytes,
    traced: isTraced ? timeline.tracedBytes : null,
  };
}

const byteSteps = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/** Gives round marks from 0 up to the first at or above `max`, at most `most` steps apart. */
export function byteTicks(max: Bytes, most: number): readonly Bytes[] {
  const step = stepFor(Math.max(max, 1) / most, byteSteps, 1024);
  const count = Math.max(1, Math.ceil(max / step));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

/** Writes a round mark without decimals where it has none: `0`, `50 MiB`, `1.5 GiB`. */
export function byteTickLabel(bytes: Bytes): string {
  return bytes === 0 ? "0" : formatBytes(bytes).replace(/\.0(?= )/, "");
}

const secondSteps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];

/** Gives round times between two moments in seconds, at most `most` of them. */
export function secondTicks(from: number, to: number, most: number): readonly number[] {
  const rough = Math.max(to - from, 0.1) / most;
  const step = secondSteps.find(candidate => candidate >= rough) ?? Math.ceil(rough / 3600) * 3600;
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => round((first + i) * step));
}

/** Writes a round time: `5 s`, `0.5 s`, `1:30`, `1:00:00`. */
export function secondTickLabel(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const whole = Math.round(seconds);
  const tail = String(whole % 60).padStart(2, "0");
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}:${tail}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${tail}`;
}

function stepFor(rough: number, steps: readonly number[], base: number): number {
  for (let unit = 1; ; unit *= base) {
    const step = steps.find(candidate => candidate * unit >= rough);
    if (step !== undefined) return step * unit;
    // Between 500 and 1024 of a unit there is no round step, so the next unit gives it.
    if (rough <= unit * base) return unit * base;
  }
}

function round(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}

/** Finds the sample nearest to a time; -1 when there are none. `t` is sorted. */
export function nearestIndex(t: readonly Milliseconds[], time: Milliseconds): number {
  let low = 0;
  let high = t.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((t[middle] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  const before = t[low - 1];
  const at = t[low];
  if (before !== undefined && at !== undefined && time - before < at - time) return low - 1;
  return t.length === 0 ? -1 : low;
}

/** Moves the chart's cursor by a key press; null when the key means nothing to it. */
export function moveInTimeline(view: LiveView, current: number, pressed: string): number | null {
  const { t } = view.timeline;
  const last = t.length - 1;
  const clamp = (index: number) => Math.min(Math.max(index, 0), last);
  const stops = view.stops.map(stop => nearestIndex(t, stop.t)).sort((a, b) => a - b);
  switch (pressed) {
    case "ArrowRight":
      return clamp(current + 1);
    case "ArrowLeft":
      return clamp(current - 1);
    case "Home":
      return clamp(0);
    case "End":
      return last;
    case "PageDown":
      return stops.find(index => index > current) ?? clamp(current);
    case "PageUp":
      return stops.findLast(index => index < current) ?? clamp(current);
    default:
      return null;
  }
}

/** Says one sample in words: `12.4 s, RSS 214.3 MiB, traced 38.0 MiB, stop 2`. */
export function sampleWords(view: LiveView, index: number): string {
  const { t, rssBytes, tracedBytes } = view.timeline;
  const time = t[index];
  const rss = rssBytes[index];
  if (time === undefined || rss === undefined) return "No samples yet";
  const traced = tracedBytes[index] ?? null;
  const stop = view.stops.find(candidate => nearestIndex(t, candidate.t) === index);
  return [
    formatTime(time),
    `RSS ${formatBytes(rss)}`,
    ...(traced === null ? [] : [`traced ${formatBytes(traced)}`]),
    ...(stop ? [`stop ${stop.id}`] : []),
  ].join(", ");
}

/** Says the whole chart in one sentence. */
export function timelineSummary(view: LiveView): string {
  const { t, rssBytes } = view.timeline;
  const first = rssBytes[0];
  const last = rssBytes.at(-1);
  if (first === undefined || last === undefined) return "Memory over time: no samples yet";
  const peak = view.peakRssBytes ?? Math.max(...rssBytes);
  const stops = view.stops.length === 1 ? "1 stop" : `${view.stops.length} stops`;
  return `Memory over ${formatTime(t.at(-1) ?? 0)}: RSS from ${formatBytes(first)} to ${formatBytes(last)}, peak ${formatBytes(peak)}, ${stops}`;
}

/** One row of the timeline's table. */
export interface TimelineRow {
  readonly t: Milliseconds;
  readonly rssBytes: Bytes;
  readonly tracedBytes: Bytes | null;
  /** `peak`, `stop 2`, or both; empty for an ordinary sample. */
  readonly note: string;
}

/**
 * Picks the samples that the timeline's table shows, newest first: the first, the last, the peak,
 * every stop, and evenly between them up to about `most` rows.
 */
export function timelineTable(view: LiveView, most = 20): readonly TimelineRow[] {
  const { t, rssBytes, tracedBytes } = view.timeline;
  if (t.length === 0) return [];
  const notes = new Map<number, string[]>();
  const note = (index: number, text: string) =>
    notes.set(index, [...(notes.get(index) ?? []), text]);
  note(rssBytes.indexOf(Math.max(...rssBytes)), "peak");
  for (const stop of view.stops) note(nearestIndex(t, stop.t), `stop ${stop.id}`);
  const picked = new Set(notes.keys());
  const even = Math.min(most, t.length);
  for (let i = 0; i < even; i++)
    picked.add(Math.round((i * (t.length - 1)) / Math.max(even - 1, 1)));
  return [...picked]
    .sort((a, b) => b - a)
    .map(index => ({
      t: t[index] ?? 0,
      rssBytes: rssBytes[index] ?? 0,
      tracedBytes: tracedBytes[index] ?? null,
      note: (notes.get(index) ?? []).join(", "),
    }));
}
