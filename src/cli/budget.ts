import { type Bytes, formatBytes, formatBytesDelta, parseBytes } from "#base";
import type { Profile } from "#profile";

/** The most that a run may take of something. */
export interface Budget {
  /** Resident memory, or what Python's tracing sees. */
  readonly of: "peak" | "traced";
  readonly bytes: Bytes;
}

/** Reads `peak=200MiB`; what is wrong with it, in words, when it is none. */
export function readBudget(text: string): Budget | string {
  const [of = "", size = ""] = text.split(/=(.*)/s);
  if (of !== "peak" && of !== "traced") {
    return `--budget knows peak and traced, as in peak=200MiB, not ${text}`;
  }
  const bytes = parseBytes(size);
  return bytes === null ? `--budget needs a size, as in ${of}=200MiB, not ${text}` : { of, bytes };
}

/** What came of a budget. */
export interface Verdict {
  readonly kind: "kept" | "exceeded" | "unknown";
  /** In words. */
  readonly text: string;
}

/** Tells whether a run kept to a budget. */
export function judgeBudget(profile: Profile, { of, bytes }: Budget): Verdict {
  const [name, taken] =
    of === "peak" ? ["peak RSS", profile.peakRssBytes] : ["traced peak", profile.peakTracedBytes];
  const limit = `the budget of ${formatBytes(bytes)}`;
  if (taken === null) {
    const way = of === "traced" ? "; it needs --level allocations" : "";
    return { kind: "unknown", text: `${limit} cannot be judged: no ${name} was measured${way}` };
  }
  const difference = formatBytesDelta(taken - bytes);
  return taken > bytes
    ? { kind: "exceeded", text: `${name} ${formatBytes(taken)} is over ${limit} (${difference})` }
    : { kind: "kept", text: `${name} ${formatBytes(taken)} keeps to ${limit}` };
}
