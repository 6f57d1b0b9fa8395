import type { LiveView, ProcessView } from "#profile";
import { trackPoints } from "../model/track";
import { bytesOrDash, formatTime } from "../model/words";
import { Icon } from "./icon";
import { Section } from "./section";

/** A track for each process on one clock; nothing for a program of one process. */
export function Processes({ view }: { readonly view: LiveView }) {
  const { processes } = view;
  if (processes.length === 0) return null;
  const scale = {
    endT: Math.max(1, view.seconds * 1000),
    mostBytes: Math.max(1, ...processes.map(each => each.peakRssBytes ?? 0)),
  };
  return (
    <Section title={`Processes (${processes.length})`} testId="processes" note="sampled RSS">
      <ul class="processes">
        {processes.map(each => (
          <Process key={each.pid} process={each} scale={scale} />
        ))}
      </ul>
      <p class="nothing">
        The memory now, its timeline and the lines that grew most are of all processes together;
        memory that they share counts once for each.
      </p>
    </Section>
  );
}

interface ProcessProps {
  readonly process: ProcessView;
  readonly scale: { readonly endT: number; readonly mostBytes: number };
}

function Process({ process, scale }: ProcessProps) {
  const { name, pid, isRunning, isPaused, startedT, endedT, rssBytes, peakRssBytes } = process;
  const span = `from ${formatTime(startedT)} ${isRunning ? "on" : `to ${formatTime(endedT)}`}`;
  return (
    <li
      class="process"
      data-testid="process"
      data-pid={pid}
      data-peak={peakRssBytes ?? ""}
      data-paused={isPaused}
    >
      <span class="name">
        {isPaused && <Icon name="debug-pause" />}
        {isPaused && <span class="for-screen-readers">paused, </span>}
        {name === "" ? "Python" : name}
      </span>
      <span class="facts">
        pid {pid}, {span}
      </span>
      <svg class="track" viewBox="0 0 100 20" preserveAspectRatio="none" aria-hidden="true">
        <polyline points={trackPoints(process, scale)} />
      </svg>
      <span class="facts">
        {isRunning ? `${bytesOrDash(rssBytes)} now, ` : ""}peak {bytesOrDash(peakRssBytes)}
      </span>
    </li>
  );
}
