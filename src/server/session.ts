import {
  type Analysis,
  analyzeText,
  type AnalyzeOptions,
  headLength,
  passedOverBroken,
  passedOverByHead,
  type RuleFailure,
} from "#analyzer";
import { type Cancellation, fingerprint } from "#base";
import type { FileFindings } from "#protocol";
import type { Documents, OpenDocument } from "./documents";
import { toLanguageFindings } from "./findings";
import type { ServerHost } from "./host";
import { linedText } from "./positions";
import type { Part, Program } from "./program";
import type { ServerSettings } from "./settings";

/** What a session tells whoever wired it. */
export interface SessionEvents {
  /** A rule failed on a file; told once for each rule. */
  onRuleFailure(failure: RuleFailure, uri: string): void;
  /** An open program was analysed anew. */
  onAnalysed(program: Program, analysis: Analysis): void;
}

/** An analysis of a program, with the settings that it was made under. */
export interface Analysed {
  readonly analysis: Analysis;
  readonly settings: ServerSettings;
}

/** A closed file as it is on disk, with its analysis. */
export interface ClosedFile extends Analysed {
  readonly part: Part;
}

/** Where settings come from. */
export interface SettingsSource {
  /** An equal answer is the same object. */
  of(uri: string): Promise<ServerSettings>;
  /** The file is closed. */
  forget(uri: string): void;
}

/** Knows the findings of files, open or closed, and analyses no open text twice. */
export class Session {
  readonly #documents: Documents;
  readonly #settings: SettingsSource;
  readonly #host: ServerHost;
  readonly #events: SessionEvents;
  readonly #failedRules = new Set<string>();

  constructor(parts: {
    readonly documents: Documents;
    readonly settings: SettingsSource;
    readonly host: ServerHost;
    readonly events: SessionEvents;
  }) {
    this.#documents = parts.documents;
    this.#settings = parts.settings;
    this.#host = parts.host;
    this.#events = parts.events;
  }

  /**
   * Gives an open document with its analysis; null when it is not open. Both are as they are now:
   * use them before waiting for anything else.
   */
  async analyse(uri: string): Promise<(OpenDocument & Analysed) | null> {
    const known = this.#documents.get(uri);
    if (!known) return null;
    const settings = await this.#settings.of(known.program.uri);
    // The text may have changed, or gone, while the settings were on their way.
    const document = this.#documents.get(uri);
    return document ? { ...document, ...this.#analyse(document.program, settings) } : null;
  }

  /** Analyses an open program as it is now; null when it is not open. */
  async analyseProgram(uri: string): Promise<Program | null> {
    const settings = await this.#settings.of(uri);
    const program = this.#documents.program(uri);
    if (!program) return null;
    this.#analyse(program, settings);
    return program;
  }

  /** How a file is analysed beyond its settings. */
  optionsFor(uri: string): AnalyzeOptions {
    return {
      // A cell whose client does not know notebooks comes without the others.
      isFragment: uri.startsWith("vscode-notebook-cell:"),
      onRuleFailure: failure => {
        const { name } = failure.rule.meta;
        if (this.#failedRules.has(name)) return;
        this.#failedRules.add(name);
        this.#events.onRuleFailure(failure, uri);
      },
    };
  }

  /** Gives the findings of all open files, and of the others that are asked for and can be read. */
  async findings(uris: readonly string[], cancellation: Cancellation): Promise<FileFindings[]> {
    const open = this.#documents.programs().flatMap(({ parts }) => parts.map(part => part.uri));
    const result: FileFindings[] = [];
    for (const uri of new Set([...open, ...uris])) {
      if (cancellation.isCancelled) break;
      const found = (await this.#findingsOfOpen(uri)) ?? (await this.#findingsOfClosed(uri));
      if (found) result.push(found);
    }
    return result;
  }

  /** Reads and analyses a file that is not open; null when it cannot be read. */
  async analyseClosed(uri: string): Promise<ClosedFile | null> {
    const text = await this.#host.readText(uri);
    if (text === null) return null;
    const settings = await this.#settings.of(uri);
    this.#settings.forget(uri);
    const isPassedOver = passedOverByHead(uri, text) !== null;
    const found =
      settings.isEnabled && !isPassedOver
        ? analyzeText(text, settings.analyzer, this.optionsFor(uri))
        : nothing;
    const analysis = found.isBroken && passedOverBroken(text) !== null ? nothing : found;
    return { part: { uri, version: 0, start: 0, ...linedText(text) }, analysis, settings };
  }

  #analyse(program: Program, settings: ServerSettings): Analysed {
    const known = program.analysed;
    if (known?.settings === settings) return known;
    const analysis = settings.isEnabled ? this.#analyseOpen(program, settings) : nothing;
    program.analysed = { settings, analysis };
    this.#events.onAnalysed(program, analysis);
    return { settings, analysis };
  }

  #analyseOpen(program: Program, settings: ServerSettings): Analysis {
    const { open } = program;
    if (passedOverByHead(program.uri, open.slice(0, headLength)) !== null) return nothing;
    const analysis = open.analyze(settings.analyzer, this.optionsFor(program.uri));
    if (!analysis.isBroken) program.wasWhole = true;
    // Who types breaks a file at every bracket. Only what was never Python may be something else.
    return !program.wasWhole && passedOverBroken(open.text) !== null ? nothing : analysis;
  }

  async #findingsOfOpen(uri: string): Promise<FileFindings | null> {
    const analysed = await this.analyse(uri);
    if (!analysed) return null;
    const { program, part, analysis } = analysed;
    return {
      uri,
      version: part.version,
      fingerprint: fingerprint(part.text),
      findings: toLanguageFindings(analysis, program, part),
    };
  }

  async #findingsOfClosed(uri: string): Promise<FileFindings | null> {
    const closed = await this.analyseClosed(uri);
    if (!closed) return null;
    const { part, analysis } = closed;
    const findings = toLanguageFindings(analysis, { parts: [part] }, part);
    return { uri, version: null, fingerprint: fingerprint(part.text), findings };
  }
}

const nothing: Analysis = { findings: [], suppressed: [], isBroken: false };
