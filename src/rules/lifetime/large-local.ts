import {
  type Binding,
  isInFunction,
  isQuietCall,
  largeKind,
  type Model,
  valueUse,
} from "#semantics";
import {
  type Expression,
  isA,
  type Name,
  type Node,
  type NodeOf,
  siblings,
  walkExecuted,
} from "#syntax";
import { indentOf, isAlone, lineEnd } from "../reindent";
import type { Fix } from "../rule";

/** A local name that a large value is bound to, and that alone holds it. */
export interface LargeLocal {
  readonly name: Name;
  /** The statements among which it is bound and used, in order. */
  readonly block: readonly Node[];
  /** Index in `block` of the statement that binds it. */
  readonly first: number;
  /** Index in `block` of the last statement that reads it. */
  readonly last: number;
}

/** The large local that an assignment makes; null where the value goes elsewhere, or is deleted. */
export function largeLocal(assignment: NodeOf<"Assign">, model: Model): LargeLocal | null {
  const [name, second] = assignment.targets;
  if (!isA(name, "Name") || second || !isMade(assignment.value)) return null;
  const kind = largeKind(assignment.value, model);
  const binding = kind && model.bindingOf(name);
  if (binding?.scope.kind !== "function" || !isBoundOnce(binding)) return null;
  const reads = binding.references.filter(({ use }) => use === "read").map(({ node }) => node);
  if (reads.length === 0 || reads.some(read => !isUsedUp(read, kind === "text", model)))
    return null;
  const home = outOfWith(assignment, model);
  const block: readonly Node[] = siblings(home);
  const first = block.indexOf(home);
  const places = reads.map(read => block.indexOf(statementIn(home.parent, read)));
  const last = Math.max(...places);
  return first < 0 || Math.min(...places) < first ? null : { name, block, first, last };
}

/** The statement of a block in which a node stands; another node when it stands elsewhere. */
function statementIn(block: Node | null, node: Node): Node {
  let below = node;
  while (below.parent && below.parent !== block) below = below.parent;
  return below;
}

/** Whether a value is made where it stands, in one of the ways in which large ones are. */
export function isMade(value: Expression): boolean {
  switch (value.kind) {
    case "Binary":
      return value.operator === "*";
    case "Call":
    case "ListComprehension":
    case "SetComprehension":
    case "DictComprehension":
      return true;
    default:
      return false;
  }
}

function isBoundOnce({ references, writes }: Binding): boolean {
  return writes.length === 1 && references.every(isInFunction);
}

const changes: ReadonlySet<string> = new Set(["changed", "grown", "item-set", "shrunk"]);

/** Whether a use leaves nobody else with the value. */
function isUsedUp(read: Name, isText: boolean, model: Model): boolean {
  const { kind, at } = valueUse(read, model);
  if (kind === "read") return !isSlice(at) || isText;
  if (changes.has(kind)) return true;
  if (kind !== "passed" || !isA(at, "Call")) return false;
  if (isText && isA(at.callee, "Attribute") && at.callee.object === read) return true;
  // What a call gives back may hold what it was given; one that gives back nothing rarely does.
  return isQuietCall(at, model) || isA(at.parent, "ExpressionStatement");
}

/** A slice of an array is a view of it. */
function isSlice(use: Node): boolean {
  return isA(use, "Subscript") && isA(use.index, "Slice");
}

/** The outermost `with` of an open file around a statement, else itself: neither skips what follows. */
function outOfWith(statement: Node, model: Model): Node {
  let home = statement;
  for (;;) {
    const holder = home.parent?.parent;
    if (!isA(holder, "With") || holder.body !== home.parent) return home;
    if (!holder.items.every(({ context }) => model.typeOf(context) === "file")) return home;
    home = holder;
  }
}

/** Tells whether something large is made after the last use, so that to delete the name pays. */
export function isOutlived({ block, last }: LargeLocal, model: Model): boolean {
  for (const statement of block.slice(last + 1)) {
    for (const node of walkExecuted(statement)) {
      if (isA(node, "Assign") && isMade(node.value) && largeKind(node.value, model)) return true;
    }
  }
  return false;
}

/** Deletes a local after its last use; null where the line is shared. */
export function deleteAfterUse({ name, block, last }: LargeLocal, model: Model): Fix | null {
  const statement = block[last];
  if (!statement || !isAlone(statement, model)) return null;
  const at = lineEnd(statement.span.end, model.file);
  const text = `\n${indentOf(statement, model)}del ${name.text}`;
  return {
    title: `Delete \`${name.text}\` after its last use`,
    safety: "review",
    changes: "the value ends here, unless something else holds it",
    edits: [{ span: { start: at, end: at }, text }],
  };
}
