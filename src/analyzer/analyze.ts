import { contains, type Span, touches } from "#base";
import { type Finding, type Problem, type Rule, rules, type Severity } from "#rules";
import { createModel } from "#semantics";
import type { FunctionDef, Node, NodeKind, SourceFile } from "#syntax";
import { type ActiveRule, activeRules, type AnalyzerSettings, severityOf } from "./settings";
import { suppress } from "./suppress";
import { findUnused, unusedSuppression } from "./unused-suppression";
import { type Walk, walk } from "./walk";

/** A finding with the function it stands in. */
export interface LocatedFinding extends Finding {
  /** The innermost function around the finding, from `def` or its decorators; null outside any. */
  readonly functionSpan: Span | null;
}

/** What is to be said of one text. */
export interface Analysis {
  /** Sorted by start, then end, then code; without those that a comment silences. */
  readonly findings: readonly LocatedFinding[];
  /** Those that a comment silences, in the same order. */
  readonly suppressed: readonly LocatedFinding[];
  /** True when the text is not valid Python; then the findings are those of its intact parts. */
  readonly isBroken: boolean;
}

/** A rule that failed on a text: a bug of the rule, never of the text. */
export interface RuleFailure {
  readonly rule: Rule;
  readonly error: unknown;
}

/** What a host may ask of an analysis beyond its settings. */
export interface AnalyzeOptions {
  /** Told of a rule that threw, which is then off for this text. Without it the error goes on. */
  readonly onRuleFailure?: (failure: RuleFailure) => void;
  /**
   * True for a piece of a program, such as a notebook's cell: what is said of the lifetime of
   * something outside functions is left out, since another piece may release it.
   */
  readonly isFragment?: boolean;
  /** The rules to choose from; all rules unless given. */
  readonly rules?: readonly Rule[];
}

/** Analyses a text. Throws only when a rule throws and nobody asked to be told. */
export function analyze(
  file: SourceFile,
  settings: AnalyzerSettings,
  options: AnalyzeOptions = {},
): Analysis {
  const known = (options.rules ?? rules).map(rule => rule.meta);
  const active = activeRules(settings, options.rules ?? rules);
  const { found, walked, failed } = runRules(file, active, settings, options);
  const locate = (finding: Finding): LocatedFinding => ({
    ...finding,
    functionSpan: innermostFunction(finding.span, walked.functions),
  });
  const located = found
    .filter(finding => !walked.broken.some(span => restsOn(finding, span)))
    .map(locate)
    .filter(finding => !options.isFragment || !needsWholeProgram(finding))
    .sort(inOrder);
  const { findings, suppressed, uses } = suppress(file, located, known);
  // Of what was not looked at nobody knows whether a comment is needed.
  const isWhole = !file.module.isBroken && !options.isFragment && failed.size === 0;
  const severity = isWhole ? severityOf(unusedSuppression, settings) : "off";
  const codes = new Set(active.map(({ rule }) => rule.meta.code));
  const unused =
    severity === "off" ? [] : findUnused(file, uses, { known, active: codes }, severity);
  return {
    findings: unused.length === 0 ? findings : [...findings, ...unused.map(locate)].sort(inOrder),
    suppressed,
    isBroken: file.module.isBroken,
  };
}

function runRules(
  file: SourceFile,
  active: readonly ActiveRule[],
  settings: AnalyzerSettings,
  options: AnalyzeOptions,
): { found: Finding[]; walked: Walk; failed: ReadonlySet<Rule> } {
  const model = createModel(file, settings.target ?? null);
  const found: Finding[] = [];
  const byKind = groupByKind(active);
  const failed = new Set<Rule>();
  const walked = walk(file, node => {
    for (const { rule, severity } of byKind.get(node.kind) ?? []) {
      if (failed.has(rule)) continue;
      try {
        for (const problem of rule.check(node, model)) {
          found.push(toFinding(problem, rule, severity));
        }
      } catch (error) {
        if (!options.onRuleFailure) throw error;
        failed.add(rule);
        options.onRuleFailure({ rule, error });
      }
    }
  });
  return { found, walked, failed };
}

function groupByKind(active: readonly ActiveRule[]): ReadonlyMap<NodeKind, readonly ActiveRule[]> {
  const groups = new Map<NodeKind, ActiveRule[]>();
  for (const entry of active) {
    for (const kind of entry.rule.visits) {
      const group = groups.get(kind);
      if (group) group.push(entry);
      else groups.set(kind, [entry]);
    }
  }
  return groups;
}

function toFinding(problem: Problem, rule: Rule, severity: Severity | null): Finding {
  const { code, name } = rule.meta;
  return { ...problem, code, name, severity: severity ?? problem.severity ?? rule.meta.severity };
}

/** Whether any place that a finding rests on lies in a broken part. */
function restsOn(finding: Finding, broken: Span): boolean {
  const places = [finding, ...(finding.related ?? [])].map(place => place.span);
  return [...places, ...(finding.allocations ?? [])].some(place => touches(place, broken));
}

/** Codes 3xx and 4xx speak of what lives on; outside functions that is decided elsewhere. */
function needsWholeProgram(finding: LocatedFinding): boolean {
  return finding.functionSpan === null && /^MEM[34]/.test(finding.code);
}

function innermostFunction(span: Span, functions: readonly FunctionDef[]): Span | null {
  let low = 0;
  let high = functions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((functions[middle]?.span.start ?? Infinity) <= span.start) low = middle + 1;
    else high = middle;
  }
  // The last function that starts before the span is around it, or inside one that is.
  let node: Node | null = functions[low - 1] ?? null;
  while (node && !(node.kind === "FunctionDef" && contains(node.span, span))) node = node.parent;
  return node?.span ?? null;
}

function inOrder(a: Finding, b: Finding): number {
  return a.span.start - b.span.start || a.span.end - b.span.end || compareCodes(a.code, b.code);
}

function compareCodes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
