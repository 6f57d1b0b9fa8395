import { readdir } from "node:fs/promises";
import type { PackageRecord } from "#profile";

/** An environment with more is cut; the largest that people use have some hundreds. */
const mostPackages = 5_000;

/**
 * Lists the packages in these folders, by the names of their `.dist-info` and `.egg-info`: nothing
 * is imported or opened. Of a package that is there twice the first counts, as it does for Python.
 * A folder that cannot be read has none. Never rejects.
 */
export async function readPackages(folders: readonly string[]): Promise<readonly PackageRecord[]> {
  const found = new Map<string, string>();
  for (const folder of folders) {
    for (const entry of await readdir(folder).catch(() => [])) {
      const installed = packageOf(entry);
      if (installed && !found.has(installed[0])) found.set(...installed);
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, mostPackages);
}

/** Reads `Name-1.0.dist-info` or `Name-1.0-py3.9.egg-info`; null for anything else. */
function packageOf(entry: string): PackageRecord | null {
  // A name that begins with `~` is what an interrupted uninstall leaves behind.
  const match = /^([^-~][^-]*)-([^-]+)(?:-py[\d.]+)?\.(?:dist|egg)-info$/.exec(entry);
  const [, name, version] = match ?? [];
  if (name === undefined || version === undefined) return null;
  return [name.toLowerCase().replace(/[-_.]+/g, "-"), version];
}
