import { rules, type Rule, type RuleMeta, type Severity } from "#rules";
import type { PythonTarget } from "#semantics";

/** What to report, and how loudly. Plain data, so that it can be hashed and cross a process. */
export interface AnalyzerSettings {
  /**
   * Codes, prefixes of codes (`MEM1`), rule names, `ALL`, or `DEFAULT` for the default rules; null
   * selects the default rules too.
   */
  readonly select: readonly string[] | null;
  /** As `select`; the longer prefix wins, and of equal ones `ignore`. */
  readonly ignore: readonly string[];
  /** By code, prefix of a code, or `*` for all; the longest one wins. */
  readonly severities: Readonly<Record<string, Severity | "off">>;
  /** The oldest Python that the code has to run on; unknown unless given. */
  readonly target?: PythonTarget | null;
}

/** Every default rule at its own severity. */
export const defaultSettings: AnalyzerSettings = { select: null, ignore: [], severities: {} };

/** A rule that is on, with the severity that the settings give it; null leaves it to the rule. */
export interface ActiveRule {
  readonly rule: Rule;
  readonly severity: Severity | null;
}

/** Gives the rules that are on under some settings, in the order of the rule list. */
export function activeRules(
  settings: AnalyzerSettings,
  known: readonly Rule[] = rules,
): readonly ActiveRule[] {
  return known.flatMap(rule => {
    if (!isSelected(rule.meta, settings)) return [];
    const severity = severityFor(rule.meta, settings);
    return severity === "off" ? [] : [{ rule, severity }];
  });
}

function isSelected(meta: RuleMeta, { select, ignore }: AnalyzerSettings): boolean {
  const byDefault = meta.isDefault === false ? -1 : 0;
  const selected = select === null ? byDefault : longestMatch(meta, select);
  return selected >= 0 && selected > longestMatch(meta, ignore);
}

function severityFor(meta: RuleMeta, settings: AnalyzerSettings): Severity | "off" | null {
  let best: { length: number; severity: Severity | "off" } | null = null;
  for (const [selector, severity] of Object.entries(settings.severities)) {
    const length = matchLength(meta, selector);
    if (length >= 0 && length >= (best?.length ?? 0)) best = { length, severity };
  }
  return best?.severity ?? null;
}

function longestMatch(meta: RuleMeta, selectors: readonly string[]): number {
  return Math.max(-1, ...selectors.map(selector => matchLength(meta, selector)));
}

/** How exactly a selector names a rule: the length of the code that it fixes; -1 for no match. */
function matchLength(meta: RuleMeta, selector: string): number {
  if (selector === "*" || selector === "ALL") return 0;
  if (selector === "DEFAULT") return meta.isDefault === false ? -1 : 0;
  if (selector === meta.name) return meta.code.length;
  const prefix = codePrefix(selector);
  return prefix !== null && meta.code.startsWith(prefix) ? prefix.length : -1;
}

/** `MEM1xx` and `mem1` mean `MEM1`; anything that is no code gives null. */
function codePrefix(selector: string): string | null {
  const match = /^(MEM\d{0,3})X*$/.exec(selector.toUpperCase());
  return match?.[1] ?? null;
}

/** Tells whether a selector names at least one rule. */
export function isKnownSelector(selector: string, known: readonly Rule[] = rules): boolean {
  return known.some(rule => matchLength(rule.meta, selector) >= 0);
}

/** Gives the code or the rule name that comes closest to an unknown selector; null when none does. */
export function suggestSelector(selector: string, known: readonly Rule[] = rules): string | null {
  const wanted = selector.toLowerCase();
  let best: { distance: number; name: string } | null = null;
  for (const name of known.flatMap(rule => [rule.meta.code, rule.meta.name])) {
    const distance = editDistance(wanted, name.toLowerCase());
    if (distance < (best?.distance ?? Infinity)) best = { distance, name };
  }
  return best && best.distance <= Math.max(2, wanted.length / 3) ? best.name : null;
}

/** Levenshtein's distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const replaced = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
