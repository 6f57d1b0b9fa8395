import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type ProcessRecord, type Profile, readRecord } from "#profile";
import type { Python } from "./find-python";
import type { Io } from "./io";

/** Longer than it takes for the largest file that anybody waits for. */
const readWithinMs = 600_000;

/** A run that memray has traced. */
export interface MemrayRun {
  /** What the files of its processes are named, without their numbers. */
  readonly file: string;
  readonly python: Python;
  readonly profile: Profile;
}

/**
 * Turns what memray wrote of a run into records, in the Python that has it, and takes the files away.
 * Never rejects: a file that cannot be read stays, and the user is told.
 */
export async function readMemray(run: MemrayRun, io: Io): Promise<readonly ProcessRecord[]> {
  const { startedAt, cwd } = run.profile.run;
  const files = run.profile.processes
    .map(({ pid, startedT }) => [pid, `${run.file}.${pid}`, (startedAt ?? 0) + startedT] as const)
    .filter(([, file]) => existsSync(file));
  const [main] = files;
  if (!main) return [];
  const output = await runReader(JSON.stringify({ files, cwd: cwd ?? io.cwd }), run.python, io);
  const records = output.split("\n").flatMap(recordOf);
  const isRead = records.length > 0 && records.every(({ kind }) => kind !== "problem");
  if (isRead) await removeFiles(run.file);
  else if (records.length === 0) {
    const text = `What memray wrote to ${main[1]} cannot be read; try memray table on it.`;
    return [{ kind: "problem", text, pid: main[0] }];
  }
  return records;
}

/** Takes away the files of all processes, also of those that were too short to be seen. */
async function removeFiles(file: string): Promise<void> {
  const isOne = (name: string) => name.startsWith(`${basename(file)}.`) && /\.\d+$/.test(name);
  const names = (await readdir(dirname(file)).catch(() => [])).filter(isOne);
  await Promise.all(names.map(name => rm(join(dirname(file), name), { force: true })));
}

function runReader(wanted: string, { command, args }: Python, io: Io): Promise<string> {
  const script = join(io.probeFolder, "read_memray.py");
  return new Promise(resolve => {
    const child = spawn(command, [...args, "-B", script, wanted], {
      env: io.environment,
      stdio: ["ignore", "pipe", "ignore"],
      timeout: readWithinMs,
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
    child.on("error", () => resolve(""));
    child.on("close", () => resolve(output));
  });
}

function recordOf(line: string): readonly ProcessRecord[] {
  const record = readRecord(line);
  switch (record.kind) {
    case "lines":
    case "snapshot":
    case "problem":
      return [record];
    default:
      return [];
  }
}
