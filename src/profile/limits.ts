import { type Bytes, formatBytes, parseBytes } from "#base";
import type { LimitMessage } from "./records";

/** What a limit is about: resident memory, traced memory, its growth, or what one line holds. */
export type LimitSubject = "rss" | "traced" | "growth" | "line";

/** A limit of memory at which a program shall stop. */
export interface MemoryLimit {
  readonly of: LimitSubject;
  readonly bytes: Bytes;
  /** Within so many seconds, for growth; null for others. */
  readonly seconds: number | null;
}

const simple = /^(rss|traced|line)\s*>\s*(.+)$/i;
const growth = /^(?:rss|growth)\s*\+\s*(.+?)\s*(?:in|within|\/)\s*(\d+)\s*s$/i;
const mostSeconds = 3_600;

/** Reads `rss > 200MiB`, `traced > 100MB`, `line > 50MiB` or `rss + 20MiB in 5s`; null when it is none. */
export function readLimit(text: string): MemoryLimit | null {
  const [, subject = "", size = ""] = simple.exec(text.trim()) ?? [];
  const [, grown = "", span = ""] = growth.exec(text.trim()) ?? [];
  const bytes = parseBytes(size || grown);
  if (bytes === null || bytes < 1) return null;
  if (grown !== "") {
    const seconds = Number(span);
    return seconds >= 1 && seconds <= mostSeconds ? { of: "growth", bytes, seconds } : null;
  }
  return { of: subject.toLowerCase() as LimitSubject, bytes, seconds: null };
}

/**
 * Says for people that a limit was passed, and by which line: `RSS above 1.0 GiB, by app.py:12`; also
 * in which process, where that is to be told.
 */
export function describePassed(
  passed: Omit<LimitMessage, "kind" | "t" | "thread">,
  pid: number | null = null,
): string {
  const { of, limit, seconds, file, line } = passed;
  const name = file.split(/[\\/]/).at(-1) ?? "";
  const by = name === "" || line === 0 ? "" : `, by ${name}:${line}`;
  const where = pid === null ? "" : `, in process ${pid}`;
  return limitText({ of, bytes: limit, seconds }) + by + where;
}

/** Says for people what a limit is: `RSS above 200.0 MiB`. */
export function limitText({ of, bytes, seconds }: MemoryLimit): string {
  const size = formatBytes(bytes);
  switch (of) {
    case "rss":
      return `RSS above ${size}`;
    case "traced":
      return `traced memory above ${size}`;
    case "line":
      return `a line above ${size}`;
    case "growth":
      return `RSS up by ${size} within ${seconds ?? 1} s`;
  }
}
