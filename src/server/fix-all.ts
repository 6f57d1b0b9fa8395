import { type Analysis, applyFixes, fixText, type LocatedFinding } from "#analyzer";
import type { Edit } from "#base";
import type { OpenDocument } from "./documents";
import { changedPart } from "./notebook-program";
import { canApply, type Part, placeOf, type Program } from "./program";
import type { Analysed, Session } from "./session";

/** What is fixed at once: a document, which is a file or one cell, or all cells of a notebook. */
export type FixAllReach = "document" | "notebook";

/** What an action that fixes all carries until it is chosen. */
export interface FixAllData {
  readonly kind: "fixAll";
  readonly uri: string;
  readonly reach: FixAllReach;
  /** Version of each document of the program, to tell whether the action is still the same. */
  readonly versions: Readonly<Record<string, number>>;
}

export function toFixAllData(program: Program, part: Part, reach: FixAllReach): FixAllData {
  return { kind: "fixAll", uri: part.uri, reach, versions: versionsOf(program) };
}

/** Reads what an action brought back; null when it is nothing of ours. */
export function readFixAllData(data: unknown): FixAllData | null {
  if (typeof data !== "object" || data === null) return null;
  const { kind, uri, reach, versions } = data as Readonly<Record<string, unknown>>;
  if (kind !== "fixAll" || typeof uri !== "string") return null;
  if (reach !== "document" && reach !== "notebook") return null;
  if (typeof versions !== "object" || versions === null) return null;
  return { kind, uri, reach, versions: versions as FixAllData["versions"] };
}

/** Tells whether the documents are those that an action was made for. */
export function isCurrent(program: Program, { versions }: FixAllData): boolean {
  return program.parts.every(part => versions[part.uri] === part.version);
}

/** Gives the findings that have a safe fix within reach. */
export function fixable(
  { program, part }: OpenDocument,
  { findings }: Analysis,
  reach: FixAllReach,
): readonly LocatedFinding[] {
  return findings.filter(({ fix }) => {
    if (fix?.safety !== "safe" || !canApply(program, fix.edits)) return false;
    // An editor that fixes cell by cell drops what would change another cell.
    const isWithin = ({ span }: Edit) => placeOf(program, span)?.part.uri === part.uri;
    return reach === "notebook" || fix.edits.every(isWithin);
  });
}

/** Gives the edits that apply all safe fixes within reach. */
export function fixAllEdits(
  { program, part, analysis, settings }: OpenDocument & Analysed,
  reach: FixAllReach,
  session: Session,
): readonly Edit[] {
  if (!isNotebook(program)) {
    const { text } = program.open;
    const options = { ...session.optionsFor(program.uri), safety: "safe" } as const;
    const edit = changedPart(text, fixText(text, settings.analyzer, options).text);
    return edit ? [edit] : [];
  }
  // One replacement could reach over several cells, so those of the first round go one by one.
  const findings = fixable({ program, part }, analysis, reach);
  const { applied } = applyFixes(program.open.text, findings, { safety: "safe" });
  return applied.flatMap(({ fix }) => fix?.edits ?? []);
}

/** A notebook has no document of its own, only those of its cells. */
export function isNotebook({ uri, parts }: Program): boolean {
  return !parts.some(part => part.uri === uri);
}

function versionsOf(program: Program): FixAllData["versions"] {
  return Object.fromEntries(program.parts.map(({ uri, version }) => [uri, version]));
}
