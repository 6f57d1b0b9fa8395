// Runs a suite once: as it is, or with the probe in it.
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cleanUpWhenStopped, run } from "../processes.mjs";
import { linesOf, programOf, readOutcomes, runner } from "./program.mjs";

const mostMilliseconds = 25 * 60_000;

/** Ways to run a suite: plain is the measure of the others. */
export const levels = ["live", "allocations"];

/** Changes with each change of the probe, and of the program that runs the tests. */
export async function digestOf(probe) {
  const hash = createHash("sha256").update(await readFile(runner));
  const names = (await readdir(probe, { recursive: true })).filter(name => name.endsWith(".py"));
  for (const name of names.sort()) hash.update(name).update(await readFile(join(probe, name)));
  return hash.digest("hex").slice(0, 10);
}

/**
 * What a run came to, as `{ date, outcomes, details, code, isLate, seconds, processes, problems }`.
 * Runs that are known are not done again. Undefined for one that was stopped.
 *
 * @param number the first run of its kind is 0
 */
export async function runSuite(suite, python, way, number, context) {
  const file = resultFile(suite, python, way, number, context);
  const known = await readResult(file);
  if (known || context.isRead) return known;
  const date = new Date().toISOString().slice(0, 10);
  const result = { date, ...(await runAnew(suite, python, way, context)) };
  if (context.stopped.aborted) return undefined;
  await mkdir(context.results, { recursive: true });
  await writeFile(`${file}.tmp`, JSON.stringify(result));
  await rename(`${file}.tmp`, file);
  return result;
}

function resultFile(suite, python, way, number, { results, digest }) {
  const of = way === "plain" ? "" : `-${digest}`;
  return join(results, `${python.version}-${suite.name}-${way}${of}-${number}.json`);
}

async function readResult(file) {
  const text = await readFile(file, "utf8").catch(() => null);
  if (text === null) return undefined;
  const date = (await stat(file)).mtime.toISOString().slice(0, 10);
  return { date, ...JSON.parse(text) };
}

/** In a folder of its own, which tests fill. */
async function runAnew(suite, python, way, { cli }) {
  const folder = await mkdtemp(join(tmpdir(), "harmless-"));
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 3 });
  const done = cleanUpWhenStopped(remove);
  try {
    const report = join(folder, "outcomes");
    const runFile = join(folder, "a.memprofile");
    const { executable, args, env, cwd } = await programOf(suite, python, folder, report);
    const options = ["profile", "--level", way, "--python", executable, "-o", runFile];
    const command =
      way === "plain" ? [executable, args] : [process.execPath, [cli, ...options, ...args]];
    const started = performance.now();
    const { code } = await run(...command, { cwd, env, timeoutMs: mostMilliseconds });
    const seconds = Math.round((performance.now() - started) / 1000);
    const seen = way === "plain" ? {} : await readRun(runFile);
    return { ...(await readOutcomes(suite, report)), code, isLate: code === 124, seconds, ...seen };
  } finally {
    await remove();
    done();
  }
}

/** How many processes a run saw, and what it says is missing. */
async function readRun(file) {
  const records = linesOf(await readFile(file, "utf8").catch(() => ""));
  const hellos = records.filter(({ kind }) => kind === "hello");
  const problems = records.filter(({ kind }) => kind === "problem").map(({ text }) => text);
  return {
    processes: new Set(hellos.map(({ pid }) => pid)).size,
    problems: [...new Set(problems)].sort(),
  };
}
