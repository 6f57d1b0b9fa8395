import { readFile, stat } from "node:fs/promises";

/** Above this a notebook's pictures are not worth the reading. */
const largestNotebookBytes = 64 * 1024 * 1024;

/** Reads the sources of a notebook's cells, in order; empty where that is no notebook. */
export async function readCellSources(notebook: string): Promise<readonly string[]> {
  try {
    const info = await stat(notebook);
    if (!info.isFile() || info.size > largestNotebookBytes) return [];
    const data: unknown = JSON.parse(await readFile(notebook, "utf8"));
    const cells = entryOf(data, "cells");
    return Array.isArray(cells) ? cells.map(cell => sourceOf(entryOf(cell, "source"))) : [];
  } catch {
    return [];
  }
}

/** A source is one string, or a list of its lines. */
function sourceOf(source: unknown): string {
  return Array.isArray(source) ? source.map(String).join("") : String(source);
}

function entryOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
