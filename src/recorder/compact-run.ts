import { createReadStream } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { createCompaction } from "#profile";
import { LineSplitter, longestRunLine } from "./line-splitter";
import { replaceRun } from "./replace-run";

/**
 * Makes a run file smaller; nobody may write to it meanwhile. Whatever ends this process at any
 * moment, the file is there as it was or as it becomes. Resolves to its new size.
 * @throws Error when it could not be replaced; it is then as it was.
 */
export async function compactRun(path: string): Promise<number> {
  const compaction = createCompaction();
  for await (const lines of linesOf(path)) for (const line of lines) compaction.look(line);
  let size = 0;
  await replaceRun(path, async draft => {
    for await (const lines of linesOf(path)) {
      const kept = lines.map(line => compaction.rewrite(line)).filter(line => line !== null);
      size += await append(draft, kept);
    }
    size += await append(draft, [compaction.last()]);
  });
  return size;
}

/** Gives the lines of a file, those of a chunk together, so that others get their turn between. */
async function* linesOf(path: string): AsyncGenerator<readonly string[]> {
  let lines: string[] = [];
  const splitter = new LineSplitter(longestRunLine, {
    onLine: line => lines.push(line),
    onOversized: () => undefined,
  });
  for await (const chunk of createReadStream(path)) {
    splitter.push(chunk as Buffer);
    yield lines;
    lines = [];
  }
}

async function append(file: FileHandle, lines: readonly string[]): Promise<number> {
  const bytes = Buffer.from(lines.map(line => `${line}\n`).join(""));
  if (bytes.length > 0) await file.appendFile(bytes);
  return bytes.length;
}
