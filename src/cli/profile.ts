import { existsSync, statSync } from "node:fs";
import { constants } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { createProfileBuilder } from "#profile";
import { type RecorderProblem, startRecorder } from "#recorder";
import { judgeBudget, type Verdict } from "./budget";
import { chooseEngine } from "./engine";
import { findPython, type Python } from "./find-python";
import type { Io } from "./io";
import { readMemray } from "./memray-figures";
import { type ProfileRequest, readProfileArguments } from "./profile-arguments";
import { summaryText } from "./profile-summary";
import { type ProgramEnd, runProgram } from "./run-program";
import { usageError } from "./usage-error";

/** How `profile` is used, for people. */
export const profileUsage = `Usage: memory-insights profile [options] script.py [args...]
       memory-insights profile [options] -m module [args...]

Runs a Python program and records where its memory goes.

Options:
  --level live|allocations  sampled resident memory (default), or every Python allocation by line
  --engine tracemalloc|memray|auto
                            what traces every allocation: Python itself (default), or memray where
                            the program's Python has it; memray sees native memory too
  --frames 1|5|25           callers kept for each allocation (1); more cost more
  --snapshot-every SECONDS  keep what each line holds every so often; the peak's and the end's
                            are kept by themselves, and report shows them with --format json
  --trace-function WHERE    trace every allocation while a function runs: FILE.py:NAME or
                            MODULE:NAME, as shop.py:Shop.load (Python 3.12 or later)
  --python PATH             the Python to run; else $VIRTUAL_ENV, python3, python
  -o, --output RUN          where to write the run; else <script>-<date>.memprofile here;
                            packed when its name ends in .gz
  --budget peak=SIZE        exit with 1 when the program's memory (RSS) was ever more, as 200MiB;
                            traced=SIZE for what Python allocated; may be given more than once
  -h, --help                show this
`;

/** Bad usage, nothing could be started, or a budget cannot be judged. */
const cannotStart = 2;

/** The program ended well, and took more than it may. */
const overBudget = 1;

/**
 * Runs `profile`. Resolves to the program's own exit code, or 128 and the signal's number; of a
 * program that ended well, to 1 past a budget, and to 2 when a budget cannot be judged.
 */
export async function runProfile(argv: readonly string[], io: Io): Promise<number> {
  const read = readProfileArguments(argv);
  if (read.kind === "help") {
    io.out(profileUsage);
    return 0;
  }
  if (read.kind === "problem") {
    io.err(usageError(["profile"], read.text));
    return cannotStart;
  }
  const missing = missingPath(read.request, io.cwd);
  if (missing !== null) {
    io.err(`memory-insights profile: ${missing}\n`);
    return cannotStart;
  }
  const search = await findPython(read.request.python, io.environment);
  if (search.kind === "problem") {
    io.err(`memory-insights profile: ${search.text}\n`);
    return cannotStart;
  }
  return record(read.request, search.python, io);
}

/** What must be there before anything starts and is not, in words; null when all is. */
function missingPath({ program, output }: ProfileRequest, cwd: string): string | null {
  const [script = ""] = program;
  if (/\.ipynb$/i.test(script)) {
    return `${script} is a notebook, which an editor runs: Profile Memory of Notebook`;
  }
  // What starts with a dash is for Python to understand: `-m`, or an option after `--`.
  if (!script.startsWith("-") && !existsSync(resolve(cwd, script))) {
    return `no such file: ${script}`;
  }
  if (output === undefined) return null;
  const folder = dirname(output);
  if (!isFolder(resolve(cwd, folder))) return `no such folder: ${folder}`;
  if (!isFolder(resolve(cwd, output))) return null;
  return `${output} is a folder; name the file to write, as in ${join(output, "run.memprofile")}`;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

async function record(request: ProfileRequest, python: Python, io: Io): Promise<number> {
  const wanted = request.level === "live" ? "tracemalloc" : request.engine;
  const { engine, note } = await chooseEngine(wanted, python, io.environment);
  if (note !== null) io.err(`memory-insights profile: ${note}\n`);
  const isMemray = engine === "memray";
  const builder = createProfileBuilder();
  const runFile = resolve(io.cwd, request.output ?? runName(request.name, new Date()));
  const problems: RecorderProblem[] = [];
  const command = [python.command, ...python.args, ...request.program];
  const memrayFile = `${runFile}.memray`;
  const start = await startRecorder({
    level: isMemray ? "live" : request.level,
    ...(isMemray ? { memrayFile } : {}),
    frames: request.frames,
    snapshotMs: request.snapshotMs,
    traceFunction: request.traceFunction,
    runFile,
    command,
    probeFolder: io.probeFolder,
    pythonPath: io.environment["PYTHONPATH"],
    tool: `memory-insights ${io.version}`,
    onRecord: record => builder.add(record),
    onProblem: problem => problems.push(problem),
    log: () => undefined,
  });
  if (start.kind === "problem") {
    io.err(`memory-insights profile: ${start.problem.text}\n`);
    return cannotStart;
  }
  const { recorder } = start;
  const environment = { ...io.environment, ...recorder.environment };
  const end = await runProgram(command, { environment, cwd: io.cwd });
  if (end.kind === "problem") {
    await recorder.close();
    io.err(`memory-insights profile: ${end.text}\n`);
    return cannotStart;
  }
  if (isMemray) {
    const run = { file: memrayFile, python, profile: builder.profile() };
    for (const each of await readMemray(run, io)) recorder.add(each);
  }
  await recorder.recordExit(end);
  await recorder.close();
  const profile = builder.profile();
  const verdicts = request.budgets.map(budget => judgeBudget(profile, budget));
  const shown = { profile, problems, verdicts, runFile: relative(io.cwd, runFile) };
  io.err(summaryText(shown, io));
  return exitCode(end) || verdictCode(verdicts);
}

function verdictCode(verdicts: readonly Verdict[]): number {
  if (verdicts.some(({ kind }) => kind === "exceeded")) return overBudget;
  return verdicts.some(({ kind }) => kind === "unknown") ? cannotStart : 0;
}

/** A shell's way to tell a death by signal. */
function exitCode(end: Extract<ProgramEnd, { kind: "exit" }>): number {
  if (end.signal === null) return end.code ?? cannotStart;
  return 128 + constants.signals[end.signal];
}

/** `app-20260131-142501.memprofile`, by local time as people name their files. */
function runName(name: string, now: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`;
  const time = `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`;
  return join(".", `${name}-${day}-${time}.memprofile`);
}
