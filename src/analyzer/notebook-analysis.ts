import { applyEdits, type Edit, type Span, touches } from "#base";
import type { Finding } from "#rules";
import type { Analysis, AnalyzeOptions } from "./analyze";
import { fixUntilStable } from "./fix-all";
import { applyFixes, type FixScope, isInScope } from "./fixes";
import { joinCells, type NotebookText, readCell } from "./notebook";
import { analyzeText } from "./open-text";
import type { AnalyzerSettings } from "./settings";

/** What is found in the cells of a notebook, as places of their joined text. */
export interface NotebookAnalysis extends Analysis {
  readonly joined: NotebookText;
}

/** The sources of code cells after fixes; `count` fixes were applied. */
export interface FixedCells {
  readonly sources: readonly string[];
  readonly count: number;
}

/**
 * Analyses the code cells of a notebook as one program in order. Of the fixes only those are left
 * that stay within one cell and touch no magic.
 */
export function analyzeCells(
  sources: readonly string[],
  settings: AnalyzerSettings,
  options?: AnalyzeOptions,
): NotebookAnalysis {
  const joined = joinCells(sources.map(readCell));
  const analysis = analyzeText(joined.text, settings, options);
  const findings = analysis.findings.map(finding => {
    const { fix, ...unfixed } = finding;
    return !fix || isFixable(fix.edits, joined, sources) ? finding : unfixed;
  });
  return { ...analysis, findings, joined };
}

/** Applies fixes to the cells of a notebook until none is left. */
export function fixCells(
  sources: readonly string[],
  settings: AnalyzerSettings,
  options: AnalyzeOptions & { readonly safety: FixScope },
): FixedCells {
  const { state, applied } = fixUntilStable(sources, options.safety, {
    analyze: current => analyzeCells(current, settings, options),
    apply(current, findings) {
      const joined = joinCells(current.map(readCell));
      const wanted = findings.filter(finding => isInScope(finding, options.safety));
      const { applied: fitting } = applyFixes(joined.text, wanted, options);
      return { state: applyToCells(current, fitting, joined), applied: fitting };
    },
    keyOf: current => JSON.stringify(current),
  });
  return { sources: state, count: applied.length };
}

/** The index of the code cell that holds an offset of the joined text. */
export function cellAt({ starts }: NotebookText, offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function isFixable(
  edits: readonly Edit[],
  joined: NotebookText,
  sources: readonly string[],
): boolean {
  const cells = new Set(edits.map(({ span }) => cellAt(joined, span.start)));
  const [index = 0] = cells;
  const start = joined.starts[index] ?? 0;
  const end = start + (sources[index]?.length ?? 0);
  return cells.size === 1 && edits.every(({ span }) => span.end <= end && !isMagic(span, joined));
}

function isMagic(span: Span, { magics }: NotebookText): boolean {
  return magics.some(magic => touches(magic, span));
}

function applyToCells(
  sources: readonly string[],
  findings: readonly Finding[],
  joined: NotebookText,
): readonly string[] {
  const byCell = new Map<number, Edit[]>();
  for (const edit of findings.flatMap(({ fix }) => fix?.edits ?? [])) {
    const index = cellAt(joined, edit.span.start);
    const shift = joined.starts[index] ?? 0;
    const span = { start: edit.span.start - shift, end: edit.span.end - shift };
    byCell.set(index, [...(byCell.get(index) ?? []), { ...edit, span }]);
  }
  return sources.map((source, index) => applyEdits(source, byCell.get(index) ?? []));
}
