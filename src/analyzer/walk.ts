import { lineAt, type LineMap, positionAt } from "#base";
import type { FunctionDef, Node, NodeKind, Segment, SourceFile } from "#syntax";

/** What one walk over a segment finds. */
export interface Walk {
  /** Every function, in source order. */
  readonly functions: readonly FunctionDef[];
  /** The parts in which nothing is reported, in source order; empty when the segment is valid. */
  readonly broken: readonly Node[];
}

/**
 * How far a syntax error reaches. A function with an error in it is quiet as a whole, and so is a
 * statement outside functions; what stands beside it is not. Below an error that belongs to no
 * function, only functions that came out whole are looked at: the rest has lost its context.
 */
type State = "open" | "fragment" | "quiet";

/**
 * Visits each node of a segment that a rule may look at, parents before children and in source
 * order; the members of its class have segments of their own. Uses no recursion, since code may be
 * nested deeper than the stack.
 */
export function walkSegment(
  segment: Segment,
  surroundings: Surroundings,
  visit: (node: Node) => void,
): Walk {
  const isWhole = segment.isRegular && !segment.statements.some(({ isBroken }) => isBroken);
  return (isWhole ? walkWhole : walkBroken)(segment, surroundings, visit);
}

/** What the walks over the segments of a file share. */
export interface Surroundings {
  /** Its lines are counted only where it is broken. */
  readonly file: SourceFile;
  /** Of the nodes to visit. */
  readonly kinds: ReadonlySet<NodeKind>;
  /** Room for the nodes that are still to be visited: a list that grows anew costs each segment. */
  readonly pending: Node[];
}

/** Nearly all segments are valid, and then every node is visited. */
function walkWhole(
  segment: Segment,
  { kinds, pending }: Surroundings,
  visit: (node: Node) => void,
): Walk {
  const functions: FunctionDef[] = [];
  const members = membersOf(segment);
  let size = addReversed(segment.statements, pending, 0);
  while (size > 0) {
    size--;
    const node = pending[size];
    if (!node) continue;
    const { kind } = node;
    if (kind === "FunctionDef") functions.push(node);
    if (kinds.has(kind)) visit(node);
    // A third of all nodes are names.
    if (kind !== "Name" && node !== members) size = addReversed(node.children, pending, size);
  }
  return { functions, broken: none };
}

const none: readonly never[] = [];

/** Puts nodes behind the first `size` of a list; gives how many there are now. */
function addReversed(nodes: readonly Node[], to: Node[], size: number): number {
  let end = size;
  for (let i = nodes.length - 1; i >= 0; i--) {
    const node = nodes[i];
    if (node) to[end++] = node;
  }
  return end;
}

function membersOf({ inner }: Segment): Node | null {
  return inner?.node?.kind === "ClassDef" ? inner.node.body : null;
}

function walkBroken(
  segment: Segment,
  { file, kinds }: Surroundings,
  visit: (node: Node) => void,
): Walk {
  const { lines } = file;
  const functions: FunctionDef[] = [];
  const broken: Node[] = [];
  const nodes: Node[] = [...segment.statements].reverse();
  const states: State[] = nodes.map(node =>
    !segment.isRegular && hasLostItsHead(node, segment, lines) ? "quiet" : "open",
  );
  for (const [index, state] of states.entries()) {
    const node = nodes[index];
    if (state === "quiet" && node) broken.push(node);
  }
  broken.reverse();
  const members = membersOf(segment);
  for (let node = nodes.pop(); node; node = nodes.pop()) {
    const inherited = states.pop() ?? "open";
    const state = stateOf(node, inherited);
    if (node.kind === "FunctionDef") functions.push(node);
    if (state === "quiet" && inherited !== "quiet") broken.push(node);
    if (state === "open" && !node.isBroken && kinds.has(node.kind)) visit(node);
    if (node === members) continue;
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
 * Whether a statement of the module or of a class stands deeper than those around it: then the
 * parser lost the `def` or `if` that it belongs to.
 */
function hasLostItsHead(node: Node, { container }: Segment, lines: LineMap): boolean {
  const { column, line } = positionAt(lines, node.span.start);
  // Statements after a semicolon stand on the line of another one.
  return column > container.column && startsLine(node, line, lines);
}

function startsLine(node: Node, line: number, lines: LineMap): boolean {
  const siblings = node.parent?.children ?? [];
  const before = siblings[siblings.indexOf(node) - 1];
  return !before || lineAt(lines, before.span.end) !== line;
}
