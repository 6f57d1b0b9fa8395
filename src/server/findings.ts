import type { Analysis } from "#analyzer";
import type { Span } from "#base";
import type { LanguageFinding, LanguageRange } from "#protocol";
import { rules, savingOf } from "#rules";
import { Positions } from "./positions";
import { beginsIn, type Part, type Program, placeOf } from "./program";

/** What the findings' own protocol counts in, whatever the client counts in elsewhere. */
const positions = new Positions("utf-16");

const gains = new Map(rules.map(({ meta }) => [meta.name, meta.gains]));

/** Turns the findings of a part into what the protocol carries, in the same order. */
export function toLanguageFindings(
  analysis: Analysis,
  program: Pick<Program, "parts">,
  part: Part,
): readonly LanguageFinding[] {
  const toRange = (span: Span): LanguageRange[] => {
    const place = placeOf(program, span);
    return place?.part.uri === part.uri ? [positions.toRange(part, place.span)] : [];
  };
  return analysis.findings.flatMap(finding => {
    const [range] = beginsIn(part, finding.span) ? toRange(finding.span) : [];
    if (!range) return [];
    const allocations = (finding.allocations ?? []).flatMap(toRange);
    return {
      code: finding.code,
      name: finding.name,
      severity: finding.severity,
      message: finding.message,
      range,
      allocations: allocations.length > 0 ? allocations : [range],
      saves: savingOf(gains.get(finding.name) ?? [], allocations.length > 0),
      functionRange: (finding.functionSpan && toRange(finding.functionSpan)[0]) ?? null,
    };
  });
}
