import { readFileSync } from "node:fs";
import { extname } from "node:path";
import type { RuleFailure } from "#analyzer";
import type { Milliseconds } from "#base";
import { reasonOf } from "#files";
import { contentHash, type CheckCache, noCache } from "./check-cache";
import type { FileJob } from "./check-jobs";
import { NotebookError } from "./check-notebook";
import { checkText, fixCheckedText } from "./check-text";
import type { CheckedText, TextParts } from "./checked-text";
import { decodePython } from "./python-text";
import { replaceFile } from "./replace-file";

/** What came of one file, and how long that took. */
export interface TimedFile extends CheckedFile {
  /** Of processor time, which other programs do not lengthen; 0 when it was not asked for. */
  readonly duration: Milliseconds;
}

/** What came of one file; its findings are those of the file as it is afterwards. */
export interface CheckedFile extends CheckedText {
  /** Absolute. */
  readonly path: string;
  /** False when nothing of it could be read. */
  readonly isChecked: boolean;
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
  readonly mode: "report" | "fix" | "diff";
  readonly includesGenerated: boolean;
  readonly cache: CheckCache;
  readonly onRuleFailure: (failure: RuleFailure) => void;
}

/** A file's bytes with what they say. */
interface FileText {
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly encode: (text: string) => Uint8Array | null;
}

/** What the cache has to say of a file; null when it has to be looked at. Never throws. */
export function knownFile(job: FileJob, parts: CheckParts): CheckedFile | null {
  if (parts.cache === noCache) return null;
  try {
    return known(keyOf(job, readFileSync(job.path), parts), job, parts);
  } catch {
    // Whoever looks at the file says what is wrong with it.
    return null;
  }
}

/** Checks one file, and fixes it when asked to. Never rejects for a file that cannot be read. */
export async function checkFile(job: FileJob, parts: CheckParts): Promise<CheckedFile> {
  try {
    // Reading at once takes a fraction of the time that handing the file to another thread takes.
    return await checkBytes(job, readFileSync(job.path), parts);
  } catch (error) {
    if (error instanceof NotebookError) return unread(job.path, error.message);
    return unread(job.path, `cannot be read (${reasonOf(error)})`);
  }
}

/** Checks a file by its bytes; in the mode `fix` the file on disk is replaced. */
async function checkBytes(
  job: FileJob,
  bytes: Uint8Array,
  parts: CheckParts,
): Promise<CheckedFile> {
  const { path } = job;
  // A hash of every file is worth it only for who keeps results by it.
  const key = parts.cache === noCache ? null : keyOf(job, bytes, parts);
  const before = key === null ? null : known(key, job, parts);
  if (before) return before;
  const decoded = decodePython(bytes);
  if (decoded.kind === "problem") return unread(path, decoded.text);
  const textParts = { ...job, ...parts };
  if (parts.mode !== "report") return fixFile({ ...decoded, bytes }, textParts, parts.mode);
  const checked = checkText(decoded.text, textParts);
  if (key !== null) parts.cache.set(key, checked);
  return { path, isChecked: true, ...checked, fixed: null, problem: null };
}

function known(key: string, job: FileJob, parts: CheckParts): CheckedFile | null {
  const entry = parts.cache.get(key);
  // A file with nothing to report has nothing to fix.
  const isEnough = entry && (parts.mode === "report" || entry.rows.length === 0);
  if (!isEnough) return null;
  return { path: job.path, isChecked: true, fixed: null, problem: null, ...entry };
}

function keyOf({ path, settings }: FileJob, bytes: Uint8Array, parts: CheckParts): string {
  return contentHash(bytes, JSON.stringify([settings, parts.includesGenerated, extname(path)]));
}

async function fixFile(
  before: FileText,
  parts: TextParts,
  mode: "fix" | "diff",
): Promise<CheckedFile> {
  const { path } = parts;
  const state = (text: string) => ({ path, isChecked: true, ...checkText(text, parts) });
  const first = state(before.text);
  const unchanged = (problem: string | null) => ({ ...first, fixed: null, problem });
  const isFixable = first.rows.some(row => row.fix?.applicability === "safe");
  const { text: after, count } = isFixable
    ? fixCheckedText(before.text, parts)
    : { text: before.text, count: 0 };
  if (after === before.text) return unchanged(null);
  const fixed = { before: before.text, after, count };
  // Findings are those of the file on disk, which a diff leaves alone.
  if (mode === "diff") return { ...first, fixed, problem: null };
  const bytes = encodeExactly(before, after);
  if (!bytes) return unchanged("was not fixed: its encoding cannot be written back exactly");
  try {
    await replaceFile(path, bytes);
  } catch (error) {
    return unchanged(`was not fixed: it cannot be written (${reasonOf(error)})`);
  }
  return { ...state(after), fixed, problem: null };
}

/** What is to be said of a file that could not be read. */
export function unread(path: string, problem: string): CheckedFile {
  const nothing = { rows: [], brokenAt: null, passedOver: null, fixed: null };
  return { path, isChecked: false, ...nothing, problem };
}

/** Encodes a text, unless the file's own bytes do not come back from its text. */
function encodeExactly(before: FileText, text: string): Uint8Array | null {
  const again = before.encode(before.text);
  return again && Buffer.compare(again, before.bytes) === 0 ? before.encode(text) : null;
}
