import { type AnalyzerSettings, defaultSettings } from "#analyzer";
import { settingsSection } from "#protocol";
import type { Severity } from "#rules";
import type { Connection } from "vscode-languageserver";

/** The user's settings that the server obeys. */
export interface ServerSettings {
  /** False: nothing is analysed. */
  readonly isEnabled: boolean;
  readonly analyzer: AnalyzerSettings;
}

export const initialSettings: ServerSettings = { isEnabled: true, analyzer: defaultSettings };

const severities: ReadonlySet<string> = new Set(["error", "warning", "information", "hint", "off"]);

/** Reads the section `memoryInsights`. What is missing or of another shape keeps its default. */
export function readSettings(section: unknown): ServerSettings {
  if (!isRecord(section)) return initialSettings;
  const select = readStrings(section["select"]);
  return {
    isEnabled: section["enable"] !== false,
    analyzer: {
      select: select.length > 0 ? select : null,
      ignore: readStrings(section["ignore"]),
      severities: readSeverities(section["rules"]),
    },
  };
}

function readStrings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter(item => typeof item === "string") : [];
}

function readSeverities(value: unknown): Readonly<Record<string, Severity | "off">> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(Object.entries(value).filter(isSeverityEntry));
}

function isSeverityEntry(entry: [string, unknown]): entry is [string, Severity | "off"] {
  return typeof entry[1] === "string" && severities.has(entry[1]);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The settings of each file, asked of the client once and again after a change of configuration. */
export class SettingsStore {
  /** By URI; emptied when the client tells of a change, single entries when a file closes. */
  readonly #known = new Map<string, Promise<ServerSettings>>();
  readonly #connection: Connection;
  readonly #canAsk: boolean;
  #pushed: ServerSettings = initialSettings;

  constructor(connection: Connection, canAsk: boolean) {
    this.#connection = connection;
    this.#canAsk = canAsk;
  }

  /** Never rejects: a client that fails to answer gets the defaults. */
  of(uri: string): Promise<ServerSettings> {
    if (!this.#canAsk) return Promise.resolve(this.#pushed);
    const known = this.#known.get(uri);
    if (known) return known;
    const asked = this.#ask(uri);
    this.#known.set(uri, asked);
    return asked;
  }

  /** Forgets what it knows; `settings` is what the client sent along, for clients that are not asked. */
  change(settings: unknown): void {
    this.#known.clear();
    this.#pushed = readSettings(isRecord(settings) ? settings[settingsSection] : undefined);
  }

  forget(uri: string): void {
    this.#known.delete(uri);
  }

  async #ask(uri: string): Promise<ServerSettings> {
    try {
      const item = { scopeUri: uri, section: settingsSection };
      return readSettings(await this.#connection.workspace.getConfiguration(item));
    } catch (error) {
      this.#connection.console.error(`no settings for ${uri}: ${String(error)}`);
      return initialSettings;
    }
  }
}
