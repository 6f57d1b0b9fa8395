import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { createRunReader, type RunProblem, type RunReading } from "#profile";
import { LineSplitter, longestRunLine } from "./line-splitter";
import { unpacked } from "./packing";

/**
 * Reads a run file, packed by gzip or not, whatever its name. Of a packed file that is cut or
 * damaged what comes before counts. @throws Error when it cannot be opened or is too large.
 */
export function readRunFile(path: string): Promise<RunReading> {
  return read(createReadStream(path));
}

/** The same for a file that is in memory. */
export function readRunBytes(bytes: Uint8Array): Promise<RunReading> {
  return read(Readable.from([Buffer.from(bytes)]));
}

async function read(source: Readable): Promise<RunReading> {
  const reader = createRunReader();
  const splitter = new LineSplitter(longestRunLine, {
    onLine: line => reader.line(line),
    // Too long to be kept, and no record either.
    onOversized: () => reader.line("oversized"),
  });
  const damage: RunProblem[] = [];
  try {
    for await (const chunk of unpacked(source)) {
      splitter.push(chunk);
      if (reader.isRefused) break;
    }
  } catch (error) {
    if (!isDamage(error)) throw error;
    damage.push({ kind: "damaged", text: `The packed run is damaged (${error.message})` });
  }
  splitter.end();
  const reading = reader.end();
  return { ...reading, problems: [...reading.problems, ...damage] };
}

function isDamage(error: unknown): error is Error {
  return error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
}
