import type { Edit, LineMap, Span } from "#base";
import type { Finding } from "#rules";
import { editSource, parseSource } from "#syntax";
import { type Analysis, analyze, analyzeKept, type AnalyzeOptions } from "./analyze";
import { fixAll } from "./fix-all";
import type { FixResult, FixScope } from "./fixes";
import type { AnalyzerSettings } from "./settings";
import { KeptFindings } from "./kept-findings";
import { suppressEdit } from "./suppress-edit";

/** A text that stays open while it is edited. */
export interface OpenText {
  /** Put together when it is asked for after an edit; `slice` costs less. */
  readonly text: string;
  readonly lines: LineMap;
  /** A part of the text. */
  slice(start: number, end: number): string;
  /** Where the text is not Python; sorted, empty when all of it is. */
  readonly errors: readonly Span[];
  /** Changes the text; the edits do not overlap and speak of the text before all of them. */
  edit(edits: readonly Edit[]): void;
  analyze(settings: AnalyzerSettings, options?: AnalyzeOptions): Analysis;
  /** @see suppressEdit */
  suppressEdit(finding: Finding, reach: "line" | "file"): Edit | null;
  /** Lets go of the tree and of all that hangs on it; what needs it next reads the text again. */
  rest(): void;
}

/** What stays of a text whose tree is gone. */
type Resting = Pick<OpenText, "text" | "lines" | "errors">;

/** Opens a text that will change. Hosts reach Python only through here; they know no trees. */
export function openText(text: string): OpenText {
  let state: KeptFindings | Resting = new KeptFindings(parseSource(text));
  const kept = (): KeptFindings => {
    if (!(state instanceof KeptFindings)) state = new KeptFindings(parseSource(state.text));
    return state;
  };
  const shown = (): Resting => (state instanceof KeptFindings ? state.file : state);
  return {
    get text() {
      return shown().text;
    },
    get lines() {
      return shown().lines;
    },
    get errors() {
      return shown().errors.map(({ start, end }) => ({ start, end }));
    },
    slice(start, end) {
      return state instanceof KeptFindings
        ? state.file.slice(start, end)
        : state.text.slice(start, end);
    },
    edit: edits => kept().edited(editSource(kept().file, edits)),
    analyze: (settings, options) => analyzeKept(kept(), settings, options),
    suppressEdit: (finding, reach) => suppressEdit(kept().file, finding, reach),
    rest() {
      const { text, lines, errors } = shown();
      state = { text, lines, errors: errors.map(({ start, end }) => ({ start, end })) };
    },
  };
}

/** Analyses a text once. @see analyze */
export function analyzeText(
  text: string,
  settings: AnalyzerSettings,
  options?: AnalyzeOptions,
): Analysis {
  return analyze(parseSource(text), settings, options);
}

/** Applies fixes to a text until none is left. @see fixAll */
export function fixText(
  text: string,
  settings: AnalyzerSettings,
  options: AnalyzeOptions & { readonly safety: FixScope },
): FixResult {
  return fixAll(text, options, current => analyzeText(current, settings, options));
}
