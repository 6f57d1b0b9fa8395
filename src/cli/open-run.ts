import { resolve } from "node:path";
import { type Profile, refusalOf, type RunReading } from "#profile";
import { readRunFile } from "#recorder";
import type { Io } from "./io";

/** Reads a run for a command. Says what is wrong with it; null when nothing of it can be used. */
export async function openRun(command: string, run: string, io: Io): Promise<Profile | null> {
  const reading = await read(resolve(io.cwd, run));
  if (reading instanceof Error) {
    io.err(`memory-insights ${command}: ${run} cannot be read: ${reading.message}\n`);
    return null;
  }
  for (const { text } of reading.problems) io.err(`memory-insights ${command}: ${run}: ${text}\n`);
  return refusalOf(reading) ? null : reading.profile;
}

async function read(path: string): Promise<RunReading | Error> {
  try {
    return await readRunFile(path);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
