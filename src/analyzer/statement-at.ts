import type { Node } from "#syntax";

/** Finds the statement without a body that holds an offset; null in a compound statement's head. */
export function simpleStatementAt(module: Node, offset: number): Node | null {
  let node = module;
  for (let child = childAt(node, offset); child; child = childAt(node, offset)) {
    const isStatement = node.kind === "Module" || node.kind === "Block";
    if (isStatement && !child.children.some(hasBody)) return child;
    node = child;
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
