import { stat } from "node:fs/promises";
import { join } from "node:path";
import { type AnalyzerSettings, defaultSettings, type RuleFailure } from "#analyzer";
import type { CheckRequest } from "./check-arguments";
import { cacheFolder, type CheckCache, noCache, openCache } from "./check-cache";
import { checkFile, type TimedFile } from "./check-file";
import type { Io } from "./io";

/** Checks files one after the other, in their order. */
export async function checkFiles(
  request: CheckRequest,
  files: readonly string[],
  io: Io,
): Promise<readonly TimedFile[]> {
  const settings: AnalyzerSettings = { ...defaultSettings, select: request.select };
  const cache = request.usesCache ? await cacheFor(request, settings, io) : noCache;
  const parts = {
    settings,
    mode: request.mode,
    cache,
    onRuleFailure: failureReporter(io),
  };
  const checked: TimedFile[] = [];
  for (const path of files) {
    const start = process.cpuUsage();
    const file = await checkFile(path, parts);
    const { user, system } = process.cpuUsage(start);
    checked.push({ ...file, duration: (user + system) / 1000 });
  }
  await cache.save();
  return checked;
}

/** A rule that fails is told of once; the other rules go on. */
function failureReporter(io: Io): (failure: RuleFailure) => void {
  const told = new Set<string>();
  return ({ rule, error }) => {
    const { code } = rule.meta;
    if (told.has(code)) return;
    told.add(code);
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    io.err(`${code} failed and was skipped there; the other rules go on: ${reason}\n`);
  };
}

async function cacheFor(
  request: CheckRequest,
  settings: AnalyzerSettings,
  io: Io,
): Promise<CheckCache> {
  const program = await stat(join(io.distFolder, "cli.js")).catch(() => null);
  return openCache(cacheFolder(io.environment), {
    // A build of the same version may have other rules.
    program: [io.version, program?.size, program?.mtimeMs],
    settings,
    where: [io.cwd, ...request.paths],
  });
}
