import type { Saving, Severity } from "#rules";
import * as v from "valibot";
import { check, type Checked } from "./check";

/** Name of the request for findings. @see FindingsParams */
export const findingsRequest = "memoryInsights/findings";
/** Name of the notification that a file's findings are others than before. */
export const findingsChangedNotification = "memoryInsights/findingsChanged";
/** Name of the request for what of a file can be run by itself. @see RunTargetsParams */
export const runTargetsRequest = "memoryInsights/runTargets";
/** Name of the request by which a server without files asks its client for the text of one. */
export const readTextRequest = "memoryInsights/readText";
/** The editor's command that opens a rule's page; its argument is the rule's name. */
export const explainCommand = "memoryInsights.explain";
/** Scheme under which the extension shows the rules' pages, rendered and read-only. */
export const rulePageScheme = "memory-insights-rule";
/** Kind of the code action that applies all safe fixes of a file, or of one cell of a notebook. */
export const fixAllKind = "source.fixAll.memoryInsights";
/** Kind of the code action that applies all safe fixes of all cells of a notebook. */
export const notebookFixAllKind = "notebook.source.fixAll.memoryInsights";
/** Name under which editors show the server's diagnostics. */
export const diagnosticSource = "Memory Insights";
/** Section of the editor's settings that the server reads. */
export const settingsSection = "memoryInsights";

/** What a client may tell the server when it starts it. */
export interface ServerOptions {
  /** Commands of ours that the client can run; without `explainCommand` it is not offered. */
  readonly commands?: readonly string[] | undefined;
  /** Scheme under which the client opens pages, as `SCHEME:/NAME.md`; else they are files. */
  readonly rulePageScheme?: string | undefined;
  /** Whether the client wants to be told when findings changed. */
  readonly announcesFindings?: boolean | undefined;
  /** False for a client that asks for the whole workspace at once and does not want it. */
  readonly workspaceDiagnostics?: boolean | undefined;
  /** The user's settings, for clients that cannot be asked for them. */
  readonly memoryInsights?: unknown;
}

/** Asks for the findings of all open files and, by URI, of closed ones. */
export interface FindingsParams {
  readonly uris?: readonly string[] | undefined;
}

/** Asks what of a file, open or closed, can be run by itself. */
export interface RunTargetsParams {
  readonly uri: string;
}

/** Asks for the text of a file; the answer is null when it cannot be read. */
export interface ReadTextParams {
  readonly uri: string;
}

/** A place in a file, line and character from 0, characters in UTF-16 code units. */
export interface LanguagePosition {
  readonly line: number;
  readonly character: number;
}

/** A part of a file; the end is not in it. */
export interface LanguageRange {
  readonly start: LanguagePosition;
  readonly end: LanguagePosition;
}

/** A finding as it leaves the language server. */
export interface LanguageFinding {
  readonly code: string;
  readonly name: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: LanguageRange;
  /** Where its memory is allocated; the finding's own range when the rule names no other place. */
  readonly allocations: readonly LanguageRange[];
  /** What mending it saves. */
  readonly saves: Saving;
  /** The innermost function around it; null outside functions. */
  readonly functionRange: LanguageRange | null;
}

/** The findings of one file. */
export interface FileFindings {
  readonly uri: string;
  /** The version of the open document; null for a file read from disk. */
  readonly version: number | null;
  /** Fingerprint of the text that was analysed, to tell whether it is the one that ran. */
  readonly fingerprint: string;
  /** Sorted by place. */
  readonly findings: readonly LanguageFinding[];
}

/** Something in a file that can be run by itself. */
export interface LanguageRunTarget {
  /** `main` is what stands below `if __name__ == "__main__":`, which is the file run as a program. */
  readonly kind: "main" | "function" | "test" | "testClass";
  /** Names from the outermost class to the definition; empty for `main`. */
  readonly path: readonly string[];
  readonly range: LanguageRange;
  /** Of its name, or of the condition of `main`. */
  readonly nameRange: LanguageRange;
  /** Whether `unittest` can run it. */
  readonly isUnittest: boolean;
  /** Parameters that somebody has to give a value to. */
  readonly needs: readonly string[];
}

/** Tells which file's findings changed. */
export interface FindingsChanged {
  readonly uri: string;
}

const position = v.object({
  line: v.pipe(v.number(), v.integer(), v.minValue(0)),
  character: v.pipe(v.number(), v.integer(), v.minValue(0)),
});
const range = v.object({ start: position, end: position });

const finding = v.object({
  code: v.string(),
  name: v.string(),
  severity: v.picklist(["error", "warning", "information", "hint"]),
  message: v.string(),
  range,
  allocations: v.array(range),
  saves: v.picklist(["bytes", "kept", "time"]),
  functionRange: v.nullable(range),
});

const fileFindings: v.GenericSchema<unknown, FileFindings[]> = v.array(
  v.object({
    uri: v.string(),
    version: v.nullable(v.number()),
    fingerprint: v.string(),
    findings: v.array(finding),
  }),
);

const runTargets: v.GenericSchema<unknown, LanguageRunTarget[]> = v.array(
  v.object({
    kind: v.picklist(["main", "function", "test", "testClass"]),
    path: v.array(v.string()),
    range,
    nameRange: range,
    isUnittest: v.boolean(),
    needs: v.array(v.string()),
  }),
);

/** A request that names one file. */
const ofFile: v.GenericSchema<unknown, { readonly uri: string }> = v.object({ uri: v.string() });

const findingsParams: v.GenericSchema<unknown, FindingsParams> = v.object({
  uris: v.optional(v.array(v.string())),
});

const serverOptions: v.GenericSchema<unknown, ServerOptions> = v.object({
  commands: v.optional(v.array(v.string())),
  rulePageScheme: v.optional(v.pipe(v.string(), v.regex(/^[a-z][a-z0-9+.-]*$/))),
  announcesFindings: v.optional(v.boolean()),
  workspaceDiagnostics: v.optional(v.boolean()),
  memoryInsights: v.optional(v.unknown()),
});

/** Checks the server's answer. Never throws. */
export function readFileFindings(data: unknown): Checked<readonly FileFindings[]> {
  return check(fileFindings, data);
}

/** Checks what a client asks; nothing at all asks for the open files. Never throws. */
export function readFindingsParams(data: unknown): Checked<FindingsParams> {
  return check(findingsParams, data ?? {});
}

/** Checks the server's answer. Never throws. */
export function readRunTargets(data: unknown): Checked<readonly LanguageRunTarget[]> {
  return check(runTargets, data);
}

/** Checks what a client asks. Never throws. */
export function readRunTargetsParams(data: unknown): Checked<RunTargetsParams> {
  return check(ofFile, data);
}

/** Checks what a server asks of its client. Never throws. */
export function readTextParams(data: unknown): Checked<ReadTextParams> {
  return check(ofFile, data);
}

/** Checks the server's notification. Never throws. */
export function readFindingsChanged(data: unknown): Checked<FindingsChanged> {
  return check(ofFile, data);
}

/** Checks a client's initialization options; all of them may be missing. Never throws. */
export function readServerOptions(data: unknown): Checked<ServerOptions> {
  return check(serverOptions, data ?? {});
}
