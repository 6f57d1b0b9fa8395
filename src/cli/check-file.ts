import { readFile } from "node:fs/promises";
import { type AnalyzerSettings, fixText, openText, type RuleFailure } from "#analyzer";
import type { Milliseconds } from "#base";
import { reasonOf } from "#files";
import { type CachedCheck, contentHash, type CheckCache } from "./check-cache";
import { type CheckRow, type RowLocation, toLocation, toRows } from "./check-rows";
import { decodePython } from "./python-text";
import { replaceFile } from "./replace-file";

/** What came of one file, and how long that took. */
export interface TimedFile extends CheckedFile {
  /** Of processor time, which other programs do not lengthen; 0 when it was not asked for. */
  readonly duration: Milliseconds;
}

/** What came of one file. */
export interface CheckedFile {
  /** Absolute. */
  readonly path: string;
  /** Findings of the file as it is afterwards, sorted by place. */
  readonly rows: readonly CheckRow[];
  /** False when nothing of it could be read. */
  readonly isChecked: boolean;
  /** The first place that is not valid Python 3; null when all of it is. */
  readonly brokenAt: RowLocation | null;
  /** Its text before and after the fixes; null when nothing was fixed. */
  readonly fixed: {
    readonly before: string;
    readonly after: string;
    readonly count: number;
  } | null;
  /** Why it could not be checked or written, in words; null when all went well. */
  readonly problem: string | null;
}

/** What checking needs beside the file. */
export interface CheckParts {
  readonly settings: AnalyzerSettings;
  readonly mode: "report" | "fix" | "diff";
  readonly cache: CheckCache;
  readonly onRuleFailure: (failure: RuleFailure) => void;
}

/** Checks one file, and fixes it when asked to. Never rejects for a file that cannot be read. */
export async function checkFile(path: string, parts: CheckParts): Promise<CheckedFile> {
  const nothing = { path, isChecked: false, rows: [], brokenAt: null, fixed: null };
  try {
    const bytes = await readFile(path);
    const hash = contentHash(bytes);
    const known = parts.cache.get(hash);
    // A file with nothing to report has nothing to fix.
    if (known && (parts.mode === "report" || known.rows.length === 0)) {
      return { path, isChecked: true, fixed: null, problem: null, ...known };
    }
    const decoded = decodePython(bytes);
    if (decoded.kind === "problem") return { ...nothing, problem: decoded.text };
    if (parts.mode !== "report") return await fixFile(path, { ...decoded, bytes }, parts);
    const checked = checkText(decoded.text, parts);
    parts.cache.set(hash, checked);
    return { path, isChecked: true, ...checked, fixed: null, problem: null };
  } catch (error) {
    return { ...nothing, problem: `cannot be read (${reasonOf(error)})` };
  }
}

function checkText(text: string, { settings, onRuleFailure }: CheckParts): CachedCheck {
  const open = openText(text);
  const analysis = open.analyze(settings, { onRuleFailure });
  const start = open.errors[0]?.start ?? (analysis.isBroken ? 0 : null);
  const brokenAt = start === null ? null : toLocation(start, text, open.lines);
  return { rows: toRows(text, analysis), brokenAt };
}

async function fixFile(
  path: string,
  before: { text: string; bytes: Uint8Array; encode: (text: string) => Uint8Array | null },
  parts: CheckParts,
): Promise<CheckedFile> {
  const { settings, mode, onRuleFailure } = parts;
  const result = fixText(before.text, settings, { safety: "safe", onRuleFailure });
  const state = (text: string) => ({ path, isChecked: true, ...checkText(text, parts) });
  if (result.text === before.text) {
    return { ...state(before.text), fixed: null, problem: null };
  }
  const fixed = { before: before.text, after: result.text, count: result.applied.length };
  // Findings are those of the file on disk, which a diff leaves alone.
  if (mode === "diff") return { ...state(before.text), fixed, problem: null };
  const bytes = encodeExactly(before, result.text);
  if (!bytes) {
    const problem = "was not fixed: its encoding cannot be written back exactly";
    return { ...state(before.text), fixed: null, problem };
  }
  try {
    await replaceFile(path, bytes);
  } catch (error) {
    const problem = `was not fixed: it cannot be written (${reasonOf(error)})`;
    return { ...state(before.text), fixed: null, problem };
  }
  return { ...state(result.text), fixed, problem: null };
}

/** Encodes a text, unless the file's own bytes do not come back from its text. */
function encodeExactly(
  before: { text: string; bytes: Uint8Array; encode: (text: string) => Uint8Array | null },
  text: string,
): Uint8Array | null {
  const again = before.encode(before.text);
  return again && Buffer.compare(again, before.bytes) === 0 ? before.encode(text) : null;
}
