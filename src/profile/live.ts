import { leakView } from "./leak-view";
import { grownRows } from "./line-rows";
import { linesFreedSincePeak } from "./lines-at-peak";
import type { LiveView, RunStatus } from "./live-view";
import type { ExitInfo, Profile, Timeline } from "./model";
import { processViews } from "./process-view";
import { programName } from "./program-name";
import { snapshotViews } from "./snapshot-view";
import { stopViews } from "./stop-view";
import { known, thinnedTimeline } from "./thinned-timeline";

/** What a live view needs to know beside the profile. */
export interface LiveViewOptions {
  readonly status: RunStatus;
  /** Folders that file names are shown relative to, such as the workspace's. */
  readonly roots: readonly string[];
  /** Most points of the timeline, from 8; 600 unless told. */
  readonly maxPoints?: number;
  /** Processes that the debugger has stopped; for the first, the status tells. */
  readonly paused?: ReadonlySet<number>;
}

const mostGrown = 50;
const rateWindowMs = 5_000;
/** Below this a rate says more about the sampler than about the program. */
const shortestRateMs = 500;

/** Draws the small picture of a profile that the panel shows. */
export function liveView(profile: Profile, options: LiveViewOptions): LiveView {
  const { run, timeline } = profile;
  const endsAt = timeline.t.at(-1) ?? 0;
  const isOver = options.status === "ended" || options.status === "lost";
  const paused = isOver ? new Set<number>() : pausedOf(profile, options);
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
    atPeak: isOver ? linesFreedSincePeak(profile, options.roots, mostGrown) : null,
    stops: stopViews(profile, options.roots, paused),
    snapshots: snapshotViews(profile, options.roots),
    leaks: leakView(profile, options.roots),
    processes: processViews(profile, options.status, paused),
    collections: profile.collectionTotals,
    costPercent:
      profile.cost.samples > 0 && endsAt > 0 ? (100 * profile.cost.cpuMs) / endsAt : null,
    tracingBytes: profile.cost.tracingBytes,
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

function pausedOf({ run }: Profile, { status, paused }: LiveViewOptions): ReadonlySet<number> {
  const children = [...(paused ?? [])].filter(pid => pid !== run.pid);
  return new Set(status === "paused" && run.pid !== null ? [run.pid, ...children] : children);
}
