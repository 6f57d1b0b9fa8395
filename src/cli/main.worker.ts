import { parentPort, workerData } from "node:worker_threads";
import { type CheckCache, noCache } from "./check-cache";
import { checkFile, type CheckedFile } from "./check-file";
import type { FileJob } from "./check-jobs";
import { takeJobs, type ThreadAnswer, type ThreadParts } from "./check-threads";
import type { CheckedText } from "./checked-text";

const parts = workerData as ThreadParts;

async function checkAll(): Promise<void> {
  const { jobs, taken } = parts;
  for (let next = takeJobs(jobs, taken); next; next = takeJobs(jobs, taken)) {
    parentPort?.postMessage({ index: next.index, ...(await check(next.jobs)) });
  }
}

async function check(jobs: readonly FileJob[]): Promise<Omit<ThreadAnswer, "index">> {
  const entries: [string, CheckedText][] = [];
  const failures: [string, string][] = [];
  // Whoever started this thread has looked into the cache, and keeps what is new.
  const cache: CheckCache = parts.usesCache
    ? { ...noCache, set: (hash, check) => void entries.push([hash, check]) }
    : noCache;
  const files: CheckedFile[] = [];
  for (const job of jobs) {
    files.push(
      await checkFile(job, {
        ...parts,
        cache,
        onRuleFailure: ({ rule, error }) => {
          const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
          failures.push([rule.meta.code, reason]);
        },
      }),
    );
  }
  return { files, entries, failures };
}

// An error that nobody expected ends the thread and is told to whoever started it.
void checkAll();
