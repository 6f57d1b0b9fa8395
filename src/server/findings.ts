import type { Analysis } from "#analyzer";
import type { LineMap } from "#base";
import type { LanguageFinding } from "#protocol";
import { toRange } from "./ranges";

/** Turns findings into what the protocol carries, in the same order. */
export function toLanguageFindings(analysis: Analysis, lines: LineMap): readonly LanguageFinding[] {
  return analysis.findings.map(finding => {
    const allocations = finding.allocations ?? [];
    return {
      code: finding.code,
      name: finding.name,
      severity: finding.severity,
      message: finding.message,
      range: toRange(lines, finding.span),
      allocations: (allocations.length > 0 ? allocations : [finding.span]).map(span =>
        toRange(lines, span),
      ),
      functionRange: finding.functionSpan && toRange(lines, finding.functionSpan),
    };
  });
}
