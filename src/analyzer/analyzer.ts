import type { Disposable, Edit, LineMap } from "#base";
import type { Finding } from "#rules";
import { createParser, type Parser } from "#syntax";
import { type Analysis, analyze, type AnalyzeOptions } from "./analyze";
import { fixAll } from "./fix-all";
import type { FixResult, FixScope } from "./fixes";
import type { AnalyzerSettings } from "./settings";
import { suppressEdit } from "./suppress-edit";

/** The two WebAssembly files that parsing needs, read by the host. */
export type ParserFiles = Parameters<typeof createParser>[0];

/** A text that stays open while it is edited. Dispose it: its tree lies outside the collected heap. */
export interface OpenText extends Disposable {
  readonly text: string;
  readonly lines: LineMap;
  /** Changes the text; the edits do not overlap and speak of the text before all of them. */
  edit(edits: readonly Edit[]): void;
  analyze(settings: AnalyzerSettings, options?: AnalyzeOptions): Analysis;
  /** @see suppressEdit */
  suppressEdit(finding: Finding, reach: "line" | "file"): Edit | null;
}

/** The door for hosts: texts in, findings out. One a process is enough. */
export interface Analyzer extends Disposable {
  /** Opens a text that will change. */
  open(text: string): OpenText;
  /** Analyses a text once. */
  analyze(text: string, settings: AnalyzerSettings, options?: AnalyzeOptions): Analysis;
  /** Applies fixes until none is left. @see fixAll */
  fixAll(
    text: string,
    settings: AnalyzerSettings,
    options: AnalyzeOptions & { readonly safety: FixScope },
  ): FixResult;
}

/** Creates an analyzer. @throws Error when the files are not the parser and its grammar. */
export async function createAnalyzer(files: ParserFiles): Promise<Analyzer> {
  const parser = await createParser(files);
  return {
    open: text => openText(parser, text),
    analyze: (text, settings, options) => analyze(parser.parse(text), settings, options),
    fixAll: (text, settings, options) =>
      fixAll(text, options, current => analyze(parser.parse(current), settings, options)),
    dispose: () => parser.dispose(),
  };
}

function openText(parser: Parser, text: string): OpenText {
  const document = parser.open(text);
  return {
    get text() {
      return document.file.text;
    },
    get lines() {
      return document.file.lines;
    },
    edit: edits => void document.edit(edits),
    analyze: (settings, options) => analyze(document.file, settings, options),
    suppressEdit: (finding, reach) => suppressEdit(document.file, finding, reach),
    dispose: () => document.dispose(),
  };
}
