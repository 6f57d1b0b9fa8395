import {
  type AnalyzerSettings,
  fixText,
  openText,
  type PassedOver,
  passedOverBroken,
  passedOverByHead,
  type RuleFailure,
} from "#analyzer";
import { type CheckRow, type RowLocation, toLocation, toRows } from "./check-rows";

/** What is to be said of a text. Plain data, so that it can be kept and cross to a worker. */
export interface CheckedText {
  /** Sorted by place. */
  readonly rows: readonly CheckRow[];
  /** The first place that is not valid Python 3; null when all of it is. */
  readonly brokenAt: RowLocation | null;
  /** Why nothing is reported; null when something may be. */
  readonly passedOver: PassedOver | null;
}

/** How a text is checked. */
export interface TextParts {
  /** Decides with the text what it is; the path is not read. */
  readonly path: string;
  readonly settings: AnalyzerSettings;
  readonly includesGenerated: boolean;
  readonly onRuleFailure: (failure: RuleFailure) => void;
}

/** Checks a text. */
export function checkText(text: string, parts: TextParts): CheckedText {
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
  const brokenAt = toLocation(start, text, open.lines);
  return { rows: toRows(text, analysis), brokenAt, passedOver };
}

/** A text after its safe fixes; `count` is 0 when it is the same. */
export interface FixedText {
  readonly text: string;
  readonly count: number;
}

/** Applies the safe fixes to a text that has some. */
export function fixCheckedText(text: string, parts: TextParts): FixedText {
  const { settings, onRuleFailure } = parts;
  const fixed = fixText(text, settings, { safety: "safe", onRuleFailure });
  return { text: fixed.text, count: fixed.applied.length };
}

function nothingOf(passedOver: PassedOver): CheckedText {
  return { rows: [], brokenAt: null, passedOver };
}
