import { type AnalyzerSettings, isExcluded, settingsForFile } from "#analyzer";
import type { ProjectConfiguration, ProjectFiles } from "./project-files";
import { folderOf, type ServerSettings, type SettingsStore } from "./settings";

/** What the settings of a file were made of. */
interface Made {
  readonly client: ServerSettings;
  readonly project: ProjectConfiguration;
  readonly settings: ServerSettings;
}

/**
 * The settings of each file: what its project configures, and over it what the user says in the
 * editor. An equal answer is the same object, so that whoever kept an analysis can tell.
 */
export class FileSettings {
  readonly #client: SettingsStore;
  readonly #project: ProjectFiles;
  /** By URI; replaced when what it is made of changed, dropped when the file closes. */
  readonly #made = new Map<string, Made>();

  constructor(client: SettingsStore, project: ProjectFiles) {
    this.#client = client;
    this.#project = project;
  }

  async of(uri: string): Promise<ServerSettings> {
    const client = await this.#client.of(uri);
    const project = await this.#project.of(uri);
    const made = this.#made.get(uri);
    if (made?.client === client && made.project === project) return made.settings;
    const settings = merge(client, project, pathBelow(uri, this.#rootOf(uri, project)));
    this.#made.set(uri, { client, project, settings });
    return settings;
  }

  forget(uri: string): void {
    this.#made.delete(uri);
  }

  /** Patterns are relative to the file that has them; without one to the workspace's folder. */
  #rootOf(uri: string, project: ProjectConfiguration): string {
    return project.root ?? folderOf(uri, this.#client.folders);
  }
}

/** The editor's selection replaces the project's; what else it says is added, and decides. */
function merge(
  client: ServerSettings,
  { configuration }: ProjectConfiguration,
  path: string | null,
): ServerSettings {
  const project = settingsForFile(configuration, path ?? "");
  const { select, ignore, severities } = client.analyzer;
  const analyzer: AnalyzerSettings = {
    ...project,
    select: select ?? project.select,
    ignore: [...project.ignore, ...ignore],
    severities: { ...project.severities, ...severities },
  };
  const isLeftOut = path !== null && isExcluded(configuration, path);
  return { isEnabled: client.isEnabled && !isLeftOut, analyzer };
}

/** The path of a file below a folder as people write it; null when it lies elsewhere. */
function pathBelow(uri: string, folder: string): string | null {
  const start = folder.endsWith("/") ? folder : `${folder}/`;
  if (folder === "" || !uri.startsWith(start)) return null;
  try {
    return decodeURIComponent(uri.slice(start.length));
  } catch (error) {
    if (error instanceof URIError) return uri.slice(start.length);
    throw error;
  }
}
