import { ancestors, isA, type Node } from "#syntax";

/**
 * Tells whether code stands between the braces of an f-string: before Python 3.12 it may hold neither
 * the quotes of the string nor a backslash, so a fix that writes one is not for there.
 */
export function isInString(node: Node): boolean {
  for (const holder of ancestors(node)) if (isA(holder, "String")) return true;
  return false;
}
