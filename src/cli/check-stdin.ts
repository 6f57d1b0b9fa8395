import { resolve } from "node:path";
import { NotebookError } from "./check-notebook";
import { checkText, fixCheckedText } from "./check-text";
import { type CheckedFile, type TimedFile, unread } from "./check-file";
import type { FileJob } from "./check-jobs";
import type { CheckRequest } from "./check-request";
import { failureReporter } from "./check-run";
import type { Io } from "./io";
import { decodePython } from "./python-text";

/** Gives the path that the text on standard input stands for; it need not exist. */
export function stdinPath(request: CheckRequest, io: Io): string {
  return resolve(io.cwd, request.stdinName ?? "-");
}

/** Checks the text on standard input. With `fix` the text after the fixes is in `fixed.after`. */
export async function checkStdin(request: CheckRequest, job: FileJob, io: Io): Promise<TimedFile> {
  const decoded = decodePython(await io.readInput());
  const timed = { path: job.path, duration: 0 };
  if (decoded.kind === "problem") return { ...unread(job.path, decoded.text), ...timed };
  try {
    return { duration: 0, ...checkDecoded(decoded.text, request, job, io) };
  } catch (error) {
    if (error instanceof NotebookError) return { ...unread(job.path, error.message), ...timed };
    throw error;
  }
}

function checkDecoded(before: string, request: CheckRequest, job: FileJob, io: Io): CheckedFile {
  const { includesGenerated, mode } = request;
  const parts = { ...job, includesGenerated, onRuleFailure: failureReporter(io) };
  const whole = { path: job.path, isChecked: true, problem: null };
  const checked = checkText(before, parts);
  if (mode === "report") return { ...whole, ...checked, fixed: null };
  const { text: after, count } = fixCheckedText(before, parts);
  const rest = mode === "fix" && after !== before ? checkText(after, parts) : checked;
  return { ...whole, ...rest, fixed: { before, after, count } };
}
