/** A run of lines that are the same on both sides, or only on one of them. */
type Line = readonly [kind: " " | "-" | "+", text: string];

const contextLines = 3;

/** Beyond this many differing lines the middle is shown as replaced, not searched for matches. */
const mostDifferences = 2000;

/** Writes the difference of two texts as a unified diff; empty when they are equal. */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return "";
  const lines = compareLines(splitLines(before), splitLines(after));
  return `--- ${path}\n+++ ${path}\n${hunksOf(lines).join("")}`;
}

/** Lines with their ends. */
function splitLines(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function compareLines(a: readonly string[], b: readonly string[]): readonly Line[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let tail = 0;
  const most = Math.min(a.length, b.length) - start;
  while (tail < most && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const same = (lines: readonly string[]): Line[] => lines.map(line => [" ", line]);
  return [
    ...same(a.slice(0, start)),
    ...compareMiddle(a.slice(start, a.length - tail), b.slice(start, b.length - tail)),
    ...same(a.slice(a.length - tail)),
  ];
}

/** Myers' greedy search for the shortest edit script; `trace[d]` holds the furthest reaches after d. */
function compareMiddle(a: readonly string[], b: readonly string[]): readonly Line[] {
  const trace: Map<number, number>[] = [];
  let reach = new Map<number, number>([[1, 0]]);
  for (let d = 0; d <= Math.min(a.length + b.length, mostDifferences); d++) {
    const next = new Map(reach);
    trace.push(reach);
    for (let k = -d; k <= d; k += 2) {
      let x = startOf(k, d, reach);
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      next.set(k, x);
      if (x >= a.length && x - k >= b.length) return backtrack(a, b, trace);
    }
    reach = next;
  }
  return [...a.map((line): Line => ["-", line]), ...b.map((line): Line => ["+", line])];
}

/** Where diagonal `k` starts in round `d`: below the diagonal above, or right of the one below. */
function startOf(k: number, d: number, reach: ReadonlyMap<number, number>): number {
  return goesDown(k, d, reach) ? (reach.get(k + 1) ?? 0) : (reach.get(k - 1) ?? 0) + 1;
}

function goesDown(k: number, d: number, reach: ReadonlyMap<number, number>): boolean {
  return k === -d || (k !== d && (reach.get(k - 1) ?? -1) < (reach.get(k + 1) ?? -1));
}

function backtrack(
  a: readonly string[],
  b: readonly string[],
  trace: readonly ReadonlyMap<number, number>[],
): readonly Line[] {
  const lines: Line[] = [];
  let x = a.length;
  let y = b.length;
  const keepWhile = (fromX: number, fromY: number) => {
    for (; x > fromX && y > fromY; x--, y--) lines.push([" ", a[x - 1] ?? ""]);
  };
  for (let d = trace.length - 1; d > 0; d--) {
    const reach = trace[d] ?? new Map<number, number>();
    const k = x - y;
    const isDown = goesDown(k, d, reach);
    const previous = isDown ? k + 1 : k - 1;
    const fromX = reach.get(previous) ?? 0;
    const fromY = fromX - previous;
    keepWhile(fromX, fromY);
    lines.push(isDown ? ["+", b[fromY] ?? ""] : ["-", a[fromX] ?? ""]);
    x = fromX;
    y = fromY;
  }
  keepWhile(0, 0);
  return lines.reverse();
}

/** Groups changes with three lines around them; groups that meet become one. */
function hunksOf(lines: readonly Line[]): readonly string[] {
  const hunks: string[] = [];
  let aLine = 1;
  let bLine = 1;
  let index = 0;
  while (index < lines.length) {
    const end = hunkEnd(lines, index);
    if (end === null) {
      if (lines[index]?.[0] !== "+") aLine++;
      if (lines[index]?.[0] !== "-") bLine++;
      index++;
      continue;
    }
    const hunk = lines.slice(index, end);
    hunks.push(writeHunk(hunk, aLine, bLine));
    aLine += hunk.filter(([kind]) => kind !== "+").length;
    bLine += hunk.filter(([kind]) => kind !== "-").length;
    index = end;
  }
  return hunks;
}

/** The end of the hunk that starts at a line; null when no change is near. */
function hunkEnd(lines: readonly Line[], start: number): number | null {
  const isChange = (index: number) => (lines[index]?.[0] ?? " ") !== " ";
  let last = -1;
  for (let index = start; index < lines.length; index++) {
    if (isChange(index)) last = index;
    else if (last < 0 && index - start >= contextLines - 1 && !isChange(index + 1)) return null;
    else if (last >= 0 && index - last > 2 * contextLines) break;
  }
  return last < 0 ? null : Math.min(lines.length, last + 1 + contextLines);
}

function writeHunk(hunk: readonly Line[], aLine: number, bLine: number): string {
  const aCount = hunk.filter(([kind]) => kind !== "+").length;
  const bCount = hunk.filter(([kind]) => kind !== "-").length;
  const head = `@@ -${place(aLine, aCount)} +${place(bLine, bCount)} @@\n`;
  return head + hunk.map(([kind, text]) => kind + ended(text)).join("");
}

/** An empty side stands before its line. */
function place(line: number, count: number): string {
  return count === 1 ? String(line) : `${count === 0 ? line - 1 : line},${count}`;
}

function ended(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n\\ No newline at end of file\n`;
}
