import type { LiveView } from "#profile";
import type { ComponentChildren } from "preact";
import { bytesOrDash, rateWords } from "../model/words";
import { Icon } from "./icon";

/** The numbers of the run, each with its name and where it comes from. */
export function Figures({ view }: { readonly view: LiveView }) {
  const isOver = view.status === "ended" || view.status === "lost";
  const rate = rateWords(view.rssRate);
  const isTraced = view.tracedBytes !== null || view.level === "allocations";
  return (
    <dl class="figures" aria-label="Figures of the run">
      <Figure
        name={isOver ? "Memory at the end" : "Memory now"}
        source="sampled RSS"
        testId="rss"
        bytes={view.rssBytes}
      >
        {bytesOrDash(view.rssBytes)}
      </Figure>
      <Figure name="Peak" source="sampled RSS" testId="peak" bytes={view.peakRssBytes}>
        {bytesOrDash(view.peakRssBytes)}
      </Figure>
      {isTraced && (
        <>
          <Figure
            name="Python objects"
            source="traced by Python"
            testId="traced"
            bytes={view.tracedBytes}
          >
            {bytesOrDash(view.tracedBytes)}
          </Figure>
          <Figure
            name="Peak of objects"
            source="traced by Python"
            testId="traced-peak"
            bytes={view.peakTracedBytes}
          >
            {bytesOrDash(view.peakTracedBytes)}
          </Figure>
        </>
      )}
      {!isOver && (
        <Figure name="Change" source="over the last seconds" testId="rate" bytes={view.rssRate}>
          <Icon name={rate.icon} />
          {rate.text}
          {rate.word !== rate.text && <span class="for-screen-readers">{rate.word}</span>}
        </Figure>
      )}
    </dl>
  );
}

interface FigureProps {
  readonly name: string;
  readonly source: string;
  readonly testId: string;
  readonly bytes: number | null;
  readonly children: ComponentChildren;
}

function Figure({ name, source, testId, bytes, children }: FigureProps) {
  return (
    <div class={`figure ${testId}`}>
      <dt>{name}</dt>
      <dd class="number" data-testid={testId} data-bytes={bytes ?? ""}>
        {children}
      </dd>
      <dd class="source">{source}</dd>
    </div>
  );
}
