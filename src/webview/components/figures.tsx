import type { LiveView } from "#profile";
import type { ComponentChildren } from "preact";
import { bytesOrDash, rateWords } from "../model/words";
import { Icon } from "./icon";

/** The numbers of the run, each with its name and where it comes from. */
export function Figures({ view }: { readonly view: LiveView }) {
  const isOver = view.status === "ended" || view.status === "lost";
  const isTraced = view.tracedBytes !== null || view.level === "allocations";
  return (
    <dl class="figures" aria-label="Figures of the run">
      <Figure
        name={isOver ? "Memory at the end" : "Memory now"}
        source="sampled RSS"
        testId="rss"
        bytes={view.rssBytes}
        peakTestId="peak"
        peakBytes={view.peakRssBytes}
      >
        {!isOver && view.rssRate !== null && <Rate bytesPerSecond={view.rssRate} />}
      </Figure>
      {isTraced && (
        <Figure
          name={isOver ? "Python objects at the end" : "Python objects"}
          source="traced by Python"
          testId="traced"
          bytes={view.tracedBytes}
          peakTestId="traced-peak"
          peakBytes={view.peakTracedBytes}
        />
      )}
    </dl>
  );
}

interface FigureProps {
  readonly name: string;
  readonly source: string;
  readonly testId: string;
  readonly bytes: number | null;
  readonly peakTestId: string;
  readonly peakBytes: number | null;
  readonly children?: ComponentChildren;
}

function Figure({ name, source, testId, bytes, children, ...peak }: FigureProps) {
  return (
    <div class="figure">
      <dt>{name}</dt>
      <dd class="hero">
        <span class="number" data-testid={testId} data-bytes={bytes ?? ""}>
          {bytesOrDash(bytes)}
        </span>
        {children}
      </dd>
      <dd class="source">
        {source} · peak{" "}
        <span class="number" data-testid={peak.peakTestId} data-bytes={peak.peakBytes ?? ""}>
          {bytesOrDash(peak.peakBytes)}
        </span>
      </dd>
    </div>
  );
}

function Rate({ bytesPerSecond }: { readonly bytesPerSecond: number }) {
  const rate = rateWords(bytesPerSecond);
  return (
    <span
      class="rate"
      title="Change of RSS over the last seconds"
      data-testid="rate"
      data-bytes={bytesPerSecond}
    >
      <Icon name={rate.icon} />
      {rate.text}
      {rate.word !== rate.text && <span class="for-screen-readers">{rate.word}</span>}
    </span>
  );
}
