import { formatBlocksDelta, formatBytes, formatBytesDelta } from "#base";
import type { LineRow } from "#profile";
import type { ComponentChildren } from "preact";
import { processWords } from "../model/stop-words";
import { type Amount, isOpenable, placeParts, type RowNode, stopPlace } from "../model/rows";
import {
  compactCount,
  formatTime,
  lineWords,
  reasonWords,
  rowWords,
  snapshotWords,
  sourceWords,
} from "../model/words";
import { Bar } from "./bar";
import { Icon } from "./icon";

interface TreeRowProps {
  readonly node: RowNode;
  readonly hasBlocks: boolean;
  readonly isCurrent: boolean;
  readonly onOpen: () => void;
}

/** One row of a treegrid, of any kind. */
export function TreeRow(props: TreeRowProps) {
  const { node } = props;
  switch (node.kind) {
    case "line":
      return <Line {...props} node={node} />;
    case "group":
      return <Group {...props} node={node} />;
    case "stop":
      return <Stop {...props} node={node} />;
    case "snapshot":
      return <Snapshot {...props} node={node} />;
    case "part":
      return <Part {...props} node={node} />;
    case "more":
      return <More {...props} node={node} />;
  }
}

type Of<K extends RowNode["kind"]> = TreeRowProps & {
  readonly node: Extract<RowNode, { kind: K }>;
};

function Line({ node, hasBlocks, isCurrent, onOpen }: Of<"line">) {
  const { row } = node;
  const canOpen = isOpenable(row.file);
  return (
    <div
      role="row"
      class={`row line level-${node.level}${canOpen ? "" : " fixed"}`}
      tabIndex={isCurrent ? 0 : -1}
      data-key={node.key}
      aria-level={node.level}
      aria-label={rowWords(row, node.amount)}
      title={tooltip(rowWords(row, node.amount), canOpen)}
      data-testid="line-row"
      data-file={row.file}
      data-line={row.line}
      data-bytes={row.bytes}
      data-blocks={row.blocks ?? ""}
      data-source={row.source}
      data-origin={row.origin}
      onClick={canOpen ? onOpen : undefined}
    >
      <Place label={row.label} line={row.line} objects={row.objects} />
      {hasBlocks && (
        <div role="gridcell" class="blocks">
          {row.blocks === null ? "" : blocksOf(row.blocks, node.amount)}
        </div>
      )}
      <Bytes bytes={row.bytes} amount={node.amount} />
      <Bar share={node.share} isShrink={row.bytes < 0} />
    </div>
  );
}

function tooltip(words: string, canOpen: boolean): string {
  return canOpen ? `${words}\nClick or press Enter to go to the line` : words;
}

interface PlaceProps {
  readonly label: string;
  readonly line: number;
  readonly objects?: LineRow["objects"];
}

/** A place whose folder is cut first, then the name; the line number always shows. */
function Place({ label, line, objects }: PlaceProps) {
  const parts = placeParts(label);
  return (
    <div role="gridcell" class="place">
      <span class="file">
        <span class="name">{parts.name}</span>
        <span class="number-of-line">{lineWords(line)}</span>
      </span>
      {objects?.isMost && (
        <span class="mostly" data-testid="row-mostly">
          mostly {objects.type}
        </span>
      )}
      {parts.folder !== "" && (
        <span class="folder">
          <bdi>{parts.folder}</bdi>
        </span>
      )}
    </div>
  );
}

function Bytes({ bytes, amount }: { readonly bytes: number; readonly amount: Amount }) {
  return (
    <div role="gridcell" class="bytes">
      {bytesOf(bytes, amount)}
    </div>
  );
}

function bytesOf(bytes: number, amount: Amount): string {
  return amount === "held" ? formatBytes(bytes) : formatBytesDelta(bytes);
}

function blocksOf(blocks: number, amount: Amount): string {
  const words = compactCount(blocks);
  return amount === "held" ? words.replace(/^[+±]/, "") : words;
}

function Group({ node, hasBlocks, isCurrent, onOpen }: Of<"group">) {
  const name = `Libraries and tools (${node.count})`;
  return (
    <Folder
      testId="group-row"
      node={node}
      isCurrent={isCurrent}
      label={`${name}, ${bytesOf(node.bytes, node.amount)}`}
      onOpen={onOpen}
    >
      <div
        role="gridcell"
        class={hasBlocks ? "place with-icon wide" : "place with-icon"}
        aria-colspan={hasBlocks ? 2 : 1}
      >
        <Twistie isExpanded={node.isExpanded} />
        <span class="name">{name}</span>
      </div>
      <Bytes bytes={node.bytes} amount={node.amount} />
    </Folder>
  );
}

function Stop({ node, hasBlocks, isCurrent, onOpen }: Of<"stop">) {
  const { stop } = node;
  const place = stopPlace(stop) ?? reasonWords(stop);
  const process = stop.process ? ` in ${processWords(stop.process)}` : "";
  const words = `Stop ${stop.id}, ${place}${process}, at ${formatTime(stop.t)}`;
  const source = sourceWords(stop.tracedBytes === null ? "sampled" : "traced");
  const bytes = stop.tracedBytes ?? stop.rssBytes;
  const label = `${words}, ${formatBytesDelta(bytes)} (${source}), ${formatBlocksDelta(stop.blocks)}`;
  return (
    <Folder testId="stop-row" node={node} isCurrent={isCurrent} label={label} onOpen={onOpen}>
      <div role="gridcell" class="place with-icon">
        <Twistie isExpanded={node.isExpanded} />
        <span class="stop-number">{stop.id}</span>
        <span class="name">{place}</span>
        {stop.process && <span class="facts">pid {stop.process.pid}</span>}
      </div>
      {hasBlocks && (
        <div role="gridcell" class="blocks">
          {compactCount(stop.blocks)}
        </div>
      )}
      <Bytes bytes={bytes} amount="change" />
    </Folder>
  );
}

function Snapshot({ node, hasBlocks, isCurrent, onOpen }: Of<"snapshot">) {
  const { snapshot } = node;
  const bytes = snapshot.tracedBytes ?? snapshot.rssBytes;
  return (
    <Folder
      testId="snapshot-row"
      node={node}
      isCurrent={isCurrent}
      label={snapshotWords(snapshot)}
      onOpen={onOpen}
    >
      <div role="gridcell" class="place with-icon">
        <Twistie isExpanded={node.isExpanded} />
        <span class="stop-number">{snapshot.number}</span>
        <span class="name">{snapshot.name}</span>
        <span class="facts">
          {snapshot.pid === null ? "" : `pid ${snapshot.pid}, `}
          {formatTime(snapshot.t)}
        </span>
      </div>
      {hasBlocks && (
        <div role="gridcell" class="blocks">
          {blocksOf(snapshot.blocks, "held")}
        </div>
      )}
      <Bytes bytes={bytes} amount="held" />
    </Folder>
  );
}

function Part({ node, isCurrent, onOpen }: Of<"part">) {
  return (
    <Folder testId="part-row" node={node} isCurrent={isCurrent} label={node.name} onOpen={onOpen}>
      <div role="gridcell" class="place with-icon">
        <Twistie isExpanded={node.isExpanded} />
        <span class="name">{node.name}</span>
      </div>
    </Folder>
  );
}

function More({ node, isCurrent, onOpen }: Of<"more">) {
  return (
    <div
      role="row"
      class={`row more level-${node.level}`}
      tabIndex={isCurrent ? 0 : -1}
      data-key={node.key}
      aria-level={node.level}
      data-testid="more-row"
      onClick={onOpen}
    >
      <div role="gridcell" class="place">
        Show {node.hidden} more
      </div>
    </div>
  );
}

interface FolderProps {
  readonly node: Extract<RowNode, { readonly isExpanded: boolean }>;
  readonly testId: string;
  readonly isCurrent: boolean;
  readonly label: string;
  readonly onOpen: () => void;
  readonly children: ComponentChildren;
}

function Folder({ node, testId, isCurrent, label, onOpen, children }: FolderProps) {
  return (
    <div
      role="row"
      class={`row folder level-${node.level}`}
      tabIndex={isCurrent ? 0 : -1}
      data-key={node.key}
      aria-level={node.level}
      aria-expanded={node.isExpanded}
      aria-label={label}
      title={label}
      data-testid={testId}
      onClick={onOpen}
    >
      {children}
    </div>
  );
}

function Twistie({ isExpanded }: { readonly isExpanded: boolean }) {
  return <Icon name={isExpanded ? "chevron-down" : "chevron-right"} />;
}
