import {
  type Level,
  longestLine,
  type MemoryLimit,
  type ProcessMessage,
  readProcessMessage,
  type RecordProblem,
} from "#profile";

/** What the probe tells its host. A hello carries the token until it has been compared. */
export type FromProbe = ProcessMessage;

/** What the host tells the probe. The probe ignores kinds that it does not know. */
export type ToProbe =
  /** The token was right; from here on everything the probe says is kept. */
  | { readonly kind: "welcome"; readonly version: 1 }
  /** Asks for what grew since the last mark; answered by a delta of the same id. */
  | { readonly kind: "mark"; readonly id: number }
  /** Starts or stops tracing; answered by a level. */
  | { readonly kind: "level"; readonly level: Level; readonly frames: number }
  /** Asks for what each line holds now; answered by a snapshot of the same id. */
  | { readonly kind: "snapshot"; readonly id: number; readonly name: string }
  /** Asks for such a snapshot every so often, from now on; 0 ends that. */
  | { readonly kind: "schedule"; readonly everyMs: number }
  /** Sets the limits of memory to be told of; with `holds` the program waits where it passes one. */
  | {
      readonly kind: "limits";
      readonly limits: readonly (MemoryLimit & { readonly id: number })[];
      readonly holds: boolean;
    }
  /** Lets a program go on that waits at a limit. */
  | { readonly kind: "resume" }
  /** Has the process send what is left and end measuring; the program goes on. */
  | { readonly kind: "leave" }
  /** Sets the time between samples. */
  | { readonly kind: "rate"; readonly intervalMs: number };

/** Why a line from the probe says nothing; unknown kinds come from newer probes. */
export type ProbeProblem = RecordProblem;

/** Longest line in either direction, in bytes. */
export const longestProbeLine = longestLine;

/** Reads one line from the probe. Total: never throws, whatever the line holds. */
export function readProbeMessage(line: string): FromProbe | ProbeProblem {
  return readProcessMessage(line);
}

/**
 * Reads the token of a hello; empty when there is none, which never equals a real one.
 * It is apart from the message so that it cannot end up in a file by accident.
 */
export function readProbeToken(line: string): string {
  if (line.length > longestProbeLine) return "";
  try {
    const value: unknown = JSON.parse(line);
    const token = typeof value === "object" && value && "token" in value ? value.token : "";
    return typeof token === "string" ? token : "";
  } catch {
    return "";
  }
}

/** Writes a message to the probe as the line that goes over the channel. */
export function toProbeLine(message: ToProbe): string {
  return `${JSON.stringify(message)}\n`;
}
