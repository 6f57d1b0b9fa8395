import { contains, type Span, touches } from "#base";
import { type Finding, type Rule, rules } from "#rules";
import { type Node, segmentAt, type SourceFile } from "#syntax";
import { KeptFindings, type RuleFailure, type SegmentFindings } from "./kept-findings";
import { reportMisspelt } from "./misspelt-suppression";
import { toPlainFinding } from "./placed-finding";
import { type AnalyzerSettings, severityOf } from "./settings";
import { suppress } from "./suppress";
import { findUnused, unusedSuppression } from "./unused-suppression";

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

/** What a host may ask of an analysis beyond its settings. */
export interface AnalyzeOptions {
  /** Told of a rule that threw, which is then off where it did. Without it the error goes on. */
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
  return analyzeKept(new KeptFindings(file), settings, options);
}

/** Analyses what has changed since the last time, and gives all there is to say. @see analyze */
export function analyzeKept(
  kept: KeptFindings,
  settings: AnalyzerSettings,
  options: AnalyzeOptions = {},
): Analysis {
  const { file } = kept;
  const candidates = options.rules ?? rules;
  const known = candidates.map(rule => rule.meta);
  const parts = kept.findings(settings, candidates);
  const failures = reportFailures(parts, options);
  const locate = (finding: Finding): LocatedFinding => ({
    ...finding,
    functionSpan: functionAround(finding.span, kept),
  });
  const { found, broken } = gather(parts);
  const located = found
    .map(finding => toPlainFinding(finding, file.lines))
    .filter(finding => !broken.some(span => restsOn(finding, span)))
    .map(locate)
    .filter(finding => !options.isFragment || !needsWholeProgram(finding))
    .sort(inOrder);
  const { findings, suppressed, uses } = suppress(file, located, known, kept.forms);
  // Of what was not looked at nobody knows whether a comment is needed.
  const isWhole = !file.module.isBroken && !options.isFragment && failures === 0;
  const severity = isWhole ? severityOf(unusedSuppression, settings) : "off";
  const active = kept.activeCodes;
  const unused =
    severity === "off"
      ? []
      : [
          ...findUnused(file, uses, { known, active }, severity),
          ...reportMisspelt(file, kept.forms, uses, severity),
        ];
  return {
    findings: unused.length === 0 ? findings : [...findings, ...unused.map(locate)].sort(inOrder),
    suppressed,
    isBroken: file.module.isBroken,
  };
}

/** One pass: a long file has thousands of parts, and few of them have anything to say. */
function gather(parts: readonly SegmentFindings[]): { found: Finding[]; broken: Span[] } {
  const found: Finding[] = [];
  const broken: Span[] = [];
  for (const part of parts) {
    if (part.findings.length > 0) found.push(...part.findings);
    for (const { span } of part.broken) broken.push(span);
  }
  return { found, broken };
}

/** Tells of each rule that failed once, and how many did. @throws what a rule threw, to nobody */
function reportFailures(
  parts: readonly SegmentFindings[],
  { onRuleFailure }: AnalyzeOptions,
): number {
  const failures = new Map<Rule, RuleFailure>();
  for (const part of parts) {
    for (const failure of part.failures) {
      if (!onRuleFailure) throw failure.error;
      if (!failures.has(failure.rule)) failures.set(failure.rule, failure);
    }
  }
  for (const failure of failures.values()) onRuleFailure?.(failure);
  return failures.size;
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

/** The innermost function around a place, told from those of the segment in which it starts. */
function functionAround(span: Span, kept: KeptFindings): Span | null {
  const { segments } = kept.file;
  const segment = segments[segmentAt(segments, span.start)];
  const functions = (segment && kept.of(segment)?.functions) ?? [];
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
  return node && { start: node.span.start, end: node.span.end };
}

function inOrder(a: Finding, b: Finding): number {
  return (
    a.span.start - b.span.start ||
    a.span.end - b.span.end ||
    compareTexts(a.code, b.code) ||
    compareTexts(a.message, b.message)
  );
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
