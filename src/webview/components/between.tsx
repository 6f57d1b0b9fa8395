import { formatBlocksDelta, formatBytesDelta } from "#base";
import type { BetweenView, LiveView, StopView } from "#profile";
import { useEffect } from "preact/hooks";
import { comparableStops, earlierStops, stopOption } from "../model/compared-stops";
import { formatTime, sourcesWords } from "../model/words";
import { Icon } from "./icon";
import { LineTable } from "./line-table";
import type { Actions } from "./run";

interface BetweenProps {
  readonly view: LiveView;
  readonly between: BetweenView | null;
  readonly openKeys: ReadonlySet<string>;
  readonly onToggle: (key: string) => void;
  readonly actions: Actions;
}

const foldKey = "between";
const start = "";

/** What grew from any stop to any later one of the same process; folded until somebody asks. */
export function Between({ view, between, openKeys, onToggle, actions }: BetweenProps) {
  const stops = comparableStops(view);
  const newest = stops[0]?.id;
  const isExpanded = openKeys.has(foldKey);
  const isAsked = isExpanded && between === null;
  useEffect(() => {
    if (isAsked && newest !== undefined) actions.compare(null, newest);
  }, [isAsked, newest, actions]);
  if (newest === undefined) return null;
  return (
    <div data-testid="between">
      <button
        type="button"
        class="fold"
        aria-expanded={isExpanded}
        data-testid="between-fold"
        onClick={() => {
          onToggle(foldKey);
        }}
      >
        <Icon name={isExpanded ? "chevron-down" : "chevron-right"} />
        Between two stops
      </button>
      {isExpanded && <Choice stops={stops} between={between} onCompare={actions.compare} />}
      {isExpanded && between && (
        <Result between={between} openKeys={openKeys} onToggle={onToggle} actions={actions} />
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly stops: readonly StopView[];
  readonly between: BetweenView | null;
  readonly onCompare: Actions["compare"];
}

function Choice({ stops, between, onCompare }: ChoiceProps) {
  const to = between?.to ?? stops[0]?.id ?? 0;
  const from = between?.from ?? null;
  return (
    <p class="choice">
      <label>
        From{" "}
        <select
          data-testid="compare-from"
          onChange={event => {
            const { value } = event.currentTarget;
            onCompare(value === start ? null : Number(value), to);
          }}
        >
          <option value={start} selected={from === null}>
            the start
          </option>
          <StopOptions stops={earlierStops(stops, to)} chosen={from} />
        </select>
      </label>
      <label>
        to{" "}
        <select
          data-testid="compare-to"
          onChange={event => {
            const chosen = Number(event.currentTarget.value);
            const isBefore = earlierStops(stops, chosen).some(({ id }) => id === from);
            onCompare(isBefore ? from : null, chosen);
          }}
        >
          <StopOptions stops={stops} chosen={to} />
        </select>
      </label>
    </p>
  );
}

interface StopOptionsProps {
  readonly stops: readonly StopView[];
  readonly chosen: number | null;
}

function StopOptions({ stops, chosen }: StopOptionsProps) {
  return (
    <>
      {stops.map(stop => (
        <option key={stop.id} value={stop.id} selected={stop.id === chosen}>
          {stopOption(stop)}
        </option>
      ))}
    </>
  );
}

interface ResultProps {
  readonly between: BetweenView;
  readonly openKeys: ReadonlySet<string>;
  readonly onToggle: (key: string) => void;
  readonly actions: Actions;
}

function Result({ between, openKeys, onToggle, actions }: ResultProps) {
  const { elapsed, rssBytes, tracedBytes, blocks, rows } = between;
  const traced = tracedBytes === null ? "" : `, Python objects ${formatBytesDelta(tracedBytes)}`;
  return (
    <>
      <p class="choice" data-testid="between-totals">
        In {formatTime(elapsed)}: RSS {formatBytesDelta(rssBytes)}
        {traced}, {formatBlocksDelta(blocks)}
      </p>
      {rows.length === 0 ? (
        <p class="nothing">No line grew by a measurable amount.</p>
      ) : (
        <LineTable
          label="Lines that grew between the two stops"
          prefix={foldKey}
          rows={rows}
          withBlocks
          source={sourcesWords(rows)}
          openKeys={openKeys}
          onToggle={onToggle}
          onGoto={actions.goto}
        />
      )}
    </>
  );
}
