import type { Edit } from "#base";
import type { Finding, Fix, RuleMeta, Severity } from "#rules";
import type { SourceFile } from "#syntax";
import type { SuppressionUse } from "./suppress";
import { namesRule, type RuleNames, silences, type Suppression } from "./suppression";
import { withoutSuppression } from "./unused-suppression-fix";

/** What is public of a check of this tool: a rule, or what it says of its own comments. */
export type CheckMeta = Omit<RuleMeta, "gains">;

/** A comment of this tool that silences nothing hides the next finding on its line. */
export const unusedSuppression: CheckMeta = {
  name: "unused-suppression",
  code: "MEM000",
  summary: "Comment silences a finding that is not there",
  severity: "information",
};

/** What has to be known of the rules to tell that a comment is of no use. */
export interface RulesInUse {
  readonly known: readonly (RuleNames & Pick<RuleMeta, "isDefault">)[];
  /** Codes of the rules that were run. */
  readonly active: ReadonlySet<string>;
}

/**
 * Reports the comments in this tool's own form that silenced nothing, in source order. A code that is
 * not on is not unused, and neither is a comment for all rules while a default one is off.
 */
export function findUnused(
  file: SourceFile,
  uses: readonly SuppressionUse[],
  rules: RulesInUse,
  severity: Severity | null,
): readonly Finding[] {
  const { code, name } = unusedSuppression;
  const isSilenced = silencer(uses);
  return uses.flatMap(use => {
    const unused = use.suppression.isOwn ? unusedCodes(use, rules) : null;
    if (unused === null || isSilenced(use.suppression)) return [];
    return {
      span: use.suppression.span,
      message: messageOf(use.suppression, unused, rules),
      fix: fixOf(withoutSuppression(file, use.suppression, unused)),
      code,
      name,
      severity: severity ?? unusedSuppression.severity,
    };
  });
}

/** The codes of a comment that are of no use, all when it names none; null when it is needed whole. */
function unusedCodes(
  { suppression, used }: SuppressionUse,
  { known, active }: RulesInUse,
): readonly string[] | null {
  const isUnused = (named: RulesInUse["known"]): boolean =>
    !named.some(({ code }) => used.has(code)) &&
    named.every(({ code, isDefault }) => active.has(code) || isDefault === false) &&
    (named.length === 0 || named.some(({ code }) => active.has(code)));
  const { codes } = suppression;
  if (codes === null) return isUnused(known) ? [] : null;
  if (codes.length === 0) return [];
  const unused = codes.filter(
    written =>
      !namesRule(written, "own", unusedSuppression) &&
      isUnused(known.filter(rule => namesRule(written, "own", rule))),
  );
  return unused.length > 0 ? unused : null;
}

/**
 * Gives the test whether a comment silences what is said of another one. No comment vouches for
 * itself unless it names this code.
 */
export function silencer(
  uses: readonly SuppressionUse[],
): (unused: Pick<Suppression, "line">) => boolean {
  const silencing = uses
    .map(({ suppression }) => suppression)
    .filter(each => (!each.isOwn || each.codes !== null) && silences(each, unusedSuppression));
  const isWhole = silencing.some(({ reach }) => reach === "file");
  const lines = new Set(silencing.map(each => each.lines.first));
  return ({ line }) => isWhole || lines.has(line);
}

function messageOf(
  { codes, reach }: Suppression,
  unused: readonly string[],
  { known }: RulesInUse,
): string {
  if (codes === null || codes.length === 0) return "This comment silences nothing";
  const isRule = (written: string) => known.some(rule => namesRule(written, "own", rule));
  const absent = unused.filter(isRule);
  const unknown = unused.filter(written => !isRule(written));
  const where = reach === "file" ? "in this file" : "here";
  return [
    ...(absent.length > 0
      ? [`${listOf(absent)} ${absent.length > 1 ? "are" : "is"} not found ${where}`]
      : []),
    ...(unknown.length > 0
      ? [`${listOf(unknown)} ${unknown.length > 1 ? "are no rules" : "is no rule"}`]
      : []),
  ].join("; ");
}

function listOf(codes: readonly string[]): string {
  const [first = ""] = codes;
  const shown = first.length > 40 ? `${first.slice(0, 40)}…` : first;
  return codes.length > 1 ? `\`${shown}\` and ${codes.length - 1} more` : `\`${shown}\``;
}

function fixOf(edit: Edit): Fix {
  return { title: "Remove what silences nothing", safety: "safe", edits: [edit] };
}
