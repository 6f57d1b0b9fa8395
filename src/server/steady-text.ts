import {
  type Analysis,
  type AnalyzeOptions,
  type AnalyzerSettings,
  type LocatedFinding,
  openText,
  type OpenText,
} from "#analyzer";
import { applyEdits, type Edit, type LineMap, type Span, sum, touches } from "#base";
import type { KeptTrees } from "./kept-trees";

/** What a text may be given beside its content. */
export interface SteadyOptions {
  readonly trees?: KeptTrees | null;
  readonly open?: (text: string) => OpenText;
}

/** To put a long text together costs more than the edit of a letter: it is done once in so many. */
const editsPerBase = 100;

/**
 * An open text whose findings do not flicker. Who types breaks a function at every bracket: what was
 * found in it stays, at the place it has moved to and without its fix, until the function is whole
 * again or the finding's own text is edited. And should following the edits ever fail, which is a
 * bug, the text is opened anew from what it must be.
 */
export class SteadyText implements OpenText {
  #open: OpenText;
  readonly #onFailure: (error: unknown) => void;
  readonly #trees: KeptTrees | null;
  /** A text and the edits since: what the text must be, should following it fail. */
  #base: { readonly text: string; readonly edits: (readonly Edit[])[] };
  /** What was given last, and the settings it was made under; null before the first analysis. */
  #last: {
    readonly findings: readonly LocatedFinding[];
    readonly settings: AnalyzerSettings;
  } | null = null;
  /** Edits since then, in order; each step speaks of the text after the one before. */
  #since: (readonly Edit[])[] = [];

  /** `open` opens a text; tests hand in one that fails. Without `trees` the tree is kept for good. */
  constructor(
    text: string,
    onFailure: (error: unknown) => void,
    { trees = null, open = openText }: SteadyOptions = {},
  ) {
    this.#open = open(text);
    this.#base = { text, edits: [] };
    this.#onFailure = onFailure;
    this.#trees = trees;
    trees?.used(this);
  }

  get text(): string {
    return this.#open.text;
  }

  get lines(): LineMap {
    return this.#open.lines;
  }

  get errors(): readonly Span[] {
    return this.#open.errors;
  }

  slice(start: number, end: number): string {
    return this.#open.slice(start, end);
  }

  edit(edits: readonly Edit[]): void {
    this.#trees?.used(this);
    const { text, edits: since } = this.#base;
    since.push(edits);
    try {
      this.#open.edit(edits);
    } catch (error) {
      this.#onFailure(error);
      this.#open = openText(since.reduce(applyEdits, text));
    }
    if (since.length >= editsPerBase) this.#base = { text: this.#open.text, edits: [] };
    if (this.#last) this.#since.push(edits);
    if (this.#since.length >= editsPerBase) this.#catchUp();
  }

  analyze(settings: AnalyzerSettings, options?: AnalyzeOptions): Analysis {
    const analysis = this.#analyze(settings, options);
    const findings =
      analysis.isBroken && this.#last?.settings === settings
        ? this.#withHeld(analysis, moveAll(this.#last.findings, this.#since))
        : analysis.findings;
    this.#last = { findings, settings };
    this.#since = [];
    return { ...analysis, findings };
  }

  suppressEdit(finding: LocatedFinding, reach: "line" | "file"): Edit | null {
    this.#trees?.used(this);
    return this.#open.suppressEdit(finding, reach);
  }

  rest(): void {
    this.#open.rest();
  }

  /** Who has turned the analysis off may still edit for days. */
  #catchUp(): void {
    const last = this.#last;
    this.#last = last && { ...last, findings: moveAll(last.findings, this.#since) };
    this.#since = [];
  }

  #analyze(settings: AnalyzerSettings, options?: AnalyzeOptions): Analysis {
    this.#trees?.used(this);
    try {
      return this.#open.analyze(settings, options);
    } catch (error) {
      this.#onFailure(error);
      this.#open = openText(this.#open.text);
      return this.#open.analyze(settings, options);
    }
  }

  /** Adds the findings that are missing only because what they stand in is broken. */
  #withHeld(analysis: Analysis, held: readonly LocatedFinding[]): readonly LocatedFinding[] {
    const { errors } = this.#open;
    const known = new Set([...analysis.findings, ...analysis.suppressed].map(keyOf));
    const missing = held.filter(
      finding => !known.has(keyOf(finding)) && isInBroken(finding, errors),
    );
    if (missing.length === 0) return analysis.findings;
    return [...analysis.findings, ...missing].sort(
      (a, b) => a.span.start - b.span.start || a.span.end - b.span.end,
    );
  }
}

function keyOf({ code, span }: LocatedFinding): string {
  return `${code} ${span.start} ${span.end}`;
}

/** Outside of functions a broken statement may be the one that decides. */
function isInBroken({ functionSpan }: LocatedFinding, errors: readonly Span[]): boolean {
  return functionSpan === null
    ? errors.length > 0
    : errors.some(error => touches(error, functionSpan));
}

/** Follows findings through edits. Those whose own text is edited are left out. */
function moveAll(
  findings: readonly LocatedFinding[],
  steps: readonly (readonly Edit[])[],
): readonly LocatedFinding[] {
  let moved = findings;
  for (const edits of steps) moved = moved.flatMap(finding => moveFinding(finding, edits) ?? []);
  return moved;
}

function moveFinding(finding: LocatedFinding, edits: readonly Edit[]): LocatedFinding | null {
  const { code, name, severity, message, span } = finding;
  if (edits.some(edit => edit.span.start < span.end && span.start < edit.span.end)) return null;
  if (edits.some(({ span: at }) => span.start < at.start && at.start < span.end)) return null;
  const move = ({ start, end }: Span): Span => ({
    start: offsetAfter(start, edits),
    end: Math.max(offsetAfter(start, edits), offsetBefore(end, edits)),
  });
  const { related, allocations, functionSpan } = finding;
  return {
    code,
    name,
    severity,
    message,
    span: move(span),
    functionSpan: functionSpan && move(functionSpan),
    ...(related && { related: related.map(each => ({ ...each, span: move(each.span) })) }),
    ...(allocations && { allocations: allocations.map(move) }),
  };
}

/** Where an offset is after edits; what is inserted at it pushes it on. */
function offsetAfter(offset: number, edits: readonly Edit[]): number {
  return offset + shiftOf(edits.filter(({ span }) => span.end <= offset));
}

/** Where an offset is after edits; what is inserted at it comes behind it. */
function offsetBefore(offset: number, edits: readonly Edit[]): number {
  return offset + shiftOf(edits.filter(({ span }) => span.end <= offset && span.start < offset));
}

function shiftOf(edits: readonly Edit[]): number {
  return sum(edits.map(({ span, text }) => text.length - (span.end - span.start)));
}
