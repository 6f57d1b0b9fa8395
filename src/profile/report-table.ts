import { type Bytes, type formatBytes, formatBytesDelta, sum } from "#base";
import type { LineRow } from "./live-view";
import { placeOf } from "./line-rows";
import type { FigureSource } from "./model";

/** What told a figure, in a report for people. */
export const sourceNames: Readonly<Record<FigureSource, string>> = {
  sampled: "sampled RSS",
  traced: "traced by Python",
  memray: "memray",
};

/** How the rows of a table are written. */
export interface TableOptions {
  /** Rows beyond these are only summed up. */
  readonly most: number;
  /** How bytes are written: as a change, unless told otherwise. */
  readonly write?: typeof formatBytes;
  /** How blocks are written where they are known; not at all, unless told. */
  readonly writeBlocks?: (blocks: number) => string;
}

const mostUserLines = 20;
const mostOtherLines = 10;

/** The tables of the lines that grew most: the user's, then those of libraries. */
export function growthTables(
  rows: readonly LineRow[],
  writeBlocks: (blocks: number) => string,
): readonly string[] {
  const user = rows.filter(row => row.origin === "user");
  const other = rows.filter(row => row.origin === "library" || row.origin === "stdlib");
  return [
    ...table("Lines of your code that grew most", user, { most: mostUserLines, writeBlocks }),
    ...table("Lines of libraries", other, { most: mostOtherLines, writeBlocks }),
  ];
}

/** Tells what the profiler and the debugger grew by themselves, where they did. */
export function toolText(rows: readonly LineRow[]): readonly string[] {
  const tool = rows.filter(row => row.origin === "tool");
  return tool.length > 0 ? ["", `Profiler and debugger: ${formatBytesDelta(bytesOf(tool))}`] : [];
}

/** Writes rows below a title; nothing where there are none. */
export function table(
  title: string,
  rows: readonly LineRow[],
  { most, write = formatBytesDelta, writeBlocks }: TableOptions,
): readonly string[] {
  if (rows.length === 0) return [];
  const shown = rows.slice(0, most).map(row => {
    const blocks = row.blocks === null || !writeBlocks ? "" : `  ${writeBlocks(row.blocks)}`;
    return `  ${write(row.bytes).padStart(11)}  ${placeOf(row)}  (${sourceNames[row.source]})${blocks}`;
  });
  const rest = rows.slice(most);
  const more =
    rest.length > 0 ? [`  ${write(bytesOf(rest)).padStart(11)}  ${rest.length} more`] : [];
  return ["", title, ...shown, ...more];
}

function bytesOf(rows: readonly LineRow[]): Bytes {
  return sum(rows.map(({ bytes }) => bytes));
}
