import { formatBytes } from "#base";
import type { LiveView } from "#profile";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { TimelineChart } from "../chart/timeline-chart";
import {
  moveInTimeline,
  sampleWords,
  timelineSummary,
  timelineTable,
} from "../model/timeline-shape";
import { formatTime } from "../model/words";
import { Icon } from "./icon";
import { Section } from "./section";

interface TimelineProps {
  readonly view: LiveView;
  /** Null: a table for those who use a screen reader, a chart for others. */
  readonly isTable: boolean | null;
  readonly onTable: (isTable: boolean) => void;
}

/** Memory over time, as a chart or as a table of the same samples. */
export function Timeline({ view, isTable, onTable }: TimelineProps) {
  const showTable = isTable ?? document.body.classList.contains("vscode-using-screen-reader");
  const isTraced = view.timeline.tracedBytes.some(bytes => bytes !== null);
  return (
    <Section
      title="Memory over time"
      testId="timeline"
      action={
        <button
          type="button"
          class="small"
          aria-pressed={showTable}
          data-testid="table-twin"
          onClick={() => {
            onTable(!showTable);
          }}
        >
          <Icon name={showTable ? "graph-line" : "table"} />
          {showTable ? "Chart" : "Table"}
        </button>
      }
    >
      {showTable ? (
        <Table view={view} isTraced={isTraced} />
      ) : (
        <Chart view={view} isTraced={isTraced} />
      )}
    </Section>
  );
}

interface PartProps {
  readonly view: LiveView;
  readonly isTraced: boolean;
}

function Chart({ view, isTraced }: PartProps) {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<TimelineChart | null>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const last = view.timeline.t.length - 1;

  useEffect(() => {
    if (!host.current) return;
    const made = new TimelineChart(host.current, setPointed);
    chart.current = made;
    return () => {
      chart.current = null;
      made.dispose();
    };
  }, []);
  useEffect(() => {
    chart.current?.draw(view);
  }, [view]);

  const press = (event: KeyboardEvent) => {
    const index = moveInTimeline(view, pointed ?? last, event.key);
    if (index === null) return;
    event.preventDefault();
    chart.current?.point(index);
  };
  return (
    <>
      {/* A slider, since that is the role with which screen readers hand on arrow keys and speak the value. */}
      <div
        ref={host}
        class="chart"
        role="slider"
        tabIndex={0}
        aria-label={timelineSummary(view)}
        aria-valuemin={0}
        aria-valuemax={Math.max(last, 0)}
        aria-valuenow={Math.max(pointed ?? last, 0)}
        aria-valuetext={sampleWords(view, pointed ?? last)}
        data-testid="chart"
        data-points={view.timeline.t.length}
        onKeyDown={press}
        onBlur={() => chart.current?.point(null)}
      />
      <p class="legend" aria-hidden="true" data-testid="legend">
        {pointed === null ? (
          <Legend isTraced={isTraced} hasStops={view.stops.length > 0} />
        ) : (
          sampleWords(view, pointed)
        )}
      </p>
    </>
  );
}

function Legend({
  isTraced,
  hasStops,
}: {
  readonly isTraced: boolean;
  readonly hasStops: boolean;
}) {
  return (
    <>
      <span class="key">
        <svg class="swatch rss" focusable="false">
          <line x1="0" y1="50%" x2="100%" y2="50%" />
        </svg>
        RSS
      </span>
      {isTraced && (
        <span class="key">
          <svg class="swatch traced" focusable="false">
            <line x1="0" y1="50%" x2="100%" y2="50%" />
          </svg>
          Traced by Python
        </span>
      )}
      {hasStops && (
        <span class="key">
          <svg class="swatch stop" viewBox="0 0 10 10" focusable="false">
            <path d="M5 0 10 5 5 10 0 5Z" />
          </svg>
          Stop
        </span>
      )}
    </>
  );
}

function Table({ view, isTraced }: PartProps) {
  const rows = useMemo(() => timelineTable(view), [view]);
  return (
    <div class="table-twin" tabIndex={0} role="region" aria-label={timelineSummary(view)}>
      <table data-testid="timeline-table">
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">RSS</th>
            {isTraced && <th scope="col">Traced</th>}
            <th scope="col">Note</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.t}>
              <td>{formatTime(row.t)}</td>
              <td>{formatBytes(row.rssBytes)}</td>
              {isTraced && <td>{row.tracedBytes === null ? "–" : formatBytes(row.tracedBytes)}</td>}
              <td>{row.note}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
