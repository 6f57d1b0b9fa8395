import { partitionPoint } from "#base";
import type { Block, ClassDef, FunctionDef, Lambda, Module, Node, NodeKind, NodeOf } from "./ast";

/** Tells whether there is a node and it is of one of the kinds. */
export function isA<K extends NodeKind>(
  node: Node | null | undefined,
  ...kinds: readonly K[]
): node is NodeOf<K> {
  return node !== null && node !== undefined && (kinds as readonly NodeKind[]).includes(node.kind);
}

/** Yields a node and all below it, in source order. Depth of nesting costs no stack. */
export function* walk(root: Node): Generator<Node, void> {
  const pending: Node[] = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    yield node;
    for (let i = node.children.length - 1; i >= 0; i--) {
      const child = node.children[i];
      if (child) pending.push(child);
    }
  }
}

/** Yields what runs when the node runs: as `walk`, without the bodies of functions and lambdas. */
export function* walkExecuted(root: Node): Generator<Node, void> {
  const pending: Node[] = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    yield node;
    const body = node !== root && isA(node, "FunctionDef", "Lambda") ? node.body : null;
    for (let i = node.children.length - 1; i >= 0; i--) {
      const child = node.children[i];
      if (child && child !== body) pending.push(child);
    }
  }
}

/** Yields the holders of a node, innermost first, without the node itself. */
export function* ancestors(node: Node): Generator<Node, void> {
  for (let holder = node.parent; holder; holder = holder.parent) yield holder;
}

/** The innermost function, lambda or module that holds a node. */
export function enclosingFunction(node: Node): FunctionDef | Lambda | Module | null {
  for (let holder = node.parent; holder; holder = holder.parent) {
    if (isA(holder, "FunctionDef", "Lambda", "Module")) return holder;
  }
  return null;
}

/** The class whose body holds the node directly, not through a function. */
export function enclosingClass(node: Node): ClassDef | null {
  for (let holder = node.parent; holder; holder = holder.parent) {
    if (holder.kind === "ClassDef") return holder;
    if (isA(holder, "FunctionDef", "Lambda")) return null;
  }
  return null;
}

/**
 * The innermost `for` or `while` that runs the node again and again, inside the same function. A
 * loop's iterable and its `else` run once and do not count.
 */
export function enclosingLoop(node: Node): NodeOf<"For" | "While"> | null {
  let below = node;
  for (let holder = node.parent; holder; holder = holder.parent) {
    if (isA(holder, "FunctionDef", "Lambda", "ClassDef")) return null;
    if (holder.kind === "For" && below === holder.body) return holder;
    if (holder.kind === "While" && (below === holder.body || below === holder.test)) return holder;
    below = holder;
  }
  return null;
}

/** The statement that a node is part of: the nearest holder that stands in a block or the module. */
export function enclosingStatement(node: Node): Node {
  let below = node;
  for (let holder = node.parent; holder; holder = holder.parent) {
    if (isA(holder, "Block", "Module")) return below;
    below = holder;
  }
  return below;
}

/** The statements that stand side by side with the given one, itself among them. */
export function siblings(statement: Node): Block["body"] {
  return isA(statement.parent, "Block", "Module") ? statement.parent.body : [];
}

/** The statement that follows the given one in its block. Does not go over those before it. */
export function siblingAfter(statement: Node): Node | undefined {
  const all: readonly Node[] = siblings(statement);
  const { start } = statement.span;
  // Where a statement is missing, one of no length may begin where the next one does.
  const from = partitionPoint(all, each => each.span.start < start);
  const place = all.indexOf(statement, from);
  return place < 0 ? undefined : all[place + 1];
}
