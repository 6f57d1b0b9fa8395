import type { Bytes, Milliseconds } from "#base";
import { labelOf, linesByGrowth, rank } from "./line-rows";
import type { FigureSource, FunctionRun, LineFigures, Origin, Profile } from "./model";

/** What changed from one run of a program to another. */
export interface Comparison {
  readonly peakRss: Pair;
  readonly peakTraced: Pair;
  readonly durationMs: { readonly before: Milliseconds; readonly after: Milliseconds };
  /** Whether both runs measured their lines in the same way; if not there are no rows. */
  readonly isSameLevel: boolean;
  /** Places whose bytes changed; the user's code first, then by the size of the change. */
  readonly rows: readonly ComparedPlace[];
}

/** A figure of both runs; null where a run did not measure it. */
export interface Pair {
  readonly before: Bytes | null;
  readonly after: Bytes | null;
}

/** A line, or a function of a file that is another than it was, with what it grew by in each run. */
export interface ComparedPlace {
  /** As people read it; the same for both runs. */
  readonly label: string;
  /** From 1; 0 for a function, or for code on no line. */
  readonly line: number;
  /** The function, where the file has changed and lines mean nothing; null for a line. */
  readonly function: string | null;
  readonly origin: Origin;
  readonly source: FigureSource;
  readonly beforeBytes: Bytes;
  readonly afterBytes: Bytes;
}

/** Folders that files are told apart from, so that two checkouts of a program are the same. */
export interface CompareRoots {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/**
 * Compares two runs. Lines of a file are compared by number while its text is the same; of a file
 * that changed its functions are, by name, since its lines have moved.
 */
export function compareProfiles(before: Profile, after: Profile, roots: CompareRoots): Comparison {
  const isSameLevel = before.run.level === after.run.level;
  const old = placesOf(before, roots.before);
  const now = placesOf(after, roots.after);
  const changed = changedFiles(old, now);
  const rows = isSameLevel ? joined(summed(old, changed), summed(now, changed)) : [];
  return {
    peakRss: { before: before.peakRssBytes, after: after.peakRssBytes },
    peakTraced: { before: before.peakTracedBytes, after: after.peakTracedBytes },
    durationMs: { before: before.timeline.t.at(-1) ?? 0, after: after.timeline.t.at(-1) ?? 0 },
    isSameLevel,
    rows,
  };
}

/** A line of one run with what is known of its file. */
interface Place {
  readonly figures: LineFigures;
  readonly label: string;
  readonly origin: Origin;
  readonly fingerprint: string | null;
  readonly function: string | null;
}

function placesOf(profile: Profile, roots: readonly string[]): readonly Place[] {
  const functions = functionsByFile(profile.functions);
  return linesByGrowth(profile).map(figures => {
    const file = profile.files[figures.file];
    const origin = file?.origin ?? "user";
    const around = innermost(functions.get(figures.file) ?? [], figures.line);
    return {
      figures,
      label: labelOf(file?.path ?? "", origin, roots),
      origin,
      fingerprint: file?.fingerprint ?? null,
      function: around?.name ?? null,
    };
  });
}

function functionsByFile(functions: readonly FunctionRun[]): Map<number, FunctionRun[]> {
  const byFile = new Map<number, FunctionRun[]>();
  for (const each of functions) {
    const known = byFile.get(each.file);
    if (known) known.push(each);
    else byFile.set(each.file, [each]);
  }
  return byFile;
}

function innermost(functions: readonly FunctionRun[], line: number): FunctionRun | null {
  let best: FunctionRun | null = null;
  for (const each of functions) {
    if (line < each.firstLine || line > each.lastLine) continue;
    if (!best || each.lastLine - each.firstLine < best.lastLine - best.firstLine) best = each;
  }
  return best;
}

/** Labels of the files whose text is known of both runs and not the same. */
function changedFiles(before: readonly Place[], after: readonly Place[]): ReadonlySet<string> {
  const old = new Map(before.map(({ label, fingerprint }) => [label, fingerprint]));
  const changed = after.filter(({ label, fingerprint }) => {
    const known = old.get(label);
    return fingerprint !== null && known !== null && known !== undefined && known !== fingerprint;
  });
  return new Set(changed.map(({ label }) => label));
}

type Sum = Omit<ComparedPlace, "beforeBytes" | "afterBytes"> & { readonly bytes: Bytes };

function summed(places: readonly Place[], changed: ReadonlySet<string>): Map<string, Sum> {
  const sums = new Map<string, Sum>();
  for (const { figures, label, origin, function: name } of places) {
    const isMoved = changed.has(label);
    const at = isMoved ? (name ?? "<module>") : null;
    const line = isMoved ? 0 : figures.line;
    const key = JSON.stringify([label, line, at]);
    const bytes = (sums.get(key)?.bytes ?? 0) + figures.grownBytes;
    sums.set(key, { label, line, function: at, origin, source: figures.source, bytes });
  }
  return sums;
}

function joined(before: Map<string, Sum>, after: Map<string, Sum>): readonly ComparedPlace[] {
  const rows = [...new Set([...before.keys(), ...after.keys()])].flatMap(key => {
    const [old, now] = [before.get(key), after.get(key)];
    const known = now ?? old;
    if (!known) return [];
    const { label, line, function: name, origin, source } = known;
    const bytes = { beforeBytes: old?.bytes ?? 0, afterBytes: now?.bytes ?? 0 };
    return { label, line, function: name, origin, source, ...bytes };
  });
  return rows
    .filter(row => row.beforeBytes !== row.afterBytes)
    .sort((a, b) => rank[a.origin] - rank[b.origin] || changeOf(b) - changeOf(a));
}

function changeOf({ beforeBytes, afterBytes }: ComparedPlace): Bytes {
  return Math.abs(afterBytes - beforeBytes);
}
