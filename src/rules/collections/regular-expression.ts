import { type Expression, isA } from "#syntax";

/**
 * The number of groups that a regular expression has, written out as one `str`. Null where it is not,
 * and for what makes counting more than that: escapes of Python's own, comments and conditions.
 */
export function groupCount(pattern: Expression): number | null {
  if (!isA(pattern, "String") || pattern.isBytes || pattern.raw === null) return null;
  const { raw, prefix } = pattern;
  if (raw.includes("\\") && !prefix.includes("r")) return null;
  if (raw.includes("#") || raw.includes("(?(")) return null;
  // What stands in brackets or behind a backslash is a character, not a group.
  const plain = raw.replace(/\\[^]/g, "").replace(/\[\^?\]?[^\]]*\]/g, "");
  return plain.match(/\((?!\?)|\(\?P</g)?.length ?? 0;
}
