import type { CheckRow } from "./check-rows";

/** So many characters of a longer line are shown, some of them before the finding. */
const longest = 200;
const before = 60;

/** A line as it is pointed at. */
interface Line {
  readonly row: number;
  readonly characters: readonly string[];
}

/** Gives the excerpts of one text: a line with its number, and a line that points at the finding. */
export function excerptsOf(text: string): (row: CheckRow) => string {
  const lines = text.split(/\r\n|[\r\n]/);
  // Findings come in order, and a long line may have many.
  let last: Line = { row: 0, characters: [] };
  return finding => {
    const { row } = finding.location;
    const source = lines[row - 1];
    if (source === undefined) return "";
    if (last.row !== row) last = { row, characters: Array.from(source.replace(/^\ufeff/, "")) };
    return excerpt(last, finding);
  };
}

function excerpt({ row, characters }: Line, { location, end_location: end }: CheckRow): string {
  const { length } = characters;
  const start = Math.max(0, Math.min(location.column - 1 - before, length - longest));
  const shown = characters.slice(start, start + longest);
  const [cutBefore, cutAfter] = [start > 0, start + longest < length];
  const from = location.column - 1 - start;
  const to = end.row === row ? end.column - 1 - start : Infinity;
  // Tabs stay tabs, so that the mark stands below its code whatever their width.
  const indent = shown.slice(0, from).map(character => (character === "\t" ? "\t" : " "));
  const mark = "^".repeat(Math.max(1, Math.min(to, shown.length) - from));
  const number = String(row);
  const margin = " ".repeat(number.length);
  return (
    `${margin} |\n${number} | ${cutBefore ? "…" : ""}${shown.join("")}${cutAfter ? "…" : ""}\n` +
    `${margin} | ${cutBefore ? " " : ""}${indent.join("")}${mark}\n`
  );
}
