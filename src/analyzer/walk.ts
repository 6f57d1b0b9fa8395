import { lineAt, type LineMap, positionAt, type Span } from "#base";
import type { FunctionDef, Node, SourceFile } from "#syntax";

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
export function walk({ module, lines }: SourceFile, visit: (node: Node) => void): Walk {
  const functions: FunctionDef[] = [];
  const broken: Span[] = [];
  const nodes: Node[] = [module];
  const states: State[] = ["open"];
  for (let node = nodes.pop(); node; node = nodes.pop()) {
    const inherited = states.pop() ?? "open";
    const isLost = module.isBroken && inherited !== "quiet" && hasLostItsHead(node, lines);
    const state = isLost ? "quiet" : stateOf(node, inherited);
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

/**
 * Whether a statement of the module or of a class stands deeper than the first one there: then the
 * parser lost the `def` or `if` that it belongs to.
 */
function hasLostItsHead(node: Node, lines: LineMap): boolean {
  const { parent } = node;
  if (!parent) return false;
  const isInClass = parent.kind === "Block" && parent.parent?.kind === "ClassDef";
  if (parent.kind !== "Module" && !isInClass) return false;
  const { line, column } = positionAt(lines, node.span.start);
  const [first] = parent.children;
  const expected =
    isInClass && first ? positionAt(lines, first.span.start) : { line: -1, column: 0 };
  // Statements after a semicolon stand on the line of another one.
  return column > expected.column && line !== expected.line && startsLine(node, lines);
}

function startsLine(node: Node, lines: LineMap): boolean {
  const siblings = node.parent?.children ?? [];
  const before = siblings[siblings.indexOf(node) - 1];
  if (!before) return true;
  return lineAt(lines, before.span.end) !== lineAt(lines, node.span.start);
}
