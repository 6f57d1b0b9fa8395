import type { ProcessView, RunStatus } from "./live-view";
import type { ProcessRun, Profile } from "./model";
import { programName } from "./program-name";
import { thinnedTimeline } from "./thinned-timeline";

const mostProcesses = 20;
const mostPoints = 60;

/** The processes of a run for the panel; none of a program that is one process. */
export function processViews(
  profile: Profile,
  status: RunStatus,
  paused: ReadonlySet<number>,
): readonly ProcessView[] {
  const [main, ...others] = profile.processes;
  if (!main || others.length === 0) return [];
  const isOver = status === "ended" || status === "lost";
  const endsAt = profile.timeline.t.at(-1) ?? 0;
  // One that stands is what the user is looking at, however small it is.
  const rank = ({ pid, peakRssBytes }: ProcessRun): number =>
    paused.has(pid) ? Infinity : (peakRssBytes ?? 0);
  const byRank = others.sort((a, b) => Math.sign(rank(b) - rank(a)) || 0);
  return [main, ...byRank]
    .slice(0, mostProcesses)
    .map(process => toView(process, isOver ? endsAt : null, paused.has(process.pid)));
}

/** Script or module of a process, as people know it; empty where it is not known. */
export function processName({ processes }: Profile, pid: number): string {
  const process = processes.find(each => each.pid === pid);
  return process ? programName(["python", ...process.command]) : "";
}

/** `runEndedT` is null while the run goes on. */
function toView(process: ProcessRun, runEndedT: number | null, isPaused: boolean): ProcessView {
  const { pid, command, startedT, endedT, peakRssBytes, timeline } = process;
  const isRunning = endedT === null && runEndedT === null;
  const { t, rssBytes } = thinnedTimeline(timeline, mostPoints);
  return {
    pid,
    name: programName(["python", ...command]),
    isRunning,
    isPaused: isRunning && isPaused,
    startedT,
    endedT: endedT ?? timeline.t.at(-1) ?? startedT,
    rssBytes: isRunning ? timeline.rssBytes.at(-1) || null : null,
    peakRssBytes,
    timeline: { t, rssBytes },
  };
}
