import { formatBytesDelta, formatCountDelta } from "#base";
import { currentStops, type LiveView } from "#profile";
import { isOpenable, stopNodes, stopPlace, type StopView, turnoverNodes } from "../model/rows";
import { compactCount, formatTime, lineWords, reasonWords, sourcesWords } from "../model/words";
import { processWords, sinceWords } from "../model/stop-words";
import { Icon } from "./icon";
import { LineTable } from "./line-table";
import { RowTree } from "./row-tree";
import type { Actions } from "./run";
import { RunButton } from "./run-button";
import { Section } from "./section";

interface StopsProps {
  readonly view: LiveView;
  readonly openKeys: ReadonlySet<string>;
  readonly onToggle: (key: string) => void;
  readonly actions: Actions;
}

/** What grew up to the newest stop of each process that stands, and the same for earlier stops. */
export function Stops({ view, openKeys, onToggle, actions }: StopsProps) {
  const current = currentStops(view);
  const earlier = view.stops.filter(stop => !current.includes(stop));
  const each = view.processes.length > 0 ? " in each process" : "";
  return (
    <Section
      title="Since the last stop"
      testId="since-stop"
      action={
        <RunButton
          status={view.status}
          onCommand={actions.run}
          command="mark"
          title={`Measure now what grew${each} since the last stop, without stopping the program`}
          icon="diff"
          testId="mark"
        >
          Measure Now
        </RunButton>
      }
    >
      {current.map(stop => (
        <div key={prefixOf(stop)}>
          <Totals stop={stop} onGoto={actions.goto} />
          <StopLines stop={stop} openKeys={openKeys} onToggle={onToggle} actions={actions} />
          <Turnover stop={stop} openKeys={openKeys} onToggle={onToggle} actions={actions} />
        </div>
      ))}
      {current.length === 0 && (
        <p class="nothing">
          At every breakpoint, step or pause: what grew since the stop before, by line.
        </p>
      )}
      {earlier.length > 0 && (
        <Earlier stops={earlier} openKeys={openKeys} onToggle={onToggle} actions={actions} />
      )}
    </Section>
  );
}

/** Tells the tables of several processes apart. */
function prefixOf({ process }: StopView): string {
  return process ? `newest/${process.pid}` : "newest";
}

interface TotalsProps {
  readonly stop: StopView;
  readonly onGoto: Actions["goto"];
}

function Totals({ stop, onGoto }: TotalsProps) {
  const { process } = stop;
  return (
    <div class="totals" data-testid="last-stop" data-stop={stop.id} data-pid={process?.pid ?? ""}>
      <p>
        <span class="stop-number">{stop.id}</span>
        <StopPlace stop={stop} onGoto={onGoto} />
        <span class="facts">
          {reasonWords(stop)} at {formatTime(stop.t)}, {sinceWords(stop)}
        </span>
        {process && (
          <span class="facts" data-testid="stop-process">
            in {processWords(process)}
          </span>
        )}
      </p>
      <dl class="changes">
        <Change name="RSS" testId="stop-rss" bytes={stop.rssBytes} />
        {stop.tracedBytes !== null && (
          <Change name="Python objects" testId="stop-traced" bytes={stop.tracedBytes} />
        )}
        <div>
          <dt>Blocks</dt>
          <dd data-testid="stop-blocks" data-blocks={stop.blocks}>
            {formatCountDelta(stop.blocks)}
          </dd>
        </div>
        {stop.type && <Type type={stop.type} />}
      </dl>
    </div>
  );
}

interface ChangeProps {
  readonly name: string;
  readonly testId: string;
  readonly bytes: number;
}

function Change({ name, testId, bytes }: ChangeProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd data-testid={testId} data-bytes={bytes}>
        {formatBytesDelta(bytes)}
      </dd>
    </div>
  );
}

function Type({ type }: { readonly type: NonNullable<StopView["type"]> }) {
  return (
    <div title="Of what the garbage collector knows: containers and instances, no text and no numbers">
      <dt>{type.isMost ? "Mostly" : "Among them"}</dt>
      <dd data-testid="stop-type">
        {compactCount(type.change)} {type.name}
      </dd>
    </div>
  );
}

function StopPlace({
  stop,
  onGoto,
}: {
  readonly stop: StopView;
  readonly onGoto: Actions["goto"];
}) {
  const { at } = stop;
  if (!at) return null;
  const name = stopPlace(stop);
  if (!isOpenable(at.file)) return <span>{name}</span>;
  return (
    <button
      type="button"
      class="link"
      title={`Go to ${at.label}${lineWords(at.line)}`}
      data-testid="stop-place"
      onClick={() => {
        onGoto(at.file, at.line);
      }}
    >
      {name}
    </button>
  );
}

interface StopLinesProps {
  readonly stop: StopView;
  readonly openKeys: ReadonlySet<string>;
  readonly onToggle: (key: string) => void;
  readonly actions: Actions;
}

function StopLines({ stop, openKeys, onToggle, actions }: StopLinesProps) {
  if (stop.rows.length === 0) {
    return <p class="nothing">No line grew by a measurable amount.</p>;
  }
  return (
    <LineTable
      label={`Lines that grew since the last stop${placeOfProcess(stop)}`}
      prefix={prefixOf(stop)}
      rows={stop.rows}
      withBlocks
      source={sourcesWords(stop.rows)}
      openKeys={openKeys}
      onToggle={onToggle}
      onGoto={actions.goto}
    />
  );
}

function Turnover({ stop, openKeys, onToggle, actions }: StopLinesProps) {
  const nodes = turnoverNodes(stop.turnover, { openKeys, limit: Infinity }, prefixOf(stop));
  if (nodes.length === 0) return null;
  return (
    <RowTree
      label={`Memory that came and went since the last stop${placeOfProcess(stop)}, at least so much`}
      nodes={nodes}
      hasBlocks={false}
      source={null}
      onToggle={onToggle}
      onGoto={actions.goto}
    />
  );
}

function placeOfProcess({ process }: StopView): string {
  return process ? ` in ${processWords(process)}` : "";
}

interface EarlierProps {
  readonly stops: readonly StopView[];
  readonly openKeys: ReadonlySet<string>;
  readonly onToggle: (key: string) => void;
  readonly actions: Actions;
}

const historyKey = "history";

function Earlier({ stops, openKeys, onToggle, actions }: EarlierProps) {
  const isExpanded = openKeys.has(historyKey);
  return (
    <>
      <button
        type="button"
        class="fold"
        aria-expanded={isExpanded}
        data-testid="history"
        onClick={() => {
          onToggle(historyKey);
        }}
      >
        <Icon name={isExpanded ? "chevron-down" : "chevron-right"} />
        Earlier stops ({stops.length})
      </button>
      {isExpanded && (
        <RowTree
          label="Earlier stops and the lines that grew"
          nodes={stopNodes(stops, { openKeys, limit: Infinity })}
          hasBlocks={stops.some(stop => stop.rows.some(row => row.blocks !== null))}
          source={null}
          onToggle={onToggle}
          onGoto={actions.goto}
        />
      )}
    </>
  );
}
