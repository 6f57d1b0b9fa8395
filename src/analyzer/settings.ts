import { rules, type Rule, type Severity } from "#rules";
import type { PythonTarget } from "#semantics";
import { closestTo } from "./closest";
import { type CheckMeta, unusedSuppression } from "./unused-suppression";

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

/** Every check that has a code, sorted by code: the rules, and what is said of unused comments. */
export const knownChecks: readonly CheckMeta[] = [
  unusedSuppression,
  ...rules.map(rule => rule.meta),
];

/** Gives the rules that are on under some settings, in the order of the rule list. */
export function activeRules(
  settings: AnalyzerSettings,
  known: readonly Rule[] = rules,
): readonly ActiveRule[] {
  return known.flatMap(rule => {
    const severity = severityOf(rule.meta, settings);
    return severity === "off" ? [] : [{ rule, severity }];
  });
}

/** Gives the severity that settings give to a check; null leaves it to the check. */
export function severityOf(meta: CheckMeta, settings: AnalyzerSettings): Severity | "off" | null {
  return isSelected(meta, settings) ? severityFor(meta, settings) : "off";
}

function isSelected(meta: CheckMeta, { select, ignore }: AnalyzerSettings): boolean {
  const byDefault = meta.isDefault === false ? -1 : 0;
  const selected = select === null ? byDefault : longestMatch(meta, select);
  return selected >= 0 && selected > longestMatch(meta, ignore);
}

function severityFor(meta: CheckMeta, settings: AnalyzerSettings): Severity | "off" | null {
  let best: { length: number; severity: Severity | "off" } | null = null;
  for (const [selector, severity] of Object.entries(settings.severities)) {
    const length = matchLength(meta, selector);
    if (length >= 0 && length >= (best?.length ?? 0)) best = { length, severity };
  }
  return best?.severity ?? null;
}

function longestMatch(meta: CheckMeta, selectors: readonly string[]): number {
  return Math.max(-1, ...selectors.map(selector => matchLength(meta, selector)));
}

/** How exactly a selector names a rule: the length of the code that it fixes; -1 for no match. */
function matchLength(meta: CheckMeta, selector: string): number {
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

/** Tells whether a selector names at least one check. */
export function isKnownSelector(selector: string): boolean {
  return checksNamed(selector).length > 0;
}

/** Gives the checks that a selector names. */
export function checksNamed(selector: string): readonly CheckMeta[] {
  return knownChecks.filter(meta => matchLength(meta, selector) >= 0);
}

/** Gives the code or the rule name that comes closest to an unknown selector; null when none does. */
export function suggestSelector(selector: string): string | null {
  return closestTo(
    selector,
    knownChecks.flatMap(({ code, name }) => [code, name]),
  );
}
