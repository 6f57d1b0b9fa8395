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
  const namesOf = new Map(known.map(names => [names.code, names]));
  const uses = new Map(suppressions.map(each => [each, new Set<string>()]));
  const isSilenced = silencing(suppressions, (suppression, code) => {
    uses.get(suppression)?.add(code);
  });
  const findings: F[] = [];
  const suppressed: F[] = [];
  for (const finding of found) {
    const names = namesOf.get(finding.code) ?? finding;
    const isOut = isSilenced(names, suppressionLines(file, finding));
    (isOut ? suppressed : findings).push(finding);
  }
  return {
    findings,
    suppressed,
    uses: [...uses].map(([suppression, used]) => ({ suppression, used })),
  };
}

/**
 * Gives the test whether a rule is silenced on lines. Each comment is asked once for a rule and lines,
 * since generated code may have all its findings and comments on one line.
 */
function silencing(
  suppressions: readonly Suppression[],
  onUse: (suppression: Suppression, code: string) => void,
): (names: RuleNames, lines: readonly number[]) => boolean {
  const candidates = indexSuppressions(suppressions.filter(({ reach }) => reach !== "file"));
  const wholeFile = suppressions.filter(({ reach }) => reach === "file");
  const answers = new Map<string, boolean>();
  const ask = (key: string, names: RuleNames, asked: () => readonly Suppression[]): boolean => {
    const known = answers.get(key);
    if (known !== undefined) return known;
    const found = asked().filter(each => silences(each, names));
    for (const each of found) onUse(each, names.code);
    answers.set(key, found.length > 0);
    return found.length > 0;
  };
  return (names, lines) => {
    const isFileSilent = ask(names.code, names, () => wholeFile);
    const isLineSilent = ask(`${names.code} ${lines.join(" ")}`, names, () => candidates(lines));
    return isFileSilent || isLineSilent;
  };
}

/** Gives the suppressions of lines that speak of a finding by its lines, whatever they name. */
function indexSuppressions(
  suppressions: readonly Suppression[],
): (lines: readonly number[]) => readonly Suppression[] {
  const byLine = new RangeIndex<Suppression>();
  for (const each of suppressions) byLine.add(each.lines, each);
  return lines => {
    const [first = 0, ...others] = lines;
    const around = byLine.at(first);
    const beside = others.flatMap(line => byLine.at(line).filter(({ reach }) => reach === "line"));
    return [...new Set([...around, ...beside])];
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
