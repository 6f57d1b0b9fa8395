import type { Node } from "#syntax";
import { isA, walk } from "#syntax";

/**
 * Tells whether evaluating the node may run other code or change something: a call, `await`,
 * `yield` or a walrus. Operators and attributes may too, through a class's own methods; no rule
 * treats those as effects, and pages say so.
 */
export function hasEffects(node: Node): boolean {
  for (const each of walk(node)) {
    if (isA(each, "Call", "Await", "Yield", "NamedExpression", "Unknown")) return true;
  }
  return false;
}

/** Tells whether two expressions are written alike, token by token: `self.rows` and `self.rows`. */
export function isSameExpression(a: Node, b: Node): boolean {
  // Most differ at once, so that nothing is looked at but the first difference, and nothing made.
  if (a.kind !== b.kind) return false;
  if (a.kind === "Name") return tokenOf(a) === tokenOf(b);
  const pending: [Node, Node][] = [[a, b]];
  for (let pair = pending.pop(); pair; pair = pending.pop()) {
    const [left, right] = pair;
    if (left.kind !== right.kind || tokenOf(left) !== tokenOf(right)) return false;
    const [inLeft, inRight] = [left.children, right.children];
    if (inLeft.length !== inRight.length) return false;
    for (const [index, child] of inLeft.entries()) {
      const other = inRight[index];
      if (other) pending.push([child, other]);
    }
  }
  return true;
}

function tokenOf(node: Node): string | null {
  if (node.kind === "Name" || node.kind === "Number") return node.text;
  if (node.kind === "String")
    return node.raw === null ? `?${node.span.start}` : node.prefix + node.raw;
  if (node.kind === "Constant") return node.value;
  if ("operator" in node) return node.operator;
  if ("operators" in node) return node.operators.join(" ");
  return null;
}
