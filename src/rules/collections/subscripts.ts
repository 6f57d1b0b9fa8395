import { type Expression, isA, type Node, type Subscript } from "#syntax";

/** The number that an index or limit is written as: `3` or `-1`; null for everything else. */
export function numberOf(expression: Expression | null): number | null {
  if (isA(expression, "Unary") && expression.operator === "-") {
    const number = numberOf(expression.operand);
    return number === null ? null : -number;
  }
  if (!isA(expression, "Number") || !/^[0-9]+$/.test(expression.text)) return null;
  return Number(expression.text);
}

/** Tells whether an item is bound or deleted, and not read. */
export function isTarget(item: Subscript): boolean {
  let below: Node = item;
  let holder = item.parent;
  while (isA(holder, "Tuple", "List", "Starred")) {
    below = holder;
    holder = holder.parent;
  }
  if (isA(holder, "Assign")) return holder.targets.some(target => target === below);
  if (isA(holder, "AugmentedAssign", "AnnotatedAssign", "For", "ForClause", "WithItem")) {
    return holder.target === below;
  }
  return isA(holder, "Delete");
}
