import type { LineRow, LiveView, RunStatus } from "./live-view";
import type { ExitInfo, LineFigures, Origin, Profile, Stop, Timeline } from "./model";
import { extremes, pick } from "./timeline";

/** What a live view needs to know beside the profile. */
export interface LiveViewOptions {
  readonly status: RunStatus;
  /** Folders that file names are shown relative to, such as the workspace's. */
  readonly roots: readonly string[];
  /** Most points of the timeline, from 8; 600 unless told. */
  readonly maxPoints?: number;
}

const mostGrown = 50;
const mostStops = 20;
const mostRowsOfStop = 20;
const rateWindowMs = 5_000;
/** Below this a rate says more about the sampler than about the program. */
const shortestRateMs = 500;

/** Draws the small picture of a profile that the panel shows. */
export function liveView(profile: Profile, options: LiveViewOptions): LiveView {
  const { run, timeline } = profile;
  const endsAt = timeline.t.at(-1) ?? 0;
  const isOver = options.status === "ended" || options.status === "lost";
  return {
    program: programName(run.command),
    python: run.python,
    pid: run.pid,
    level: run.level,
    status: options.status,
    ending: isOver ? describeExit(profile.exit) : null,
    rssBytes: timeline.rssBytes.at(-1) || null,
    peakRssBytes: profile.peakRssBytes,
    tracedBytes: known(timeline.tracedBytes.at(-1)),
    peakTracedBytes: profile.peakTracedBytes,
    // A program that stands still has no trend, whatever it did in the seconds before.
    rssRate: options.status === "running" ? rateOf(timeline) : null,
    seconds: endsAt / 1000,
    timeline: thinnedTimeline(timeline, options.maxPoints ?? 600),
    grown: grownRows(profile, options.roots).slice(0, mostGrown),
    stops: profile.stops
      .slice(-mostStops)
      .reverse()
      .map(stop => toStopView(profile, stop, options.roots)),
    collections: profile.collectionTotals,
    costPercent:
      profile.cost.samples > 0 && endsAt > 0 ? (100 * profile.cost.cpuMs) / endsAt : null,
    problems: profile.problems,
  };
}

/** The lines that grew, the user's first, the profiler's and debugger's own last, then by bytes. */
export function grownRows(profile: Profile, roots: readonly string[]): readonly LineRow[] {
  return linesByGrowth(profile)
    .filter(line => line.grownBytes > 0)
    .map(line => {
      const figures = { ...line, bytes: line.grownBytes, blocks: line.liveBlocks };
      return toRow(profile, roots, line.source, figures);
    });
}

/**
 * One entry a line, in the order of `grownRows`.
 * Where a line has traced and sampled figures, the traced ones count.
 */
export function linesByGrowth(profile: Profile): readonly LineFigures[] {
  const best = new Map<string, LineFigures>();
  for (const line of profile.lines) {
    const key = `${line.file}:${line.line}`;
    if (line.source === "traced" || !best.has(key)) best.set(key, line);
  }
  const rankOf = (line: LineFigures): number => rank[profile.files[line.file]?.origin ?? "user"];
  return [...best.values()].sort(
    (a, b) => rankOf(a) - rankOf(b) || b.grownBytes - a.grownBytes || a.line - b.line,
  );
}

/** Says how a program ended, for people. */
export function describeExit(exit: ExitInfo | null): string {
  if (exit?.reason === "stopped") return "stopped by you";
  if (exit?.signal) return `killed by ${exit.signal}`;
  if (exit && exit.code !== null) return `ended with exit code ${exit.code}`;
  return exit ? "ended" : "its end was not recorded";
}

/**
 * Names a file as people read it: a library's by its path in the package folder, else relative to
 * the innermost root that holds it, else as it is.
 */
export function labelOf(file: string, origin: Origin, roots: readonly string[]): string {
  const inPackages = origin === "library" && /[\\/](?:site|dist)-packages[\\/](.+)$/.exec(file);
  if (inPackages && inPackages[1] !== undefined) return inPackages[1].replaceAll("\\", "/");
  const inside = roots
    .map(root => root.replace(/[\\/]+$/, ""))
    .filter(root => root !== "" && /[\\/]/.test(file.charAt(root.length)) && file.startsWith(root))
    .sort((a, b) => b.length - a.length)[0];
  return inside === undefined ? file : file.slice(inside.length + 1).replaceAll("\\", "/");
}

/** Names a row's place: `app.py:5`, or only the name of code that stands on no line. */
export function placeOf({ label, line }: Pick<LineRow, "label" | "line">): string {
  return line > 0 ? `${label}:${line}` : label;
}

/** The script or module of a command: `app.py` in `python -X dev app.py --fast`. */
function programName(command: readonly string[]): string {
  const at = command.findIndex(part => part === "-m" || /\.pyw?$/.test(part));
  const name = command[at] === "-m" ? command[at + 1] : (command[at] ?? command[1] ?? command[0]);
  return name?.split(/[\\/]/).at(-1) ?? "";
}

function known(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}

function rateOf({ t, rssBytes }: Timeline): number | null {
  const last = t.length - 1;
  const end = t[last];
  if (end === undefined) return null;
  const first = t.findIndex(at => at >= end - rateWindowMs);
  const elapsed = end - (t[first] ?? end);
  if (elapsed < shortestRateMs) return null;
  return ((rssBytes[last] ?? 0) - (rssBytes[first] ?? 0)) / (elapsed / 1000);
}

/** Keeps the first and last point and, of equal spans of time, the extremes of both figures. */
function thinnedTimeline(timeline: Timeline, maxPoints: number): LiveView["timeline"] {
  const kept = keptPoints(timeline, maxPoints);
  return {
    t: pick(timeline.t, kept),
    rssBytes: pick(timeline.rssBytes, kept),
    tracedBytes: pick(timeline.tracedBytes, kept).map(known),
  };
}

function keptPoints({ t, rssBytes, tracedBytes }: Timeline, maxPoints: number): readonly number[] {
  if (t.length <= maxPoints) return t.map((_, index) => index);
  const hasTraced = tracedBytes.some(bytes => !Number.isNaN(bytes));
  const columns = hasTraced ? [rssBytes, tracedBytes] : [rssBytes];
  // Each span keeps up to two points a column; the first and the last point take two more.
  const spans = Math.max(1, Math.floor((maxPoints - 2) / (2 * columns.length)));
  const from = t[0] ?? 0;
  const width = ((t.at(-1) ?? 0) - from) / spans || 1;
  const kept = new Set([0]);
  for (let span = 0, start = 0; span < spans; span++) {
    let end = start;
    const limit = span === spans - 1 ? Infinity : from + (span + 1) * width;
    while (end < t.length && (t[end] ?? 0) < limit) end++;
    for (const index of extremes(columns, start, end)) kept.add(index);
    start = end;
  }
  return [...kept.add(t.length - 1)].sort((a, b) => a - b);
}

function toStopView(
  profile: Profile,
  stop: Stop,
  roots: readonly string[],
): LiveView["stops"][number] {
  const { id, t, at, rssBytes, tracedBytes, blocks } = stop;
  return {
    id,
    t,
    reason: at?.reason ?? "",
    at: at && {
      file: at.file,
      label: labelOf(at.file, originOfStop(profile, at.file), roots),
      line: at.line,
    },
    rssBytes,
    tracedBytes,
    blocks,
    rows: stop.rows
      .map(row => toRow(profile, roots, stop.source, row))
      .sort(compareRows)
      .slice(0, mostRowsOfStop),
  };
}

function originOfStop(profile: Profile, path: string): Origin {
  return profile.files.find(file => file.path === path)?.origin ?? "user";
}

interface RowFigures {
  readonly file: number;
  readonly line: number;
  readonly bytes: number;
  readonly blocks: number | null;
}

function toRow(
  profile: Profile,
  roots: readonly string[],
  source: LineRow["source"],
  { file: index, line, bytes, blocks }: RowFigures,
): LineRow {
  const file = profile.files[index];
  const path = file?.path ?? "";
  const origin = file?.origin ?? "user";
  return { file: path, label: labelOf(path, origin, roots), line, origin, source, bytes, blocks };
}

/** Whose code comes first. */
export const rank: Readonly<Record<Origin, number>> = { user: 0, library: 1, stdlib: 1, tool: 2 };

function compareRows(a: LineRow, b: LineRow): number {
  return rank[a.origin] - rank[b.origin] || Math.abs(b.bytes) - Math.abs(a.bytes);
}
