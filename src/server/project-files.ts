import {
  type Configuration,
  configurationFiles,
  type ConfigurationProblem,
  emptyConfiguration,
  readConfiguration,
} from "#analyzer";

/** The configuration that counts for a folder. */
export interface ProjectConfiguration {
  /** URI of the folder that patterns are relative to; null where no file says anything. */
  readonly root: string | null;
  readonly configuration: Configuration;
}

/** What it needs of the outside. */
export interface ProjectFilesParts {
  readonly readText: (uri: string) => Promise<string | null>;
  /** Told of each configuration file when it is read, also when nothing is wrong with it. */
  readonly onRead: (uri: string, text: string, problems: readonly ConfigurationProblem[]) => void;
}

/** The configuration files of projects, by the folders that they count for. */
export class ProjectFiles {
  readonly #parts: ProjectFilesParts;
  /** By the folder's URI; emptied when a configuration file may have changed. */
  readonly #known = new Map<string, Promise<ProjectConfiguration>>();

  constructor(parts: ProjectFilesParts) {
    this.#parts = parts;
  }

  /** Gives the configuration for a file or notebook. A file with problems counts as empty. */
  of(uri: string): Promise<ProjectConfiguration> {
    const folder = parentOf(uri);
    return folder === null ? nothing : this.#ofFolder(folder);
  }

  /** Forgets all that was read. */
  forget(): void {
    this.#known.clear();
  }

  #ofFolder(folder: string): Promise<ProjectConfiguration> {
    const known = this.#known.get(folder);
    if (known) return known;
    const found = this.#search(folder);
    this.#known.set(folder, found);
    return found;
  }

  async #search(folder: string): Promise<ProjectConfiguration> {
    for (const name of configurationFiles) {
      const uri = `${folder}/${name}`;
      const text = await this.#parts.readText(uri);
      if (text === null) continue;
      const reading = readConfiguration(text, name);
      this.#parts.onRead(uri, text, reading.kind === "problems" ? reading.problems : []);
      if (reading.kind === "configuration") {
        return { root: folder, configuration: reading.configuration };
      }
      if (reading.kind === "problems") return { root: folder, configuration: emptyConfiguration };
      // A project that says nothing of this tool still says which Python it needs.
      if (reading.target) {
        const above = await this.#above(folder);
        const { target } = reading;
        return above.root === null
          ? { ...above, configuration: { ...emptyConfiguration, target } }
          : above;
      }
    }
    return this.#above(folder);
  }

  #above(folder: string): Promise<ProjectConfiguration> {
    const parent = parentOf(folder);
    return parent === null ? nothing : this.#ofFolder(parent);
  }
}

/** Tells whether a URI is that of a file that configures this tool. */
export function isConfigurationFile(uri: string): boolean {
  return configurationFiles.some(name => uri.endsWith(`/${name}`));
}

const nothing: Promise<ProjectConfiguration> = Promise.resolve({
  root: null,
  configuration: emptyConfiguration,
});

/** The folder around a URI with a path, without the slash at its end; null above the highest. */
function parentOf(uri: string): string | null {
  const origin = /^[\w.+-]+:(?:\/\/[^/]*)?/.exec(uri)?.[0] ?? "";
  const hasPath = uri.charAt(origin.length) === "/";
  return hasPath ? uri.slice(0, uri.lastIndexOf("/")) : null;
}
