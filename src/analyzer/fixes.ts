import { applyEdits, type Edit, touches } from "#base";
import type { Finding } from "#rules";

/** Which fixes to apply: those that keep behaviour, or also those that ask for review. */
export type FixScope = "safe" | "all";

/** What became of a text. */
export interface FixResult {
  readonly text: string;
  /** Findings whose fixes are in `text`, in source order. */
  readonly applied: readonly Finding[];
}

/**
 * Applies the fixes of findings to the text that they were found in, each wholly or not at all.
 * Of fixes that overlap or touch the first one wins: the one that starts first, then the shorter,
 * then the lower code; the others need a new analysis. Line ends become those of the text.
 */
export function applyFixes(
  text: string,
  findings: readonly Finding[],
  options: { readonly safety: FixScope },
): FixResult {
  const fixable = findings
    .filter(finding => isInScope(finding, options.safety))
    .map(finding => ({ finding, edits: finding.fix?.edits ?? [] }))
    .sort((a, b) => inFixOrder(a.finding, b.finding));
  const taken: Edit[] = [];
  const applied: Finding[] = [];
  for (const { finding, edits } of fixable) {
    if (edits.some(edit => overlapsAny(edit, taken)) || overlapThemselves(edits)) continue;
    taken.push(...edits);
    applied.push(finding);
  }
  if (taken.length === 0) return { text, applied };
  const lineEnd = lineEndOf(text);
  return {
    text: applyEdits(
      text,
      taken.map(edit => withLineEnds(edit, lineEnd)),
    ),
    applied,
  };
}

/** Tells whether a finding has a fix of the scope. */
export function isInScope(finding: Finding, scope: FixScope): boolean {
  if (!finding.fix || finding.fix.edits.length === 0) return false;
  return scope === "all" || finding.fix.safety === "safe";
}

/** Gives the edit with the line ends of the text that it goes into. */
export function withLineEnds(edit: Edit, lineEnd: string): Edit {
  return { span: edit.span, text: edit.text.replace(/\r\n|\n/g, lineEnd) };
}

/** The line end that a text uses first; `\n` when it has only one line. */
export function lineEndOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
}

function overlapsAny(edit: Edit, others: readonly Edit[]): boolean {
  return others.some(other => touches(edit.span, other.span));
}

function overlapThemselves(edits: readonly Edit[]): boolean {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  return sorted.some((edit, index) => edit.span.start < (sorted[index - 1]?.span.end ?? 0));
}

function inFixOrder(a: Finding, b: Finding): number {
  const first = extent(a);
  const second = extent(b);
  return (
    first.start - second.start ||
    first.end - second.end ||
    (a.code < b.code ? -1 : a.code > b.code ? 1 : 0)
  );
}

function extent(finding: Finding): { start: number; end: number } {
  const edits = finding.fix?.edits ?? [];
  return {
    start: Math.min(...edits.map(edit => edit.span.start)),
    end: Math.max(...edits.map(edit => edit.span.end)),
  };
}
