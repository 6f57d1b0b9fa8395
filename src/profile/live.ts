import { leakView } from "./leak-view";
import { grownRows, labelOf, topRows } from "./line-rows";
import type { LiveView, RunStatus } from "./live-view";
import type { ExitInfo, Origin, Profile, Stop, Timeline } from "./model";
import { processViews } from "./process-view";
import { programName } from "./program-name";
import { snapshotViews } from "./snapshot-view";
import { topTypeOf } from "./top-type";
import { turnoverRows } from "./turnover";
import { known, thinnedTimeline } from "./thinned-timeline";

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
    grown: grownRows(profile, options.roots, mostGrown),
    stops: profile.stops
      .slice(-mostStops)
      .reverse()
      .map(stop => toStopView(profile, stop, options.roots)),
    snapshots: snapshotViews(profile, options.roots),
    leaks: leakView(profile, options.roots),
    processes: processViews(profile, options.status),
    collections: profile.collectionTotals,
    costPercent:
      profile.cost.samples > 0 && endsAt > 0 ? (100 * profile.cost.cpuMs) / endsAt : null,
    problems: profile.problems,
  };
}

/** Says how a program ended, for people. */
export function describeExit(exit: ExitInfo | null): string {
  if (exit?.reason === "stopped") return "stopped by you";
  if (exit?.reason === "detached") return "detached; the program ran on";
  if (exit?.signal) return `killed by ${exit.signal}`;
  if (exit && exit.code !== null) return `ended with exit code ${exit.code}`;
  return exit ? "ended" : "its end was not recorded";
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
    type: topTypeOf(stop),
    rows: topRows(profile, roots, stop.source, { rows: stop.rows, most: mostRowsOfStop }),
    turnover: turnoverRows(profile, roots, stop.source, stop.turnover),
  };
}

function originOfStop(profile: Profile, path: string): Origin {
  return profile.files.find(file => file.path === path)?.origin ?? "user";
}
