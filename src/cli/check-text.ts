import { fixText, openText, passedOverBroken, passedOverByHead } from "#analyzer";
import { checkNotebook, fixNotebook } from "./check-notebook";
import { toRows } from "./check-rows";
import { type CheckedText, type FixedText, nothingOf, type TextParts } from "./checked-text";
import { TextPlaces } from "./text-places";

/** Checks a text, as a notebook where it is called one. @throws NotebookError when it is none. */
export function checkText(text: string, parts: TextParts): CheckedText {
  if (isNotebook(parts.path)) return checkNotebook(text, parts);
  const known = passedOverByHead(parts.path, text);
  if (known !== null && !(known === "generated" && parts.includesGenerated)) {
    return nothingOf(known);
  }
  const open = openText(text);
  const analysis = open.analyze(parts.settings, { onRuleFailure: parts.onRuleFailure });
  const start = open.errors[0]?.start ?? (analysis.isBroken ? 0 : null);
  if (start === null) return { rows: toRows(text, analysis), brokenAt: null, passedOver: null };
  const passedOver = passedOverBroken(text);
  if (passedOver !== null) return nothingOf(passedOver);
  const brokenAt = { ...new TextPlaces(text, open.lines).locate(start), cell: null };
  return { rows: toRows(text, analysis), brokenAt, passedOver };
}

/** Applies the safe fixes to a text that has some. */
export function fixCheckedText(text: string, parts: TextParts): FixedText {
  if (isNotebook(parts.path)) return fixNotebook(text, parts);
  const { settings, onRuleFailure } = parts;
  const fixed = fixText(text, settings, { safety: "safe", onRuleFailure });
  return { text: fixed.text, count: fixed.applied.length };
}

function isNotebook(path: string): boolean {
  return /\.ipynb$/i.test(path);
}
