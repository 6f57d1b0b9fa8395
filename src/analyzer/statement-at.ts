import type { Node, SourceFile } from "#syntax";

/**
 * Gives the offset behind what a line's end is said of: the simple statement or the decorator that
 * holds an offset, or the head of a compound statement up to its colon. Null where there is none.
 */
export function statementEndAt(file: SourceFile, offset: number): number | null {
  let node: Node = file.module;
  for (let child = childAt(node, offset); child; child = childAt(node, offset)) {
    const isStatement = node.kind === "Module" || node.kind === "Block";
    const isWhole = !child.children.some(hasBody);
    if (isWhole && (isStatement || child.kind === "Decorator")) return child.span.end;
    if (isWhole && !hasBody(child)) return headEnd(file, node);
    node = child;
  }
  // Between the parts of a head, as at its keyword.
  return headEnd(file, node);
}

/** Gives the offset behind the colon of a head; what stands there after its last part has no other. */
function headEnd(file: SourceFile, { span, children }: Node): number | null {
  const bodyIndex = children.findIndex(hasBody);
  const body = children[bodyIndex];
  if (!body) return null;
  const start = children[bodyIndex - 1]?.span.end ?? span.start;
  const rest = file.slice(start, body.span.start);
  for (const { 0: text, index } of rest.matchAll(/#[^\r\n]*|:/g)) {
    if (text === ":") return start + index + 1;
  }
  return null;
}

/** Finds the child that holds an offset, in logarithmic time; children stand in source order. */
export function childAt({ children }: Node, offset: number): Node | null {
  let low = 0;
  let high = children.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((children[middle]?.span.start ?? Infinity) <= offset) low = middle + 1;
    else high = middle;
  }
  const child = children[low - 1];
  return child && offset < child.span.end ? child : null;
}

/** Tells whether a node brings a body to the compound statement that it is a part of. */
export function hasBody(node: Node): boolean {
  return node.kind === "Block" || node.kind === "MatchCase" || node.kind === "ExceptHandler";
}
