import { parentPort, workerData } from "node:worker_threads";
import type { CheckCache } from "./check-cache";
import { checkFile, type CheckedFile } from "./check-file";
import type { FileJob } from "./check-jobs";
import type { ThreadAnswer, ThreadParts } from "./check-threads";
import type { CheckedText } from "./checked-text";

const parts = workerData as ThreadParts;

parentPort?.on("message", (jobs: readonly FileJob[] | null) => {
  if (jobs) void answer(jobs);
  else parentPort?.close();
});

async function answer(jobs: readonly FileJob[]): Promise<void> {
  const entries: [string, CheckedText][] = [];
  const failures: [string, string][] = [];
  // Whoever started this thread has looked into the cache, and keeps what is new.
  const cache: CheckCache = {
    get: () => null,
    set: (hash, check) => void entries.push([hash, check]),
    save: () => Promise.resolve(),
  };
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
  parentPort?.postMessage({ files, entries, failures } satisfies ThreadAnswer);
}
