import type { Finding } from "#rules";
import type { Analysis } from "./analyze";
import { applyFixes, type FixResult, type FixScope, isInScope } from "./fixes";

/** A fix may open the way for another; nothing real needs this many rounds. */
const mostRounds = 20;

/** Something that findings are made of and fixes change: a text, or the cells of a notebook. */
export interface Fixable<S> {
  analyze(state: S): Analysis;
  /** Applies fixes, those that are in each other's way left out. */
  apply(state: S, findings: readonly Finding[]): Fixed<S>;
  /** Equal for states that are the same. */
  keyOf(state: S): string;
}

/** A state after fixes, with the findings whose fixes are in it. */
export interface Fixed<S> {
  readonly state: S;
  readonly applied: readonly Finding[];
}

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
  const { state, applied } = fixUntilStable(text, options.safety, {
    analyze: analyzeText,
    apply(current, findings) {
      const result = applyFixes(current, findings, options);
      return { state: result.text, applied: result.applied };
    },
    keyOf: current => current,
  });
  return { text: state, applied };
}

/** The same for anything that fixes change. @see fixAll */
export function fixUntilStable<S>(start: S, safety: FixScope, fixable: Fixable<S>): Fixed<S> {
  const applied: Finding[] = [];
  const seen = new Set<string>([fixable.keyOf(start)]);
  let current = { state: start, analysis: fixable.analyze(start) };
  for (let round = 0; round < mostRounds; round++) {
    const step = applyRound(current, safety, fixable);
    if (step === null || seen.has(fixable.keyOf(step.state))) break;
    applied.push(...step.applied);
    seen.add(fixable.keyOf(step.state));
    current = step;
  }
  return { state: current.state, applied };
}

/** A state with what was found in it. */
interface Analysed<S> {
  readonly state: S;
  readonly analysis: Analysis;
}

/** One round; null when there is nothing to apply. */
function applyRound<S>(
  { state, analysis: before }: Analysed<S>,
  safety: FixScope,
  fixable: Fixable<S>,
): (Fixed<S> & Analysed<S>) | null {
  const findings = before.findings.filter(finding => isInScope(finding, safety));
  if (findings.length === 0) return null;
  const together = fixable.apply(state, findings);
  const analysis = fixable.analyze(together.state);
  if (before.isBroken || !analysis.isBroken) return { ...together, analysis };
  // One of them breaks the text: the first that does not goes alone, and the next round goes on.
  for (const finding of findings) {
    const alone = fixable.apply(state, [finding]);
    const after = fixable.analyze(alone.state);
    const isChanged = fixable.keyOf(alone.state) !== fixable.keyOf(state);
    if (!after.isBroken && isChanged) return { ...alone, analysis: after };
  }
  return null;
}
