import type { ProcessView, RunStatus } from "./live-view";
import type { ProcessRun, Profile } from "./model";
import { programName } from "./program-name";
import { thinnedTimeline } from "./thinned-timeline";

const mostProcesses = 20;
const mostPoints = 60;

/** The processes of a run for the panel; none of a program that is one process. */
export function processViews(profile: Profile, status: RunStatus): readonly ProcessView[] {
  const [main, ...others] = profile.processes;
  if (!main || others.length === 0) return [];
  const isOver = status === "ended" || status === "lost";
  const endsAt = profile.timeline.t.at(-1) ?? 0;
  const byPeak = others.sort((a, b) => (b.peakRssBytes ?? 0) - (a.peakRssBytes ?? 0));
  return [main, ...byPeak]
    .slice(0, mostProcesses)
    .map(process => toView(process, isOver ? endsAt : null));
}

/** `runEndedT` is null while the run goes on. */
function toView(process: ProcessRun, runEndedT: number | null): ProcessView {
  const { pid, command, startedT, endedT, peakRssBytes, timeline } = process;
  const isRunning = endedT === null && runEndedT === null;
  const { t, rssBytes } = thinnedTimeline(timeline, mostPoints);
  return {
    pid,
    name: programName(["python", ...command]),
    isRunning,
    startedT,
    endedT: endedT ?? timeline.t.at(-1) ?? startedT,
    rssBytes: isRunning ? timeline.rssBytes.at(-1) || null : null,
    peakRssBytes,
    timeline: { t, rssBytes },
  };
}
