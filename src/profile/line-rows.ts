import { lineKey } from "./line-key";
import type { LineRow } from "./live-view";
import type { LineDelta, LineFigures, Origin, Profile } from "./model";

/**
 * The lines that grew, the user's first, the profiler's and debugger's own last, then by bytes: all,
 * or the first of them.
 */
export function grownRows(
  profile: Profile,
  roots: readonly string[],
  most = Infinity,
): readonly LineRow[] {
  return linesByGrowth(profile)
    .filter(line => line.grownBytes > 0)
    .slice(0, most)
    .map(line => {
      const figures = { ...line, bytes: line.grownBytes, blocks: line.liveBlocks };
      return toRow(profile, roots, line.source, figures);
    });
}

/**
 * One entry a line, in the order of `grownRows`.
 * Where a line has traced and sampled figures, those of the source that saw more count: tracing does
 * not see mapped files and native memory. memray does, so where it counted, nothing else does.
 */
export function linesByGrowth(profile: Profile): readonly LineFigures[] {
  const best = new Map<number, LineFigures>();
  for (const line of bestLines(profile)) {
    const key = lineKey(line);
    if (line.grownBytes > (best.get(key)?.grownBytes ?? -Infinity)) best.set(key, line);
  }
  return [...best.values()].sort(
    (a, b) =>
      rankOf(profile, a) - rankOf(profile, b) || b.grownBytes - a.grownBytes || a.line - b.line,
  );
}

/** The figures that count: those of memray alone where it saw all of the program's processes. */
export function bestLines({ lines, processes, snapshots }: Profile): readonly LineFigures[] {
  const counted = lines.filter(({ source }) => source === "memray");
  if (counted.length === 0) return lines;
  const seen = new Set(snapshots.flatMap(each => (each.source === "memray" ? each.pid : [])));
  return processes.every(({ pid }) => seen.has(pid)) ? counted : lines;
}

/**
 * Names a file as people read it: a library's by its path in the package folder, else relative to
 * the innermost root that holds it, else as it is.
 */
export function labelOf(file: string, origin: Origin, roots: readonly string[]): string {
  const inPackages = origin === "library" && /[\\/](?:site|dist)-packages[\\/](.+)$/.exec(file);
  if (inPackages && inPackages[1] !== undefined) return inPackages[1].replaceAll("\\", "/");
  const inside = roots
    .map(root => root.replace(/[\\/]+$/, ""))
    .filter(root => root !== "" && /[\\/]/.test(file.charAt(root.length)) && file.startsWith(root))
    .sort((a, b) => b.length - a.length)[0];
  return inside === undefined ? file : file.slice(inside.length + 1).replaceAll("\\", "/");
}

/** Names a row's place: `app.py:5`, or only the name of code that stands on no line. */
export function placeOf({ label, line }: Pick<LineRow, "label" | "line">): string {
  return line > 0 ? `${label}:${line}` : label;
}

/** Makes a row for people of a line's figures. */
export function toRow(
  profile: Profile,
  roots: readonly string[],
  source: LineRow["source"],
  { file: index, line, bytes, blocks, objects }: LineDelta,
): LineRow {
  const file = profile.files[index];
  const path = file?.path ?? "";
  const origin = file?.origin ?? "user";
  const label = labelOf(path, origin, roots);
  const row = { file: path, label, line, origin, source, bytes, blocks };
  return objects ? { ...row, objects } : row;
}

/** Whose code comes first. */
export const rank: Readonly<Record<Origin, number>> = { user: 0, library: 1, stdlib: 1, tool: 2 };

/** The rows that matter most, of whoever comes first, then by size; only these get their names. */
export function topRows(
  profile: Profile,
  roots: readonly string[],
  source: LineRow["source"],
  { rows, most }: { readonly rows: readonly LineDelta[]; readonly most: number },
): readonly LineRow[] {
  return [...rows]
    .sort(
      (a, b) => rankOf(profile, a) - rankOf(profile, b) || Math.abs(b.bytes) - Math.abs(a.bytes),
    )
    .slice(0, most)
    .map(row => toRow(profile, roots, source, row));
}

function rankOf({ files }: Profile, { file }: Pick<LineDelta, "file">): number {
  return rank[files[file]?.origin ?? "user"];
}
