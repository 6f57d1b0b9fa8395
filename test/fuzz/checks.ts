import assert from "node:assert/strict";
import {
  type Analysis,
  type AnalyzerSettings,
  analyzeText,
  applyFixes,
  fixText,
  openText,
} from "#analyzer";
import { applyEdits, type Edit, type Span } from "#base";
import { parseSource } from "#syntax";

/** Every rule, also those that are off unless somebody asks for them. */
export const allRules: AnalyzerSettings = { select: ["ALL"], ignore: [], severities: {} };

/** Holds that findings stand in order, and they and what belongs to them inside the text. */
export function checkSpans(text: string, { findings, suppressed }: Analysis): void {
  let last = 0;
  for (const { span, code } of findings) {
    assert.ok(last <= span.start, `${code} at ${span.start} comes after ${last}`);
    last = span.start;
  }
  for (const finding of [...findings, ...suppressed]) {
    const { span, fix, related, allocations, functionSpan } = finding;
    const spans: readonly Span[] = [
      span,
      ...(fix?.edits ?? []).map(edit => edit.span),
      ...(related ?? []).map(place => place.span),
      ...(allocations ?? []),
      ...(functionSpan ? [functionSpan] : []),
    ];
    for (const { start, end } of spans) {
      const isInside = 0 <= start && start <= end && end <= text.length;
      assert.ok(isInside, `${finding.code}: ${start}-${end} in a text of ${text.length}`);
    }
  }
}

/** Holds that an open text tells after each edit what it would tell if it had just been opened. */
export function checkEdits(text: string, edits: readonly Edit[], settings = allRules): void {
  const open = openText(text);
  open.analyze(settings);
  let current = text;
  for (const edit of edits) {
    open.edit([edit]);
    current = applyEdits(current, [edit]);
    assert.equal(open.text, current);
    const [kept, fresh] = [open.analyze(settings), analyzeText(current, settings)];
    // Comparing texts is much faster, and says the same.
    if (JSON.stringify(kept) === JSON.stringify(fresh)) continue;
    const about = `after ${JSON.stringify(edit)}`;
    assert.deepEqual(kept, fresh, about);
    assert.fail(about);
  }
}

/**
 * Holds that each fix alone, and all of them, keep Python what it is, and that fixing twice changes
 * no more than fixing once.
 *
 * @param most how many of the fixes are tried alone.
 */
export function checkFixes(text: string, { findings }: Analysis, most = 20): void {
  if (!findings.some(({ fix }) => fix)) return;
  const isPython = parseSource(text).errors.length === 0;
  if (isPython) {
    for (const finding of findings.filter(({ fix }) => fix).slice(0, most)) {
      const fixed = applyFixes(text, [finding], { safety: "all" }).text;
      const isBroken = parseSource(fixed).errors.length > 0;
      assert.ok(!isBroken, `the fix of ${finding.code} at ${finding.span.start} breaks the text`);
    }
  }
  const once = fixText(text, allRules, { safety: "all" }).text;
  if (isPython) assert.ok(parseSource(once).errors.length === 0, "fixing all breaks the text");
  assert.equal(fixText(once, allRules, { safety: "all" }).text, once, "fixing again changes more");
}
