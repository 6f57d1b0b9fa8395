import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { type CheckedFile, checkFile, type CheckParts, unread } from "./check-file";
import { noCache } from "./check-cache";
import type { FileJob } from "./check-jobs";
import type { CheckedText } from "./checked-text";

/** What a thread is told when it starts. */
export interface ThreadParts {
  readonly mode: "report" | "fix" | "diff";
  readonly includesGenerated: boolean;
  readonly usesCache: boolean;
  readonly jobs: readonly FileJob[];
  /** One number that all threads share: how many of the jobs are taken. */
  readonly taken: Int32Array;
}

/** What came of the jobs that a thread took at once. */
export interface ThreadAnswer {
  /** Of the first of them. */
  readonly index: number;
  readonly files: readonly CheckedFile[];
  /** What goes into the cache. */
  readonly entries: readonly (readonly [hash: string, check: CheckedText])[];
  /** Rules that failed, with the reason. */
  readonly failures: readonly (readonly [code: string, reason: string])[];
}

/** Below this many files a second thread starts too late to help. */
const fewestFiles = 48;
/** Enough for taking not to count, few enough for all threads to end together. */
const jobsAtOnce = 6;
const mostThreads = 8;
/** A larger nursery: what a file needs is garbage before the next one, and is not copied about. */
const nurseryMegabytes = 64;

/** How many threads to check files with, this one among them; `most` is what the user allows. */
export function threadsFor(count: number, most: number | null, distFolder: string): number {
  if (count < fewestFiles || !existsSync(workerPath(distFolder))) return 1;
  return most ?? Math.min(mostThreads, availableParallelism());
}

/** Takes the next jobs that no thread has taken; null when there are none. */
export function takeJobs(
  jobs: readonly FileJob[],
  taken: Int32Array,
): { readonly index: number; readonly jobs: readonly FileJob[] } | null {
  const index = Atomics.add(taken, 0, jobsAtOnce);
  return index < jobs.length ? { index, jobs: jobs.slice(index, index + jobsAtOnce) } : null;
}

/**
 * Checks files in this thread and in others; the results are in the order of the jobs. What a thread
 * that died had taken is told as not checked.
 */
export async function checkInThreads(
  jobs: readonly FileJob[],
  parts: CheckParts & { readonly threads: number },
  options: { readonly distFolder: string; readonly onFailure: (code: string, why: string) => void },
): Promise<readonly CheckedFile[]> {
  const checked: CheckedFile[] = [];
  const { mode, includesGenerated } = parts;
  const taken = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const usesCache = parts.cache !== noCache;
  const workerData: ThreadParts = { mode, includesGenerated, usesCache, jobs, taken };
  let death = "its thread ended early";
  const run = (): Promise<void> =>
    new Promise(done => {
      const worker = new Worker(workerPath(options.distFolder), {
        workerData,
        resourceLimits: { maxYoungGenerationSizeMb: nurseryMegabytes },
      });
      worker.on("message", ({ index, files, entries, failures }: ThreadAnswer) => {
        files.forEach((file, offset) => (checked[index + offset] = file));
        for (const [hash, check] of entries) parts.cache.set(hash, check);
        for (const [code, reason] of failures) options.onFailure(code, reason);
      });
      worker.on("error", error => (death = error.message));
      worker.on("exit", () => done());
    });
  const others = Array.from({ length: parts.threads - 1 }, run);
  for (let next = takeJobs(jobs, taken); next; next = takeJobs(jobs, taken)) {
    for (const [offset, job] of next.jobs.entries()) {
      checked[next.index + offset] = await checkFile(job, parts);
    }
  }
  await Promise.all(others);
  return jobs.map(
    ({ path }, index) => checked[index] ?? unread(path, `was not checked (${death})`),
  );
}

function workerPath(distFolder: string): string {
  return join(distFolder, "check-worker.js");
}
