import type { Span } from "#base";
import type { FunctionDef, Module, Node } from "#syntax";

/** What one walk over a tree finds. */
export interface Walk {
  /** Every function, in source order. */
  readonly functions: readonly FunctionDef[];
  /** The parts in which nothing is reported, in source order; empty when the file is valid. */
  readonly broken: readonly Span[];
}

/**
 * How far a syntax error reaches. A function with an error in it is quiet as a whole, and so is a
 * statement outside functions; what stands beside it is not. Below an error that belongs to no
 * function, only functions that came out whole are looked at: the rest has lost its context.
 */
type State = "open" | "fragment" | "quiet";

/**
 * Visits each node that a rule may look at, parents before children and in source order. The module
 * is always visited. Uses no recursion, since code may be nested deeper than the stack.
 */
export function walk(module: Module, visit: (node: Node) => void): Walk {
  const functions: FunctionDef[] = [];
  const broken: Span[] = [];
  const nodes: Node[] = [module];
  const states: State[] = ["open"];
  for (let node = nodes.pop(); node; node = nodes.pop()) {
    const inherited = states.pop() ?? "open";
    const state = stateOf(node, inherited);
    if (node.kind === "FunctionDef") functions.push(node);
    if (state === "quiet" && inherited !== "quiet") broken.push(node.span);
    if (node.kind === "Module" || (state === "open" && !node.isBroken)) visit(node);
    const { children } = node;
    for (let i = children.length - 1; i >= 0; i--) {
      const child = children[i];
      if (!child) continue;
      nodes.push(child);
      states.push(state);
    }
  }
  return { functions, broken };
}

function stateOf(node: Node, inherited: State): State {
  if (inherited === "quiet") return "quiet";
  switch (node.kind) {
    case "Module":
    case "ClassDef":
    case "Block":
      return inherited;
    case "Unknown":
      return node.isBroken || inherited === "fragment" ? "fragment" : inherited;
    case "FunctionDef":
      return node.isBroken ? "quiet" : "open";
    default:
      return node.isBroken || inherited === "fragment" ? "quiet" : inherited;
  }
}
