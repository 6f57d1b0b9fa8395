import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  type Configuration,
  configurationFiles,
  emptyConfiguration,
  readConfiguration,
} from "#analyzer";
import { reasonOf } from "./reason";

/** The configuration of a folder, its own or that of the nearest folder above. */
export interface FolderConfiguration {
  /** The folder that patterns are relative to; absolute. */
  readonly root: string;
  /** The file that it comes from; null when there is none. */
  readonly file: string | null;
  readonly configuration: Configuration;
}

/** What is wrong with a configuration file. */
export interface FileProblem {
  /** Absolute. */
  readonly path: string;
  /** From 0. */
  readonly line: number;
  readonly text: string;
}

/** Where configuration comes from, and what goes before it. */
export interface ConfigurationOptions {
  /** Absolute; the folder of patterns where no file is found. */
  readonly cwd: string;
  /** `none` reads no file; a path is the one file for all folders. */
  readonly from?: "nearest" | "none" | { readonly file: string };
  /** Lays what the user says elsewhere over a file's configuration. */
  readonly override?: (configuration: Configuration, root: string) => Configuration;
}

/** The configurations of folders. A file is read when a folder below it is asked for, once. */
export class Configurations {
  /** What is wrong with the files read so far. */
  readonly problems: FileProblem[] = [];
  readonly #options: ConfigurationOptions;
  /** By folder; what changes on disk later is not seen. */
  readonly #known = new Map<string, FolderConfiguration>();

  constructor(options: ConfigurationOptions) {
    this.#options = options;
  }

  /**
   * Gives the configuration that counts for the files of a folder. Never throws: a file with
   * problems counts as empty. `names` are the folder's entries, where they are known.
   */
  of(folder: string, names?: ReadonlySet<string>): FolderConfiguration {
    const { from = "nearest" } = this.#options;
    const key = from === "nearest" ? folder : "";
    const known = this.#known.get(key);
    if (known) return known;
    const found = this.#find(folder, names);
    this.#known.set(key, found);
    return found;
  }

  #find(folder: string, names?: ReadonlySet<string>): FolderConfiguration {
    const { from = "nearest" } = this.#options;
    if (from === "nearest") return this.#search(folder, names);
    return from === "none" ? this.#without() : this.#named(from.file);
  }

  #search(folder: string, names?: ReadonlySet<string>): FolderConfiguration {
    for (const name of configurationFiles) {
      if (names && !names.has(name)) continue;
      const reading = this.#read(join(folder, name), folder);
      if (reading.kind === "found") return reading.found;
      // A project that says nothing of this tool still says which Python it needs.
      if (reading.kind === "none" && reading.target) {
        const above = this.#ofParent(folder);
        return above.file === null ? this.#without(reading.target) : above;
      }
    }
    return this.#ofParent(folder);
  }

  #ofParent(folder: string): FolderConfiguration {
    const parent = dirname(folder);
    return parent === folder ? this.#without() : this.of(parent);
  }

  #named(path: string): FolderConfiguration {
    const reading = this.#read(path, this.#options.cwd);
    if (reading.kind === "found") return reading.found;
    const text =
      reading.kind === "none"
        ? "has no table tool.memory-insights"
        : `cannot be read (${reading.reason})`;
    this.problems.push({ path, line: 0, text });
    return this.#without();
  }

  #read(path: string, root: string): Reading {
    let text: string;
    try {
      text = readFileSync(path, "utf8");
    } catch (error) {
      // Most folders have none.
      return { kind: "absent", reason: reasonOf(error) };
    }
    const reading = readConfiguration(text, path);
    if (reading.kind === "none") return reading;
    if (reading.kind === "problems") {
      this.problems.push(...reading.problems.map(problem => ({ path, ...problem })));
    }
    const isRead = reading.kind === "configuration";
    const configuration = isRead ? reading.configuration : emptyConfiguration;
    return { kind: "found", found: this.#finish({ root, file: path, configuration }) };
  }

  #without(target: Configuration["target"] = null): FolderConfiguration {
    const configuration = { ...emptyConfiguration, target };
    return this.#finish({ root: this.#options.cwd, file: null, configuration });
  }

  #finish(found: FolderConfiguration): FolderConfiguration {
    const { override } = this.#options;
    if (!override) return found;
    return { ...found, configuration: override(found.configuration, found.root) };
  }
}

type Reading =
  | { readonly kind: "found"; readonly found: FolderConfiguration }
  | { readonly kind: "none"; readonly target: Configuration["target"] }
  | { readonly kind: "absent"; readonly reason: string };
