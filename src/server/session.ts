import { type Analysis, analyzeText, type RuleFailure } from "#analyzer";
import { type Cancellation, fingerprint, lineMap } from "#base";
import type { FileFindings } from "#protocol";
import type { Documents, OpenDocument } from "./documents";
import { toLanguageFindings } from "./findings";
import type { ServerHost } from "./host";
import type { ServerSettings, SettingsStore } from "./settings";

/** What a session tells whoever wired it. */
export interface SessionEvents {
  /** A rule failed on a file; told once for each rule. */
  onRuleFailure(failure: RuleFailure, uri: string): void;
  /** An open file's findings are others than those last told. */
  onFindingsChanged(uri: string): void;
}

/** Knows the findings of files, open or closed, and analyses no text twice. */
export class Session {
  readonly #documents: Documents;
  readonly #settings: SettingsStore;
  readonly #host: ServerHost;
  readonly #events: SessionEvents;
  readonly #failedRules = new Set<string>();
  /** What was last told of each open file with findings, as JSON; dropped when it closes. */
  readonly #told = new Map<string, string>();

  constructor(parts: {
    readonly documents: Documents;
    readonly settings: SettingsStore;
    readonly host: ServerHost;
    readonly events: SessionEvents;
  }) {
    this.#documents = parts.documents;
    this.#settings = parts.settings;
    this.#host = parts.host;
    this.#events = parts.events;
  }

  settingsOf(uri: string): Promise<ServerSettings> {
    return this.#settings.of(uri);
  }

  /** Gives an open document as it is when its settings are known, with its analysis. */
  async analyse(uri: string): Promise<{ document: OpenDocument; analysis: Analysis } | null> {
    const settings = await this.#settings.of(uri);
    const document = this.#documents.get(uri);
    if (!document) return null;
    const known = document.analysed;
    if (known?.settings === settings) return { document, analysis: known.analysis };
    const analysis = settings.isEnabled
      ? document.text.analyze(settings.analyzer, this.optionsFor(uri))
      : nothing;
    this.#documents.remember(document, settings, analysis);
    this.#tell(document, analysis);
    return { document, analysis };
  }

  /** How a file is analysed beyond its settings. */
  optionsFor(uri: string) {
    return {
      isFragment: uri.startsWith("vscode-notebook-cell:"),
      onRuleFailure: (failure: RuleFailure) => {
        const { name } = failure.rule.meta;
        if (this.#failedRules.has(name)) return;
        this.#failedRules.add(name);
        this.#events.onRuleFailure(failure, uri);
      },
    };
  }

  /** Gives the findings of all open files, and of the others that are asked for and can be read. */
  async findings(uris: readonly string[], cancellation: Cancellation): Promise<FileFindings[]> {
    const open = this.#documents.all().map(document => document.uri);
    const result: FileFindings[] = [];
    for (const uri of new Set([...open, ...uris])) {
      if (cancellation.isCancelled) break;
      const found = (await this.#findingsOfOpen(uri)) ?? (await this.#findingsOfClosed(uri));
      if (found) result.push(found);
    }
    return result;
  }

  close(uri: string): void {
    this.#documents.close(uri);
    this.#settings.forget(uri);
    if (this.#told.delete(uri)) this.#events.onFindingsChanged(uri);
  }

  async #findingsOfOpen(uri: string): Promise<FileFindings | null> {
    const analysed = await this.analyse(uri);
    if (!analysed) return null;
    const { document, analysis } = analysed;
    const { text, lines } = document.text;
    return {
      uri,
      version: document.version,
      fingerprint: fingerprint(text),
      findings: toLanguageFindings(analysis, lines),
    };
  }

  async #findingsOfClosed(uri: string): Promise<FileFindings | null> {
    const text = await this.#host.readText(uri);
    if (text === null) return null;
    const settings = await this.#settings.of(uri);
    this.#settings.forget(uri);
    const analysis = settings.isEnabled
      ? analyzeText(text, settings.analyzer, this.optionsFor(uri))
      : nothing;
    const findings = toLanguageFindings(analysis, lineMap(text));
    return { uri, version: null, fingerprint: fingerprint(text), findings };
  }

  #tell(document: OpenDocument, analysis: Analysis): void {
    const told = JSON.stringify(toLanguageFindings(analysis, document.text.lines));
    if ((this.#told.get(document.uri) ?? "[]") === told) return;
    if (told === "[]") this.#told.delete(document.uri);
    else this.#told.set(document.uri, told);
    this.#events.onFindingsChanged(document.uri);
  }
}

const nothing: Analysis = { findings: [], suppressed: [], isBroken: false };
