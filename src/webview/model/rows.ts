import { type Bytes, sum, worthShowing } from "#base";
import type { LineRow, LiveView, SnapshotView } from "#profile";
import { lineWords } from "./words";

/** A file's label as two parts, so that a narrow panel cuts the folder and never the name. */
export interface PlaceParts {
  readonly name: string;
  /** Empty when the label has no folder. */
  readonly folder: string;
}

/** Where installed code lies says little; the package below it says all. */
const packagesFolder = /^.*[\\/](?:site-packages|dist-packages|lib[\\/]python3\.\d+)[\\/]/i;

/**
 * Splits a label at its last separator. Names such as `<frozen importlib>` stay whole, and paths
 * into a Python's packages begin at the package.
 */
export function placeParts(label: string): PlaceParts {
  if (label.startsWith("<")) return { name: label, folder: "" };
  const path = label.replace(packagesFolder, "");
  const at = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
  return { name: path.slice(at + 1), folder: path.slice(0, Math.max(at, 0)) };
}

/** Tells whether an editor can open the file: `<string>` and `<frozen …>` have no text. */
export function isOpenable(file: string): boolean {
  return !file.startsWith("<");
}

/** One newest or earlier stop, as the panel's view has it. */
export type StopView = LiveView["stops"][number];

/** Whether bytes are a difference, which has a sign, or what is there. */
export type Amount = "change" | "held";

/** A row of a tree of lines, in the order of the screen. `level` counts from 1. */
export type RowNode =
  | {
      readonly kind: "line";
      readonly key: string;
      readonly level: number;
      readonly row: LineRow;
      /** Size of the change against the largest of the table, from 0 to 1. */
      readonly share: number;
      readonly amount: Amount;
    }
  | {
      readonly kind: "group";
      readonly key: string;
      readonly level: number;
      readonly count: number;
      readonly bytes: Bytes;
      readonly amount: Amount;
      readonly isExpanded: boolean;
    }
  | {
      readonly kind: "stop";
      readonly key: string;
      readonly level: number;
      readonly stop: StopView;
      readonly isExpanded: boolean;
    }
  | {
      readonly kind: "snapshot";
      readonly key: string;
      readonly level: number;
      readonly snapshot: SnapshotView;
      readonly isExpanded: boolean;
    }
  | {
      /** Some of the lines of a snapshot. */
      readonly kind: "part";
      readonly key: string;
      readonly level: number;
      readonly name: string;
      readonly isExpanded: boolean;
    }
  | {
      readonly kind: "more";
      readonly key: string;
      readonly level: number;
      readonly hidden: number;
    };

/** Where the program stopped, in little room: `audit.py:29`; null when that is not known. */
export function stopPlace({ at }: StopView): string | null {
  return at && placeParts(at.label).name + lineWords(at.line);
}

/** What of a tree is unfolded, and how many of the user's lines show before "more". */
export interface Folding {
  readonly openKeys: ReadonlySet<string>;
  readonly limit: number;
}

/** Where in a tree the lines of a table stand; `prefix` keeps the keys of several tables apart. */
interface LineTableShape {
  readonly prefix: string;
  readonly level?: number;
  readonly amount?: Amount;
}

/**
 * Lays out rows as a tree: the user's lines, then the others folded under one group. Lines that are
 * nothing beside the user's largest show when somebody asks for more.
 */
export function lineNodes(
  rows: readonly LineRow[],
  folding: Folding,
  { prefix, level = 1, amount = "change" }: LineTableShape,
): readonly RowNode[] {
  const largest = Math.max(1, ...rows.map(row => Math.abs(row.bytes)));
  const toNode = (row: LineRow, at: number): RowNode => ({
    kind: "line",
    key: `${prefix}/${rowKey(row)}`,
    level: at,
    row,
    share: Math.abs(row.bytes) / largest,
    amount,
  });
  const mine = rows.filter(row => row.origin === "user");
  const moreKey = `${prefix}/more`;
  const shown = folding.openKeys.has(moreKey) ? mine : worthShowing(mine).slice(0, folding.limit);
  const nodes = shown.map(row => toNode(row, level));
  if (shown.length < mine.length) {
    nodes.push({ kind: "more", key: moreKey, level, hidden: mine.length - shown.length });
  }
  const others = rows.filter(row => row.origin !== "user");
  if (others.length === 0) return nodes;
  const key = `${prefix}/others`;
  const isExpanded = folding.openKeys.has(key);
  const bytes = sum(others.map(row => row.bytes));
  nodes.push({ kind: "group", key, level, count: others.length, bytes, amount, isExpanded });
  return isExpanded ? [...nodes, ...others.map(row => toNode(row, level + 1))] : nodes;
}

/** Lays out earlier stops, newest first; an unfolded one is followed by its lines. */
export function stopNodes(stops: readonly StopView[], folding: Folding): readonly RowNode[] {
  return stops.flatMap(stop => {
    const key = `stop/${stop.id}`;
    const isExpanded = folding.openKeys.has(key);
    const node: RowNode = { kind: "stop", key, level: 1, stop, isExpanded };
    if (!isExpanded) return [node];
    const grown = lineNodes(stop.rows, folding, { prefix: key, level: 2 });
    return [node, ...grown, ...turnoverNodes(stop.turnover, folding, key)];
  });
}

/** Lays out snapshots, newest first; below an unfolded one what changed, and what lines held. */
export function snapshotNodes(
  snapshots: readonly SnapshotView[],
  folding: Folding,
): readonly RowNode[] {
  return snapshots.flatMap(snapshot => {
    const key = `snapshot/${snapshot.number}`;
    const isExpanded = folding.openKeys.has(key);
    const node: RowNode = { kind: "snapshot", key, level: 1, snapshot, isExpanded };
    return isExpanded ? [node, ...partsOf(snapshot, folding, key)] : [node];
  });
}

function partsOf(snapshot: SnapshotView, folding: Folding, key: string): readonly RowNode[] {
  const { since, changes, rows } = snapshot;
  const heldPrefix = `${key}/held`;
  if (since === null) {
    return lineNodes(rows, folding, { prefix: heldPrefix, level: 2, amount: "held" });
  }
  // What changed is what one looks for; it is folded only on request.
  const changedKey = `${key}/changed`;
  const isChangedOpen = !folding.openKeys.has(changedKey);
  const isHeldOpen = folding.openKeys.has(heldPrefix);
  const part = { kind: "part", level: 2 } as const;
  return [
    { ...part, key: changedKey, name: `Since snapshot ${since}`, isExpanded: isChangedOpen },
    ...(isChangedOpen ? lineNodes(changes, folding, { prefix: changedKey, level: 3 }) : []),
    { ...part, key: heldPrefix, name: "All that lines hold", isExpanded: isHeldOpen },
    ...(isHeldOpen
      ? lineNodes(rows, folding, { prefix: heldPrefix, level: 3, amount: "held" })
      : []),
    ...turnoverNodes(snapshot.turnover, folding, key),
  ];
}

/** Lays out what came and went meanwhile, folded; nothing where nothing did. */
export function turnoverNodes(
  rows: readonly LineRow[],
  folding: Folding,
  prefix: string,
): readonly RowNode[] {
  if (rows.length === 0) return [];
  const key = `${prefix}/turnover`;
  const isExpanded = folding.openKeys.has(key);
  const part = {
    kind: "part",
    level: 2,
    key,
    name: "Came and went, at least",
    isExpanded,
  } as const;
  return isExpanded
    ? [part, ...lineNodes(rows, folding, { prefix: key, level: 3, amount: "held" })]
    : [part];
}

/** Names a line for as long as the run lasts. */
export function rowKey(row: LineRow): string {
  return `${row.source}:${row.line}:${row.file}`;
}

/**
 * Keeps rows where they were while someone points at them, so that a click meets the row it was
 * aimed at; rows that are new come last.
 */
export function holdOrder(rows: readonly LineRow[], held: readonly string[]): readonly LineRow[] {
  const rank = new Map(held.map((key, index) => [key, index]));
  const rankOf = (row: LineRow) => rank.get(rowKey(row)) ?? held.length;
  return [...rows].sort((a, b) => rankOf(a) - rankOf(b));
}

/** What a key press asks of a tree. */
export type TreeMove =
  | { readonly kind: "focus"; readonly key: string }
  | { readonly kind: "toggle"; readonly key: string }
  | { readonly kind: "open"; readonly key: string };

/** Answers a key press on a tree as a VS Code tree does; null when the key means nothing there. */
export function moveInTree(
  nodes: readonly RowNode[],
  current: string,
  pressed: string,
): TreeMove | null {
  const index = nodes.findIndex(node => node.key === current);
  const node = nodes[index];
  if (!node) return null;
  const focus = (at: number): TreeMove | null => {
    const target = nodes[Math.min(Math.max(at, 0), nodes.length - 1)];
    return target ? { kind: "focus", key: target.key } : null;
  };
  const isExpanded = "isExpanded" in node ? node.isExpanded : null;
  switch (pressed) {
    case "ArrowDown":
      return focus(index + 1);
    case "ArrowUp":
      return focus(index - 1);
    case "Home":
      return focus(0);
    case "End":
      return focus(nodes.length - 1);
    case "ArrowRight":
      if (isExpanded === null) return null;
      return isExpanded ? focus(index + 1) : { kind: "toggle", key: node.key };
    case "ArrowLeft":
      return isExpanded === true ? { kind: "toggle", key: node.key } : focusParent(nodes, index);
    case "Enter":
    case " ":
      return { kind: node.kind === "line" ? "open" : "toggle", key: node.key };
    default:
      return null;
  }
}

function focusParent(nodes: readonly RowNode[], index: number): TreeMove | null {
  const level = nodes[index]?.level ?? 1;
  for (let at = index - 1; at >= 0; at--) {
    const node = nodes[at];
    if (node && node.level < level) return { kind: "focus", key: node.key };
  }
  return null;
}
