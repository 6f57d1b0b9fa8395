import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { createRunReader, type Profile, type RunReading } from "#profile";
import type { Io } from "./io";

/** Reads a run for a command. Says what is wrong with it; null when nothing of it can be used. */
export async function openRun(command: string, run: string, io: Io): Promise<Profile | null> {
  const reading = await readRunFile(resolve(io.cwd, run));
  if (reading instanceof Error) {
    io.err(`memory-insights ${command}: ${run} cannot be read: ${reading.message}\n`);
    return null;
  }
  for (const { text } of reading.problems) io.err(`memory-insights ${command}: ${run}: ${text}\n`);
  const isUsable = reading.problems.every(problem => problem.kind === "damaged");
  return isUsable ? reading.profile : null;
}

async function readRunFile(path: string): Promise<RunReading | Error> {
  const reader = createRunReader();
  try {
    const input = createReadStream(path, "utf8");
    for await (const line of createInterface({ input, crlfDelay: Infinity })) reader.line(line);
    return reader.end();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
