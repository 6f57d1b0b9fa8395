import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { moveInTree, type RowNode } from "../model/rows";
import { TreeRow } from "./tree-row";

interface RowTreeProps {
  readonly label: string;
  readonly nodes: readonly RowNode[];
  readonly hasBlocks: boolean;
  /** Where the figures come from, above the columns; null leaves the columns without names. */
  readonly source: string | null;
  readonly onToggle: (key: string) => void;
  readonly onGoto: (file: string, line: number) => void;
}

/**
 * A treegrid with one stop for the Tab key: arrows move, fold and unfold, Enter goes to the line.
 * The row with the focus keeps it when an update moves it, and hands it on when it leaves.
 */
export function RowTree({ label, nodes, hasBlocks, source, onToggle, onGoto }: RowTreeProps) {
  const { grid, current, setCurrent } = useRovingFocus(nodes);
  const open = (node: RowNode) => {
    if (node.kind === "line") onGoto(node.row.file, node.row.line);
    else onToggle(node.key);
  };
  const press = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const move = moveInTree(nodes, current, event.key);
    if (!move) return;
    event.preventDefault();
    const target = nodes.find(node => node.key === move.key);
    if (move.kind === "focus") setCurrent(move.key);
    else if (target) open(target);
  };
  return (
    <div
      ref={grid}
      role="treegrid"
      class={hasBlocks ? "rows with-blocks" : "rows"}
      aria-label={label}
      onKeyDown={press}
      onFocusIn={event => {
        const key = (event.target as HTMLElement).dataset["key"];
        if (key !== undefined) setCurrent(key);
      }}
    >
      {source !== null && <Head source={source} hasBlocks={hasBlocks} />}
      {nodes.map(node => (
        <TreeRow
          key={node.key}
          node={node}
          hasBlocks={hasBlocks}
          isCurrent={node.key === current}
          onOpen={() => {
            setCurrent(node.key);
            open(node);
          }}
        />
      ))}
    </div>
  );
}

function Head({ source, hasBlocks }: { readonly source: string; readonly hasBlocks: boolean }) {
  return (
    <div role="row" class="row head">
      <div role="columnheader">{source}</div>
      {hasBlocks && (
        <div role="columnheader" class="blocks">
          Blocks
        </div>
      )}
      <div role="columnheader" class="bytes">
        Bytes
      </div>
    </div>
  );
}

/** Keeps one row reachable by Tab, and the focus on it through updates. */
function useRovingFocus(nodes: readonly RowNode[]) {
  const grid = useRef<HTMLDivElement>(null);
  const index = useRef(0);
  const [wanted, setCurrent] = useState<string | null>(null);
  const found = nodes.findIndex(node => node.key === wanted);
  // A row that is gone leaves its place to the one that took it.
  index.current = found >= 0 ? found : Math.min(index.current, Math.max(nodes.length - 1, 0));
  const current = nodes[index.current]?.key ?? "";

  const hadFocus = grid.current?.contains(document.activeElement) ?? false;
  useLayoutEffect(() => {
    // Moving a row in the document takes the focus from it. A panel that is not in use must not
    // take the focus from the editor, though.
    if (!hadFocus || !document.hasFocus()) return;
    const row = grid.current?.querySelector<HTMLElement>('[role="row"][tabindex="0"]');
    if (row && row !== document.activeElement) row.focus();
  });
  return { grid, current, setCurrent };
}
