import type { LanguageRunTarget } from "#protocol";

/** The innermost target around a line, from 0. */
export function targetAt(
  targets: readonly LanguageRunTarget[],
  line: number,
): LanguageRunTarget | null {
  const around = targets.filter(({ range }) => range.start.line <= line && line <= range.end.line);
  return around.reduce<LanguageRunTarget | null>(
    (inner, each) => (inner && inner.range.start.line >= each.range.start.line ? inner : each),
    null,
  );
}
