import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { createRunReader, type RunReading } from "#profile";

/** Reads a run file line by line. @throws when the file cannot be opened or read. */
export async function readRunFile(path: string): Promise<RunReading> {
  const reader = createRunReader();
  const lines = createInterface({ input: createReadStream(path, "utf8"), crlfDelay: Infinity });
  for await (const line of lines) reader.line(line);
  return reader.end();
}
