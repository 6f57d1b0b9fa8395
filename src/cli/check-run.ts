import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { RuleFailure } from "#analyzer";
import { cacheFolder, type CheckCache, noCache, openCache } from "./check-cache";
import {
  type CheckedFile,
  checkFile,
  type CheckParts,
  knownFile,
  type TimedFile,
  unread,
} from "./check-file";
import type { FileJob } from "./check-jobs";
import type { CheckRequest } from "./check-request";
import { checkInThreads, threadsFor } from "./check-threads";
import type { Io } from "./io";

/** Checks files; the results are in the order of the files. */
export async function checkFiles(
  request: CheckRequest,
  jobs: readonly FileJob[],
  io: Io,
): Promise<readonly TimedFile[]> {
  const cache = request.usesCache ? await cacheFor(request, io) : noCache;
  const { mode, includesGenerated } = request;
  const parts = { mode, includesGenerated, cache, onRuleFailure: failureReporter(io) };
  const checked = request.output.showsTimings
    ? await checkByTurns(jobs, parts)
    : (await checkAtOnce(jobs, { ...parts, threads: request.threads }, io)).map(file => ({
        ...file,
        duration: 0,
      }));
  await cache.save();
  return checked;
}

/** Timed files take turns, so that the processor time between two moments is one file's. */
async function checkByTurns(
  jobs: readonly FileJob[],
  parts: CheckParts,
): Promise<readonly TimedFile[]> {
  const checked: TimedFile[] = [];
  for (const job of jobs) checked.push(await timed(() => checkFile(job, parts)));
  return checked;
}

/** What the cache knows is taken from there; the rest is checked in threads when it is much. */
async function checkAtOnce(
  jobs: readonly FileJob[],
  parts: CheckParts & { readonly threads: number | null },
  io: Io,
): Promise<readonly CheckedFile[]> {
  const known = jobs.map(job => knownFile(job, parts));
  const rest = jobs.filter((_, index) => known[index] === null);
  const threads = threadsFor(rest.length, parts.threads, io.distFolder);
  const onFailure = failureTeller(io);
  const fresh =
    threads > 1
      ? await checkInThreads(rest, { ...parts, threads }, { distFolder: io.distFolder, onFailure })
      : await checkHere(rest, parts);
  let next = 0;
  return known.map(
    (file, index) => file ?? fresh[next++] ?? unread(jobs[index]?.path ?? "", "was not checked"),
  );
}

async function checkHere(
  jobs: readonly FileJob[],
  parts: CheckParts,
): Promise<readonly CheckedFile[]> {
  const checked: CheckedFile[] = [];
  for (const job of jobs) checked.push(await checkFile(job, parts));
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
  const tell = failureTeller(io);
  return ({ rule, error }) => {
    tell(rule.meta.code, error instanceof Error ? (error.stack ?? error.message) : String(error));
  };
}

function failureTeller(io: Io): (code: string, reason: string) => void {
  const told = new Set<string>();
  return (code, reason) => {
    if (told.has(code)) return;
    told.add(code);
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
