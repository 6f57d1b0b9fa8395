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

/** What a user may say of a rule. */
export const severityNames = ["error", "warning", "information", "hint", "off"] as const;
const severities: ReadonlySet<string> = new Set(severityNames);

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

/** What the store needs to know of the client. */
export interface SettingsClient {
  /** It answers questions about its settings. */
  readonly hasConfiguration: boolean;
  /** URIs of the workspace's folders when it started. */
  readonly folders: readonly string[];
  readonly options: { readonly memoryInsights?: unknown };
}

/**
 * The settings of each folder of the workspace, asked of the client once and again after a change
 * of configuration. What lies in no folder has those of the window.
 */
export class SettingsStore {
  /** By folder, "" for none; emptied when the client tells of a change of settings or folders. */
  readonly #known = new Map<string, Promise<ServerSettings>>();
  readonly #connection: Connection;
  readonly #client: SettingsClient;
  readonly #onSection: (section: unknown) => void;
  #folders: readonly string[];
  /** For clients that are not asked: what they sent last. */
  #pushed: ServerSettings;

  /** @param onSection is told each section as the client says it, before it is obeyed */
  constructor(
    connection: Connection,
    client: SettingsClient,
    onSection: (section: unknown) => void,
  ) {
    this.#connection = connection;
    this.#client = client;
    this.#onSection = onSection;
    this.#folders = client.folders;
    this.#pushed = this.#read(client.options.memoryInsights);
  }

  get folders(): readonly string[] {
    return this.#folders;
  }

  /** Never rejects: a client that fails to answer gets the defaults. */
  of(uri: string): Promise<ServerSettings> {
    if (!this.#client.hasConfiguration) return Promise.resolve(this.#pushed);
    const folder = folderOf(uri, this.#folders);
    const known = this.#known.get(folder);
    if (known) return known;
    const asked = this.#ask(folder);
    this.#known.set(folder, asked);
    return asked;
  }

  /** Forgets what it knows; `settings` is what the client sent along, for clients that are not asked. */
  change(settings: unknown): void {
    this.#known.clear();
    if (isRecord(settings) && settingsSection in settings) {
      this.#pushed = this.#read(settings[settingsSection]);
    }
  }

  changeFolders(added: readonly string[], removed: readonly string[]): void {
    this.#known.clear();
    this.#folders = [...this.#folders.filter(uri => !removed.includes(uri)), ...added];
  }

  #read(section: unknown): ServerSettings {
    this.#onSection(section);
    return readSettings(section);
  }

  async #ask(folder: string): Promise<ServerSettings> {
    try {
      const item = { section: settingsSection, ...(folder !== "" && { scopeUri: folder }) };
      const section: unknown = await this.#connection.workspace.getConfiguration(item);
      return this.#read(section ?? this.#client.options.memoryInsights);
    } catch (error) {
      this.#connection.console.error(`no settings for ${folder}: ${String(error)}`);
      return initialSettings;
    }
  }
}

/** The innermost folder around a file, or "". */
export function folderOf(uri: string, folders: readonly string[]): string {
  const around = folders.filter(folder => uri === folder || uri.startsWith(withSlash(folder)));
  return around.reduce((inner, folder) => (folder.length > inner.length ? folder : inner), "");
}

function withSlash(folder: string): string {
  return folder.endsWith("/") ? folder : `${folder}/`;
}
