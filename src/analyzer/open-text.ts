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
  return new KeptText(text);
}

class KeptText implements OpenText {
  #state: KeptFindings | Resting;

  constructor(text: string) {
    this.#state = new KeptFindings(parseSource(text));
  }

  get text(): string {
    return this.#shown.text;
  }

  get lines(): LineMap {
    return this.#shown.lines;
  }

  get errors(): readonly Span[] {
    return this.#shown.errors.map(({ start, end }) => ({ start, end }));
  }

  slice(start: number, end: number): string {
    const state = this.#state;
    return state instanceof KeptFindings
      ? state.file.slice(start, end)
      : state.text.slice(start, end);
  }

  edit(edits: readonly Edit[]): void {
    const kept = this.#kept;
    kept.edited(editSource(kept.file, edits));
  }

  analyze(settings: AnalyzerSettings, options?: AnalyzeOptions): Analysis {
    return analyzeKept(this.#kept, settings, options);
  }

  suppressEdit(finding: Finding, reach: "line" | "file"): Edit | null {
    return suppressEdit(this.#kept.file, finding, reach);
  }

  rest(): void {
    const { text, lines, errors } = this;
    this.#state = { text, lines, errors };
  }

  get #shown(): Resting {
    return this.#state instanceof KeptFindings ? this.#state.file : this.#state;
  }

  /** The tree and the findings, made anew after a rest. */
  get #kept(): KeptFindings {
    if (!(this.#state instanceof KeptFindings)) {
      this.#state = new KeptFindings(parseSource(this.#state.text));
    }
    return this.#state;
  }
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
