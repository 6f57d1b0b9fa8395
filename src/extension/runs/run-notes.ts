import { readFile } from "node:fs/promises";
import type { Bytes } from "#base";
import type { Level, Profile } from "#profile";
import { writeDraft } from "#recorder";

/** What lies beside a run: what people say of it, and what a list shows without reading it. */
export interface RunNotes {
  /** Empty for none. */
  readonly name: string;
  readonly note: string;
  /** Never deleted to make room. */
  readonly isKept: boolean;
  /** Null until the run is over. */
  readonly summary: RunSummary | null;
}

/** A run in a line. */
export interface RunSummary {
  readonly level: Level;
  readonly peakRssBytes: Bytes | null;
}

/** Of a run about which nobody has said anything. */
export const noNotes: RunNotes = { name: "", note: "", isKept: false, summary: null };

/** Gives what a list shows of a run. */
export function summaryOf({ run, peakRssBytes }: Profile): RunSummary {
  return { level: run.level, peakRssBytes };
}

/** Reads the notes in a file; whatever is missing or wrong there counts as not said. */
export async function readNotes(path: string): Promise<RunNotes> {
  const text = await readFile(path, "utf8").catch(() => "");
  return toNotes(parse(text));
}

/** Writes the notes so that the old or the new ones are there whole. @throws Error. */
export function writeNotes(path: string, notes: RunNotes): Promise<void> {
  return writeDraft(path, 0o666, draft => draft.writeFile(`${JSON.stringify(notes)}\n`));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function toNotes(value: unknown): RunNotes {
  const summary = fieldOf(value, "summary");
  const level = fieldOf(summary, "level");
  const peak = fieldOf(summary, "peakRssBytes");
  return {
    name: textOf(fieldOf(value, "name")),
    note: textOf(fieldOf(value, "note")),
    isKept: fieldOf(value, "isKept") === true,
    summary:
      level === "live" || level === "allocations"
        ? { level, peakRssBytes: typeof peak === "number" ? peak : null }
        : null,
  };
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
