import { type Bytes, sum } from "#base";
import { currentStops } from "./current-stops";
import type { LineRow, LiveView, StopView } from "./live-view";
import type { FigureSource } from "./model";
import type { TopType } from "./top-type";

/** What a line gained or lost up to the stop that the program is at, for the end of that line. */
export interface StepLabel {
  /** Absolute path. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** Number of the stop, as the panel shows it. */
  readonly stop: number;
  readonly bytes: Bytes;
  readonly blocks: number | null;
  readonly source: FigureSource;
  /** The type that most of the line's objects are of; null where too few were seen. */
  readonly mostly: string | null;
  /**
   * What most of the stop's objects are; null where that is not known, at lines that did little, and
   * where the line's own objects tell.
   */
  readonly type: TopType | null;
}

/** Less is what the debugger makes in a function by looking at it. */
const leastBytes = 1024;

/**
 * The labels of the newest stop, and of those that other processes are at: one a line of the user's
 * code and stop. None once the program has ended: then findings and lines show what the run cost as a
 * whole.
 */
export function stepLabels(
  view: Pick<LiveView, "status" | "stops" | "processes">,
): readonly StepLabel[] {
  if (view.status === "ended" || view.status === "lost") return [];
  return currentStops(view).flatMap(labelsOf);
}

function labelsOf({ id, rows, type }: StopView): readonly StepLabel[] {
  const grown = sum(rows.map(({ bytes }) => Math.max(0, bytes)));
  return rows
    .filter(row => row.origin === "user" && row.line > 0 && Math.abs(row.bytes) >= leastBytes)
    .map(row => toLabel(row, id, row.source !== "traced" && row.bytes * 2 > grown ? type : null));
}

function toLabel(row: LineRow, stop: number, type: TopType | null): StepLabel {
  const { file, line, bytes, blocks, source, objects } = row;
  const mostly = objects?.isMost ? objects.type : null;
  return { file, line, stop, bytes, blocks, source, mostly, type };
}
