/** The part behind the last dot of each qualified name: what a rule's `calls` are written as. */
export function lastNames(qualified: Iterable<string>): string[] {
  return Array.from(qualified, name => name.slice(name.lastIndexOf(".") + 1));
}
