import { partitionPoint, type Span } from "#base";
import type { Binding, Reference } from "./scope";

/** The references of a name that stand in a span, in source order; does not go over the others. */
export function referencesIn({ references }: Binding, { start, end }: Span): readonly Reference[] {
  const first = partitionPoint(references, ({ node }) => node.span.start < start);
  const after = partitionPoint(references, ({ node }) => node.span.start < end);
  return references.slice(first, after);
}
