import type { Span } from "#base";
import type { Node } from "./node";

/**
 * The tree of one Python file. Kinds follow Python's own `ast` where it has them; what `ast` leaves
 * out and a fix needs (brackets, trailing commas, decorators' places) is kept.
 */
export interface Base<K extends string> {
  readonly kind: K;
  /** Offsets into the text of the file. */
  readonly span: Span;
  /** Null only for the module. */
  readonly parent: Node | null;
  /** All child nodes in source order, whichever field holds them. */
  readonly children: readonly Node[];
  /** True when the node or something below it is not valid Python. */
  readonly isBroken: boolean;
}
