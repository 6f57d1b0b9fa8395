import type { ConfigurationOptions } from "#files";
import type { Severity } from "#rules";
import type { ConfigurationOverrides } from "./configuration-overrides";

/** How findings are written. */
export const formats = [
  ...(["text", "concise", "full", "grouped", "json", "json-lines"] as const),
  ...(["sarif", "github", "gitlab", "junit"] as const),
];
export type CheckFormat = (typeof formats)[number];

/** What to check, and what to do with what is found. */
export interface CheckRequest {
  /** Files and folders as given; none when the text comes from standard input. */
  readonly paths: readonly string[];
  /** The name of the text on standard input; null when paths are checked. */
  readonly stdinName: string | null;
  /** `fix` writes files, `diff` shows what would be written. */
  readonly mode: "report" | "fix" | "diff";
  readonly configuration: {
    readonly from: NonNullable<ConfigurationOptions["from"]>;
    readonly overrides: ConfigurationOverrides;
  };
  /** Whether files that are named are left out too where the project excludes them. */
  readonly forcesExclude: boolean;
  /** Whether generated files are reported on. */
  readonly includesGenerated: boolean;
  readonly usesCache: boolean;
  /** How many threads check files at most; null for as many as help. */
  readonly threads: number | null;
  readonly baseline: BaselineRequest | null;
  /** What is reported at least; fixes and a written baseline do not ask for it. */
  readonly leastSeverity: Severity;
  readonly output: OutputRequest;
  readonly exit: ExitRequest;
  /** Whether to check again whenever a file changes. */
  readonly watches: boolean;
}

/** A file of known findings: to be left out, or to be written. */
export interface BaselineRequest {
  readonly kind: "read" | "write";
  /** As given. */
  readonly path: string;
}

/** What is written, and where. */
export interface OutputRequest {
  readonly format: CheckFormat;
  /** As given; null for standard output. */
  readonly file: string | null;
  /** Whether only findings are written, no summary and no notes. */
  readonly isQuiet: boolean;
  /** Whether to say what was passed over. */
  readonly isVerbose: boolean;
  /** Whether to count findings by rule rather than list them. */
  readonly showsStatistics: boolean;
  /** Whether to say which files took longest. */
  readonly showsTimings: boolean;
}

/** What the exit code says. */
export interface ExitRequest {
  /** 0 also with findings. */
  readonly isAlwaysZero: boolean;
  /** 1 also when everything that was found is fixed. */
  readonly isNonZeroOnFix: boolean;
}
