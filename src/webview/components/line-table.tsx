import type { LineRow } from "#profile";
import { useRef } from "preact/hooks";
import { type Amount, holdOrder, lineNodes, rowKey } from "../model/rows";
import { RowTree } from "./row-tree";

/** Lines of the user's code that show before "Show more". */
const firstLines = 8;

interface LineTableProps {
  readonly label: string;
  readonly prefix: string;
  readonly rows: readonly LineRow[];
  /** Whether bytes are a change, as they are unless told, or what lines hold. */
  readonly amount?: Amount;
  /** A column for blocks, where any line has them. */
  readonly withBlocks: boolean;
  /** Where the figures come from, above the columns; null leaves the columns without names. */
  readonly source: string | null;
  readonly openKeys: ReadonlySet<string>;
  readonly onToggle: (key: string) => void;
  readonly onGoto: (file: string, line: number) => void;
}

/** A tree of lines that keeps still while someone points at it. */
export function LineTable(props: LineTableProps) {
  const { label, prefix, rows, amount = "change", openKeys, onToggle, onGoto } = props;
  const held = useRef<readonly string[] | null>(null);
  const ordered = held.current === null ? rows : holdOrder(rows, held.current);
  if (held.current !== null) held.current = ordered.map(rowKey);
  const hold = () => {
    held.current ??= ordered.map(rowKey);
  };
  const release = () => {
    held.current = null;
  };
  return (
    <div onPointerEnter={hold} onFocusIn={hold} onPointerLeave={release} onFocusOut={release}>
      <RowTree
        label={label}
        nodes={lineNodes(ordered, { openKeys, limit: firstLines }, { prefix, amount })}
        hasBlocks={props.withBlocks && rows.some(row => row.blocks !== null)}
        source={props.source}
        onToggle={onToggle}
        onGoto={onGoto}
      />
    </div>
  );
}
