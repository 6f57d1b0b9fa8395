import type { FunctionRun, LineFigures } from "./model";

/** Adds up the figures of lines that several processes ran. */
export function mergeLines(tables: readonly (readonly LineFigures[])[]): readonly LineFigures[] {
  const [first, ...others] = tables;
  if (others.length === 0) return first ?? [];
  const merged = new Map<string, LineFigures>();
  for (const table of tables) {
    for (const line of table) {
      const key = `${line.file}:${line.line}:${line.source}`;
      const before = merged.get(key);
      merged.set(key, before ? added(before, line) : line);
    }
  }
  return [...merged.values()];
}

function added(a: LineFigures, b: LineFigures): LineFigures {
  return {
    file: a.file,
    line: a.line,
    source: a.source,
    liveBytes: sum(a.liveBytes, b.liveBytes),
    liveBlocks: sum(a.liveBlocks, b.liveBlocks),
    // Two processes need not have had their most at the same time.
    peakBytes: a.peakBytes === null ? b.peakBytes : Math.max(a.peakBytes, b.peakBytes ?? 0),
    grownBytes: a.grownBytes + b.grownBytes,
  };
}

function sum(a: number | null, b: number | null): number | null {
  return a === null ? b : a + (b ?? 0);
}

/** Puts together which functions ran in any of several processes. */
export function mergeFunctions(
  tables: readonly (readonly FunctionRun[])[],
): readonly FunctionRun[] {
  const [first, ...others] = tables;
  if (others.length === 0) return first ?? [];
  const merged = new Map<string, FunctionRun>();
  for (const each of tables.flat()) {
    const key = `${each.file}:${each.firstLine}:${each.name}`;
    const hasRun = each.hasRun || merged.get(key)?.hasRun === true;
    merged.set(key, { ...each, hasRun });
  }
  return [...merged.values()];
}
