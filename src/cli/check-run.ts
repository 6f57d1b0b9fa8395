import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { RuleFailure } from "#analyzer";
import { cacheFolder, type CheckCache, noCache, openCache } from "./check-cache";
import { type CheckedFile, checkFile, type TimedFile } from "./check-file";
import type { FileJob } from "./check-jobs";
import type { CheckRequest } from "./check-request";
import type { Io } from "./io";

/** Files under way at once: while one is analyzed, the next ones are read. */
const filesAtOnce = 8;

/** Checks files; the results are in the order of the files. */
export async function checkFiles(
  request: CheckRequest,
  jobs: readonly FileJob[],
  io: Io,
): Promise<readonly TimedFile[]> {
  const cache = request.usesCache ? await cacheFor(request, io) : noCache;
  const { mode, includesGenerated } = request;
  const parts = { mode, includesGenerated, cache, onRuleFailure: failureReporter(io) };
  const { showsTimings } = request.output;
  const queue = jobs.entries();
  const checked: TimedFile[] = [];
  const work = async (): Promise<void> => {
    for (const [index, job] of queue) {
      checked[index] = showsTimings
        ? await timed(() => checkFile(job, parts))
        : { ...(await checkFile(job, parts)), duration: 0 };
    }
  };
  // Timed files take turns, so that the processor time between two moments is one file's.
  const workers = showsTimings ? 1 : filesAtOnce;
  await Promise.all(Array.from({ length: workers }, work));
  await cache.save();
  return checked;
}

async function timed(check: () => Promise<CheckedFile>): Promise<TimedFile> {
  const start = process.cpuUsage();
  const file = await check();
  const { user, system } = process.cpuUsage(start);
  return { ...file, duration: (user + system) / 1000 };
}

/** A rule that fails is told of once; the other rules go on. */
export function failureReporter(io: Io): (failure: RuleFailure) => void {
  const told = new Set<string>();
  return ({ rule, error }) => {
    const { code } = rule.meta;
    if (told.has(code)) return;
    told.add(code);
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    io.err(`${code} failed and was skipped there; the other rules go on: ${reason}\n`);
  };
}

async function cacheFor(request: CheckRequest, io: Io): Promise<CheckCache> {
  const program = await stat(join(io.distFolder, "cli.js")).catch(() => null);
  return openCache(cacheFolder(io.environment), {
    // A build of the same version may have other rules.
    program: [io.version, program?.size, program?.mtimeMs],
    // Kept apart so that runs in turn with other options do not push each other's results out.
    options: request.configuration,
    where: [io.cwd, ...request.paths],
  });
}
