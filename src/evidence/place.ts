import type { Saving } from "#rules";

/** Lines of a file, from 1, both ends inclusive. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** Where a finding is, as far as a run is concerned. */
export interface FindingPlace {
  /** Absolute path. */
  readonly file: string;
  /** The lines whose bytes are the finding's bytes; may overlap, in no order, at least one. */
  readonly lines: readonly LineRange[];
  /** What mending it saves. */
  readonly saves: Saving;
  /** The innermost function around it; null for code of the module itself. */
  readonly enclosing: LineRange | null;
}

/**
 * Gives a key that is equal for paths that name the same file: Windows writes one drive letter and
 * one separator in two ways.
 */
export function fileKey(path: string): string {
  if (!/^[a-z]:[\\/]/i.test(path)) return path;
  return path.replaceAll("\\", "/").toLowerCase();
}
