import type { Span } from "#base";

/** A notebook's code cell as Python. */
export interface CellText {
  /** As long as the cell, line for line; what is IPython's stands as a name that means nothing. */
  readonly text: string;
  /** What was replaced, in source order. A fix that touches any of it must not be applied. */
  readonly magics: readonly Span[];
}

/** The code cells of a notebook as one text, in their order. */
export interface NotebookText extends CellText {
  /** `starts[i]` is the offset of cell `i` in the text. Each cell is followed by a line end. */
  readonly starts: readonly number[];
}

/** Cell magics whose body is Python that runs in the notebook; the body of others is anything. */
const pythonCellMagics: ReadonlySet<string> = new Set([
  ...["capture", "memit", "mprun", "prun", "python", "python3", "time", "timeit", "lprun"],
]);

/** Joins code cells into one program. */
export function joinCells(cells: readonly CellText[]): NotebookText {
  const starts: number[] = [];
  const magics: Span[] = [];
  let text = "";
  for (const cell of cells) {
    const start = text.length;
    starts.push(start);
    magics.push(...cell.magics.map(span => ({ start: span.start + start, end: span.end + start })));
    text += `${cell.text}\n`;
  }
  return { text, magics, starts };
}

/** Makes a code cell Python: magics, shell lines and questions for help are blanked. */
export function readCell(source: string): CellText {
  const cellMagic = /^\s*%%(\w*)/.exec(source)?.[1];
  if (cellMagic !== undefined && !pythonCellMagics.has(cellMagic)) return blankWhole(source);
  const magics: Span[] = [];
  const state: LogicalLine = { depth: 0, quote: "", isContinued: false };
  let text = "";
  // A magic goes on in the next line when its own ends in a backslash.
  let isInMagic = false;
  for (const line of source.match(/[^\r\n]*(?:\r\n|[\r\n]|$)/g) ?? []) {
    const content = line.replace(/[\r\n]+$/, "");
    const from = isInMagic ? 0 : magicStart(content, state);
    if (from === null || content === "") {
      follow(content, state);
      isInMagic = false;
      text += line;
      continue;
    }
    magics.push({ start: text.length + from, end: text.length + content.length });
    text += content.slice(0, from) + (isInMagic ? " " : "_").padEnd(content.length - from);
    text += line.slice(content.length);
    isInMagic = content.endsWith("\\");
  }
  return { text, magics };
}

/** Where in a line something begins that is IPython's; null when nothing does. */
function magicStart(line: string, state: LogicalLine): number | null {
  if (state.depth > 0 || state.quote !== "" || state.isContinued) return null;
  const indent = /^\s*/.exec(line)?.[0].length ?? 0;
  const first = line[indent];
  if (first === "%" || first === "!" || first === "?") return indent;
  if (/^\s*[\w.*]+\?{1,2}\s*$/.test(line)) return indent;
  const assigned = /^\s*[A-Za-z_][\w.[\]'", *]*=\s*(?=[%!]\s*\S)/.exec(line);
  return assigned ? assigned[0].length : null;
}

function blankWhole(source: string): CellText {
  const blank = source.replace(/[^\r\n]/g, " ");
  const first = source.search(/\S/);
  const text = `${blank.slice(0, first)}_${blank.slice(first + 1)}`;
  return { text, magics: [{ start: 0, end: source.length }] };
}

/** What of a line reaches into the next one. */
interface LogicalLine {
  /** Open brackets. */
  depth: number;
  /** The quotes that end the open string of several lines, or "". */
  quote: string;
  isContinued: boolean;
}

/** Carries the state over a line of Python. Strings of one line end with it. */
function follow(line: string, state: LogicalLine): void {
  const token = /"""|'''|\\.|["'()[\]{}#]/g;
  let single = "";
  for (let match = token.exec(line); match; match = token.exec(line)) {
    const [found] = match;
    const open = state.quote || single;
    if (open !== "") {
      if (found !== open && !(open.length === 1 && found.startsWith(open))) continue;
      // `'''` within a string in single quotes ends it and begins another one.
      if (found !== open) token.lastIndex = match.index + 1;
      state.quote = "";
      single = "";
    } else if (found === "#") {
      state.isContinued = false;
      return;
    } else if (found.length === 3) state.quote = found;
    else if (found === '"' || found === "'") single = found;
    else if ("([{".includes(found)) state.depth++;
    else if (")]}".includes(found)) state.depth = Math.max(0, state.depth - 1);
  }
  state.isContinued = state.quote === "" && line.endsWith("\\");
}
