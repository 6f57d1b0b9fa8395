import type { AnalyzerSettings, PassedOver, RuleFailure } from "#analyzer";
import type { CheckRow } from "./check-rows";
import type { RowLocation } from "./text-places";

/** What is to be said of a text. Plain data, so that it can be kept and cross to a worker. */
export interface CheckedText {
  /** Sorted by place. */
  readonly rows: readonly CheckRow[];
  /** The first place that is not valid Python 3; null when all of it is. */
  readonly brokenAt: (RowLocation & { readonly cell: number | null }) | null;
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

/** A text after its safe fixes; `count` is 0 when it is the same. */
export interface FixedText {
  readonly text: string;
  readonly count: number;
}

/** What is to be said of a text that is passed over. */
export function nothingOf(passedOver: PassedOver): CheckedText {
  return { rows: [], brokenAt: null, passedOver };
}
