import { isA, type Node } from "#syntax";

/** Tells whether a node is what is stored into or deleted, alone or as a part of a target. */
export function isStored(node: Node): boolean {
  let below = node;
  let holder = node.parent;
  while (isA(holder, "Tuple", "List", "Starred")) {
    below = holder;
    holder = holder.parent;
  }
  if (isA(holder, "Assign")) return holder.targets.some(target => target === below);
  if (isA(holder, "AugmentedAssign", "AnnotatedAssign", "For", "ForClause", "WithItem")) {
    return holder.target === below;
  }
  return holder?.kind === "Delete";
}
