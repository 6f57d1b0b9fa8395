import { type Analysis, analyzeText, applyFixes, fixAll, type LocatedFinding } from "#analyzer";
import type { Edit } from "#base";
import type { OpenDocument } from "./documents";
import { changedPart } from "./notebook-program";
import { canApply, type Part, placeOf, type Program } from "./program";
import type { Analysed, Session } from "./session";

/** What is fixed at once. */
export interface FixAllScope {
  /** A document, which is a file or one cell; or all cells of a notebook. */
  readonly reach: "document" | "notebook";
  /** Code of the only rule whose findings are fixed; null for all rules. */
  readonly code: string | null;
}

/** What an action that fixes all carries until it is chosen. */
export interface FixAllData extends FixAllScope {
  readonly kind: "fixAll";
  readonly uri: string;
  /** Version of each document of the program, to tell whether the action is still the same. */
  readonly versions: Readonly<Record<string, number>>;
}

export function toFixAllData(program: Program, part: Part, scope: FixAllScope): FixAllData {
  return { kind: "fixAll", uri: part.uri, ...scope, versions: versionsOf(program) };
}

/** Reads what an action brought back; null when it is nothing of ours. */
export function readFixAllData(data: unknown): FixAllData | null {
  if (typeof data !== "object" || data === null) return null;
  const { kind, uri, reach, code, versions } = data as Readonly<Record<string, unknown>>;
  if (kind !== "fixAll" || typeof uri !== "string") return null;
  if (reach !== "document" && reach !== "notebook") return null;
  if (code !== null && typeof code !== "string") return null;
  if (typeof versions !== "object" || versions === null) return null;
  return { kind, uri, reach, code, versions: versions as FixAllData["versions"] };
}

/** Tells whether the documents are those that an action was made for. */
export function isCurrent(program: Program, { versions }: FixAllData): boolean {
  return program.parts.every(part => versions[part.uri] === part.version);
}

/** Gives the findings of a scope that have a safe fix. */
export function fixable(
  { program, part }: OpenDocument,
  analysis: Analysis,
  { reach, code }: FixAllScope,
): readonly LocatedFinding[] {
  return onlyOf(code, analysis).findings.filter(({ fix }) => {
    if (fix?.safety !== "safe" || !canApply(program, fix.edits)) return false;
    // An editor that fixes cell by cell drops what would change another cell.
    const isWithin = ({ span }: Edit) => placeOf(program, span)?.part.uri === part.uri;
    return reach === "notebook" || fix.edits.every(isWithin);
  });
}

/** Gives the edits that apply all safe fixes of a scope. */
export function fixAllEdits(
  { program, part, analysis, settings }: OpenDocument & Analysed,
  scope: FixAllScope,
  session: Session,
): readonly Edit[] {
  if (!isNotebook(program)) {
    const { text } = program.open;
    const options = session.optionsFor(program.uri);
    const fixed = fixAll(text, { safety: "safe" }, current =>
      onlyOf(scope.code, analyzeText(current, settings.analyzer, options)),
    );
    const edit = changedPart(text, fixed.text);
    return edit ? [edit] : [];
  }
  // One replacement could reach over several cells, so those of the first round go one by one.
  const findings = fixable({ program, part }, analysis, scope);
  const { applied } = applyFixes(program.open.text, findings, { safety: "safe" });
  return applied.flatMap(({ fix }) => fix?.edits ?? []);
}

/** Leaves the findings of one rule. Running only that one would make suppressions look unused. */
function onlyOf(code: string | null, analysis: Analysis): Analysis {
  if (code === null) return analysis;
  return { ...analysis, findings: analysis.findings.filter(finding => finding.code === code) };
}

/** A notebook has no document of its own, only those of its cells. */
export function isNotebook({ uri, parts }: Program): boolean {
  return !parts.some(part => part.uri === uri);
}

function versionsOf(program: Program): FixAllData["versions"] {
  return Object.fromEntries(program.parts.map(({ uri, version }) => [uri, version]));
}
