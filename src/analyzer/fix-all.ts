import type { Finding } from "#rules";
import type { Analysis } from "./analyze";
import { applyFixes, type FixResult, type FixScope, isInScope } from "./fixes";

/** A fix may open the way for another; nothing real needs this many rounds. */
const mostRounds = 20;

/**
 * Applies fixes until none is left, analysing anew after each round. A fix that would break valid
 * Python is left out. Ends at a text seen before, so that two rules cannot undo each other forever.
 *
 * @param analyzeText analyses a text with the same settings each time.
 */
export function fixAll(
  text: string,
  options: { readonly safety: FixScope },
  analyzeText: (text: string) => Analysis,
): FixResult {
  const applied: Finding[] = [];
  const seen = new Set<string>([text]);
  let current = text;
  let analysis = analyzeText(text);
  for (let round = 0; round < mostRounds; round++) {
    const step = applyRound(current, analysis, options.safety, analyzeText);
    if (step === null || seen.has(step.text)) break;
    applied.push(...step.applied);
    seen.add(step.text);
    current = step.text;
    analysis = step.analysis;
  }
  return { text: current, applied };
}

/** One round; null when there is nothing to apply. */
function applyRound(
  text: string,
  before: Analysis,
  safety: FixScope,
  analyzeText: (text: string) => Analysis,
): (FixResult & { analysis: Analysis }) | null {
  const fixable = before.findings.filter(finding => isInScope(finding, safety));
  if (fixable.length === 0) return null;
  const together = applyFixes(text, fixable, { safety });
  const analysis = analyzeText(together.text);
  if (before.isBroken || !analysis.isBroken) return { ...together, analysis };
  // One of them breaks the text: the first that does not goes alone, and the next round goes on.
  for (const finding of fixable) {
    const alone = applyFixes(text, [finding], { safety });
    const after = analyzeText(alone.text);
    if (!after.isBroken && alone.text !== text) return { ...alone, analysis: after };
  }
  return null;
}
