import { dirname } from "node:path";
import { type AnalyzerSettings, settingsForFile } from "#analyzer";
import { below, type Configurations } from "#files";

/** A file to be checked, with its settings: plain data, so that it can cross to a worker. */
export interface FileJob {
  /** Absolute. */
  readonly path: string;
  readonly settings: AnalyzerSettings;
}

/** Gives each file the settings of its project. Files with the same settings share one object. */
export function jobsFor(
  files: readonly string[],
  configurations: Configurations,
): readonly FileJob[] {
  const shared = new Map<string, AnalyzerSettings>();
  const jobs: FileJob[] = [];
  for (const path of files) {
    const { configuration, root } = configurations.of(dirname(path));
    const settings = settingsForFile(configuration, below(root, path));
    const key = JSON.stringify(settings);
    const known = shared.get(key);
    if (!known) shared.set(key, settings);
    jobs.push({ path, settings: known ?? settings });
  }
  return jobs;
}
