import { applyFixes, fixText } from "#analyzer";
import type { Edit } from "#base";
import type { OpenDocument } from "./documents";
import { changedPart } from "./notebook-program";
import { canApply, type Part, type Program } from "./program";
import type { Analysed, Session } from "./session";

/** What an action that fixes all carries until it is chosen. */
export interface FixAllData {
  readonly kind: "fixAll";
  readonly uri: string;
  /** Version of each document of the program, to tell whether the action is still the same. */
  readonly versions: Readonly<Record<string, number>>;
}

export function toFixAllData(program: Program, part: Part): FixAllData {
  return { kind: "fixAll", uri: part.uri, versions: versionsOf(program) };
}

/** Reads what an action brought back; null when it is nothing of ours. */
export function readFixAllData(data: unknown): FixAllData | null {
  if (typeof data !== "object" || data === null) return null;
  const { kind, uri, versions } = data as Readonly<Record<string, unknown>>;
  if (kind !== "fixAll" || typeof uri !== "string") return null;
  if (typeof versions !== "object" || versions === null) return null;
  return { kind, uri, versions: versions as FixAllData["versions"] };
}

/** Tells whether the documents are those that an action was made for. */
export function isCurrent(program: Program, { versions }: FixAllData): boolean {
  return program.parts.every(part => versions[part.uri] === part.version);
}

/** Gives the edits that apply all safe fixes of a program. */
export function fixAllEdits(
  { program, part, analysis, settings }: OpenDocument & Analysed,
  session: Session,
): readonly Edit[] {
  if (program.uri === part.uri) {
    const { text } = program.open;
    const options = { ...session.optionsFor(program.uri), safety: "safe" } as const;
    const edit = changedPart(text, fixText(text, settings.analyzer, options).text);
    return edit ? [edit] : [];
  }
  // One replacement could reach over several cells, so those of the first round go one by one.
  const findings = analysis.findings.filter(({ fix }) => fix && canApply(program, fix.edits));
  const { applied } = applyFixes(program.open.text, findings, { safety: "safe" });
  return applied.flatMap(({ fix }) => fix?.edits ?? []);
}

function versionsOf(program: Program): FixAllData["versions"] {
  return Object.fromEntries(program.parts.map(({ uri, version }) => [uri, version]));
}
