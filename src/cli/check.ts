import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { sum } from "#base";
import { Configurations, findPythonFiles, type FoundFiles, reasonOf } from "#files";
import {
  type Baseline,
  readBaseline,
  toBaseline,
  withoutBaseline,
  writeBaseline,
} from "./baseline";
import { readCheckArguments } from "./check-arguments";
import type { TimedFile } from "./check-file";
import { jobsFor } from "./check-jobs";
import { writeReport } from "./check-output";
import { shownPath } from "./check-report";
import type { CheckRequest } from "./check-request";
import { checkFiles } from "./check-run";
import { checkStdin, stdinPath } from "./check-stdin";
import { checkUsage } from "./check-usage";
import { withOverrides } from "./configuration-overrides";
import { explain } from "./explain";
import type { Io } from "./io";
import { withoutLower } from "./min-severity";
import { usageError } from "./usage-error";
import { runOnChanges } from "./watch";

const clean = 0;
const foundSome = 1;
const badUsage = 2;

/** Runs `check`. Resolves to its exit code; what one file does wrong does not stop the others. */
export async function runCheck(argv: readonly string[], io: Io): Promise<number> {
  const read = readCheckArguments(argv);
  switch (read.kind) {
    case "help":
      io.out(checkUsage);
      return clean;
    case "problem":
      io.err(usageError(["check"], read.text));
      return badUsage;
    case "explain":
      return explain(read.code, ["check"], io);
    case "request":
      return read.request.watches ? watchAndCheck(read.request, io) : checkOnce(read.request, io);
  }
}

/** Checks until the program is interrupted, which is how a watch ends well. */
async function watchAndCheck(request: CheckRequest, io: Io): Promise<number> {
  const interrupt = new AbortController();
  const stop = () => interrupt.abort();
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  const paths = request.paths.map(path => resolve(io.cwd, path));
  try {
    await runOnChanges(paths, interrupt.signal, async () => {
      await checkOnce(request, io);
      io.err("Watching for changes; Ctrl+C ends.\n");
    });
    return clean;
  } catch (error) {
    return fail(io, `cannot watch: ${reasonOf(error)}`);
  } finally {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  }
}

async function checkOnce(request: CheckRequest, io: Io): Promise<number> {
  const configurations = configurationsFor(request, io);
  const found = findFiles(request, configurations, io);
  for (const path of found.missing) io.err(`memory-insights check: no such path: ${path}\n`);
  if (found.missing.length > 0) return badUsage;
  const jobs = jobsFor(found.files, configurations);
  for (const { path, line, text } of configurations.problems) {
    io.err(`${shownPath(path, io.cwd)}:${line + 1}: ${text}\n`);
  }
  if (configurations.problems.length > 0) return badUsage;
  const baseline = await openBaseline(request, io);
  if (typeof baseline === "string") return fail(io, baseline);
  const [only] = jobs;
  const checked =
    request.stdinName !== null && only
      ? [await checkStdin(request, only, io)]
      : await checkFiles(request, jobs, io);
  if (request.baseline?.kind === "write") return writeKnown(request.baseline.path, checked, io);
  const unknown = baseline ? applyBaseline(checked, baseline, io) : checked;
  const files = withoutLower(unknown, request.leastSeverity);
  const problem = await writeReport(request, files, found, io);
  return problem === null ? exitCode(request, files, found) : fail(io, problem);
}

function configurationsFor({ configuration }: CheckRequest, io: Io): Configurations {
  const { cwd } = io;
  const { from, overrides } = configuration;
  return new Configurations({
    cwd,
    from: typeof from === "string" ? from : { file: resolve(cwd, from.file) },
    override: (read, root) => withOverrides(read, overrides, { root, cwd }),
  });
}

function findFiles(request: CheckRequest, configurations: Configurations, io: Io): FoundFiles {
  if (request.stdinName !== null) {
    const path = stdinPath(request, io);
    return { files: [path], named: new Set([path]), missing: [], problems: [] };
  }
  const { forcesExclude } = request;
  return findPythonFiles(request.paths, io.cwd, {
    configurations,
    hasNotebooks: true,
    forcesExclude,
  });
}

/** A baseline with its absolute path. */
interface OpenBaseline {
  readonly path: string;
  readonly findings: Baseline;
}

/** Opens the baseline that findings are compared with; null for none, else what is wrong with it. */
async function openBaseline(
  { baseline }: CheckRequest,
  { cwd }: Io,
): Promise<OpenBaseline | string | null> {
  if (baseline?.kind !== "read") return null;
  const path = resolve(cwd, baseline.path);
  try {
    const findings = readBaseline(await readFile(path, "utf8"));
    return typeof findings === "string" ? `${baseline.path} ${findings}` : { path, findings };
  } catch (error) {
    return `${baseline.path} cannot be read (${reasonOf(error)}); --write-baseline makes it`;
  }
}

function applyBaseline(
  checked: readonly TimedFile[],
  { path, findings }: OpenBaseline,
  io: Io,
): readonly TimedFile[] {
  const { files, gone, known } = withoutBaseline(checked, findings, path);
  if (known > 0) {
    io.err(`${known} finding${known === 1 ? "" : "s"} of the baseline left out\n`);
  }
  if (gone > 0) {
    const [what, verb] = gone === 1 ? ["1 finding", "is"] : [`${gone} findings`, "are"];
    io.err(`${what} of the baseline ${verb} gone; --write-baseline drops what is gone\n`);
  }
  return files;
}

async function writeKnown(given: string, files: readonly TimedFile[], io: Io): Promise<number> {
  const path = resolve(io.cwd, given);
  try {
    await writeFile(path, writeBaseline(toBaseline(files, path)));
  } catch (error) {
    return fail(io, `${given} cannot be written (${reasonOf(error)})`);
  }
  const count = sum(files.map(({ rows }) => rows.length));
  io.err(`Wrote ${count} finding${count === 1 ? "" : "s"} to ${given}.\n`);
  return clean;
}

function exitCode(request: CheckRequest, files: readonly TimedFile[], found: FoundFiles): number {
  if (files.some(file => file.problem !== null && found.named.has(file.path))) return badUsage;
  const { isAlwaysZero, isNonZeroOnFix } = request.exit;
  if (isAlwaysZero) return clean;
  if (isNonZeroOnFix && files.some(file => (file.fixed?.count ?? 0) > 0)) return foundSome;
  return files.some(file => file.rows.length > 0) ? foundSome : clean;
}

function fail(io: Io, problem: string): number {
  io.err(`memory-insights check: ${problem}\n`);
  return badUsage;
}
