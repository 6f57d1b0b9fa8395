import { type Analysis, openText, type OpenText } from "#analyzer";
import type { TextDocumentContentChangeEvent } from "vscode-languageserver";
import type { ServerSettings } from "./settings";
import { applyChanges } from "./text-changes";

/** A document as the client shows it. */
export interface OpenDocument {
  readonly uri: string;
  readonly version: number;
  readonly text: OpenText;
  /** The last analysis, for this version and these settings only; null when there is none. */
  readonly analysed: { readonly settings: ServerSettings; readonly analysis: Analysis } | null;
}

/** The open documents by URI. */
export class Documents {
  readonly #open = new Map<string, OpenDocument>();

  get(uri: string): OpenDocument | undefined {
    return this.#open.get(uri);
  }

  all(): readonly OpenDocument[] {
    return [...this.#open.values()];
  }

  open(uri: string, version: number, text: string): void {
    this.#open.set(uri, { uri, version, text: openText(text), analysed: null });
  }

  /** Changes to unknown documents are dropped: a client that sends them has not opened any. */
  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): void {
    const document = this.#open.get(uri);
    if (!document) return;
    applyChanges(document.text, changes);
    this.#open.set(uri, { ...document, version, analysed: null });
  }

  /** Keeps an analysis with the document, unless that has changed meanwhile. */
  remember(document: OpenDocument, settings: ServerSettings, analysis: Analysis): void {
    if (this.#open.get(document.uri) !== document) return;
    this.#open.set(document.uri, { ...document, analysed: { settings, analysis } });
  }

  close(uri: string): void {
    this.#open.delete(uri);
  }
}
