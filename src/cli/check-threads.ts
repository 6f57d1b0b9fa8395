import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { CheckCache } from "./check-cache";
import { type CheckedFile, unread } from "./check-file";
import type { FileJob } from "./check-jobs";
import type { CheckedText } from "./checked-text";

/** What a thread is told when it starts. */
export interface ThreadParts {
  readonly mode: "report" | "fix" | "diff";
  readonly includesGenerated: boolean;
}

/** What came of the jobs of one message, in their order. */
export interface ThreadAnswer {
  readonly files: readonly CheckedFile[];
  /** What goes into the cache. */
  readonly entries: readonly (readonly [hash: string, check: CheckedText])[];
  /** Rules that failed, with the reason. */
  readonly failures: readonly (readonly [code: string, reason: string])[];
}

/** Below this many files a second thread starts too late to help. */
const fewestFiles = 48;
/** Enough for the messages not to count, few enough for all threads to end together. */
const jobsAtOnce = 6;
const mostThreads = 8;
/** A larger nursery: what a file needs is garbage before the next one, and is not copied about. */
const nurseryMegabytes = 64;

/** How many threads to check files with; 1 when this one does. */
export function threadsFor(count: number, distFolder: string): number {
  if (count < fewestFiles || !existsSync(workerPath(distFolder))) return 1;
  return Math.min(mostThreads, availableParallelism());
}

/**
 * Checks files in threads; the results are in the order of the jobs. The files of a thread that
 * dies are told as not checked.
 */
export async function checkInThreads(
  jobs: readonly FileJob[],
  parts: ThreadParts & { readonly cache: CheckCache; readonly threads: number },
  options: { readonly distFolder: string; readonly onFailure: (code: string, why: string) => void },
): Promise<readonly CheckedFile[]> {
  const checked: CheckedFile[] = [];
  let next = 0;
  const take = (): { start: number; jobs: readonly FileJob[] } => {
    const start = next;
    next += jobsAtOnce;
    return { start, jobs: jobs.slice(start, next) };
  };
  const { mode, includesGenerated } = parts;
  const run = (): Promise<void> =>
    new Promise(done => {
      let current = take();
      if (current.jobs.length === 0) {
        done();
        return;
      }
      const worker = new Worker(workerPath(options.distFolder), {
        workerData: { mode, includesGenerated } satisfies ThreadParts,
        resourceLimits: { maxYoungGenerationSizeMb: nurseryMegabytes },
      });
      worker.on("message", ({ files, entries, failures }: ThreadAnswer) => {
        files.forEach((file, index) => (checked[current.start + index] = file));
        for (const [hash, check] of entries) parts.cache.set(hash, check);
        for (const [code, reason] of failures) options.onFailure(code, reason);
        current = take();
        worker.postMessage(current.jobs.length > 0 ? current.jobs : null);
      });
      worker.on("error", error => {
        current.jobs.forEach(({ path }, index) => {
          checked[current.start + index] = unread(path, `was not checked (${error.message})`);
        });
        // Another thread goes on with the files that are left.
        void run().then(done);
      });
      worker.on("exit", code => {
        if (code === 0) done();
      });
      worker.postMessage(current.jobs);
    });
  await Promise.all(Array.from({ length: parts.threads }, run));
  return checked;
}

function workerPath(distFolder: string): string {
  return join(distFolder, "check-worker.js");
}
