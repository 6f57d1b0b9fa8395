import { lineAt } from "#base";
import type { Finding } from "#rules";
import type { SourceFile } from "#syntax";
import { RangeIndex } from "./range-index";
import { statementEndAt } from "./statement-at";
import type { CommentForms } from "./suppression-forms";
import { findSuppressions, type RuleNames, silences, type Suppression } from "./suppression";

/** Findings, sorted out by what comments say of them. */
export interface Suppressed<F extends Finding> {
  /** In the order given. */
  readonly findings: readonly F[];
  /** Those that a comment silences, in the order given. */
  readonly suppressed: readonly F[];
  /** Every comment that silences something, with the rules that it did silence. */
  readonly uses: readonly SuppressionUse[];
}

/** A suppression and the codes of the rules that it silenced. */
export interface SuppressionUse {
  readonly suppression: Suppression;
  readonly used: ReadonlySet<string>;
}

/** Sorts out the findings of a file by its comments. `known` tells what other linters call a rule. */
export function suppress<F extends Finding>(
  file: SourceFile,
  found: readonly F[],
  known: readonly RuleNames[],
  forms?: CommentForms,
): Suppressed<F> {
  const suppressions = findSuppressions(file, forms);
  if (suppressions.length === 0) return { findings: found, suppressed: [], uses: [] };
  const candidates = indexSuppressions(suppressions);
  const namesOf = new Map(known.map(names => [names.code, names]));
  const uses = new Map(suppressions.map(each => [each, new Set<string>()]));
  const findings: F[] = [];
  const suppressed: F[] = [];
  for (const finding of found) {
    const lines = suppressionLines(file, finding);
    const names = namesOf.get(finding.code) ?? finding;
    const silencing = candidates(lines).filter(each => silences(each, names));
    for (const each of silencing) uses.get(each)?.add(finding.code);
    (silencing.length > 0 ? suppressed : findings).push(finding);
  }
  return {
    findings,
    suppressed,
    uses: [...uses].map(([suppression, used]) => ({ suppression, used })),
  };
}

/** Gives the suppressions that speak of a finding by its lines, whatever they name. */
function indexSuppressions(
  suppressions: readonly Suppression[],
): (lines: readonly number[]) => readonly Suppression[] {
  const wholeFile = suppressions.filter(({ reach }) => reach === "file");
  const byLine = new RangeIndex<Suppression>();
  for (const each of suppressions) if (each.reach !== "file") byLine.add(each.lines, each);
  return lines => {
    const [first = 0, ...others] = lines;
    const around = byLine.at(first);
    const beside = others.flatMap(line => byLine.at(line).filter(({ reach }) => reach === "line"));
    return [...wholeFile, ...new Set([...around, ...beside])];
  };
}

/**
 * The lines on which a comment speaks of a finding: its first and last one, and the one where the
 * statement around it ends or, in the head of a compound one, the head. A formatter leaves a trailing
 * comment there.
 */
export function suppressionLines(file: SourceFile, finding: Finding): readonly number[] {
  const first = lineAt(file.lines, finding.span.start);
  const last = lineAt(file.lines, Math.max(finding.span.start, finding.span.end - 1));
  const statementEnd = statementEndAt(file, finding.span.start);
  const end = statementEnd === null ? last : lineAt(file.lines, Math.max(0, statementEnd - 1));
  return [...new Set([first, last, Math.max(last, end)])];
}
