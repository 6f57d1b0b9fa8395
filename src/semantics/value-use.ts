import {
  type BooleanOperation,
  type Call,
  type Conditional,
  type Expression,
  isA,
  type Node,
  type NodeKind,
  type Subscript,
} from "#syntax";
import type { Names } from "./names";
import {
  changingMethods,
  copyingMethods,
  growingFunctions,
  growingMethods,
  keepingMethods,
  readingFunctions,
  readingMethods,
  shrinkingFunctions,
  shrinkingMethods,
} from "./known-methods";

/** What the code around a value does with it. */
export type ValueUseKind =
  /** Looked at or copied; nobody keeps it. */
  | "read"
  /** `x[key] = value`, also where the key is old. */
  | "item-set"
  /** Something is put in: `x.append(v)`, `x += v`. */
  | "grown"
  /** Something is taken out, or may be. */
  | "shrunk"
  /** Changed in another way: sorted, a slice replaced, an item augmented. */
  | "changed"
  /** Bound to a name: `y = x`. */
  | "named"
  /** The name or attribute itself gets or loses a value. */
  | "rebound"
  /** Put into an attribute, an item, a display, a default or another container. */
  | "stored"
  | "returned"
  /** Given to a call of which nothing is known, or used in a way that is not known. */
  | "passed";

/** One use of a value. */
export interface ValueUse {
  readonly kind: ValueUseKind;
  /** What uses it: the call, statement or display. */
  readonly at: Node;
  /** True when an item of the value is used so, and not the value: `x[key].append(v)`. */
  readonly isNested: boolean;
}

/**
 * Tells what happens to a container where it stands. It looks at the expression and the statement
 * around it only: to follow a name that the value is bound to is for the caller.
 */
export function valueUse(value: Expression, names: Pick<Names, "qualifiedName">): ValueUse {
  let flowing: Expression = value;
  for (let holder = value.parent; holder; holder = holder.parent) {
    if (isPassedOn(flowing, holder)) {
      flowing = holder;
      continue;
    }
    if (isA(holder, "Subscript") && holder.object === flowing) return itemUse(holder, names);
    if (isA(holder, "Tuple", "List", "Set")) return elementUse(holder, names);
    return { kind: kindAt(flowing, holder, names), at: placeOf(flowing, holder), isNested: false };
  }
  return { kind: "passed", at: value, isNested: false };
}

/** `a or b` and `a if c else b` give one of their operands. */
function isPassedOn(value: Expression, holder: Node): holder is BooleanOperation | Conditional {
  if (holder.kind === "Boolean") return true;
  return holder.kind === "Conditional" && holder.test !== value;
}

function placeOf(value: Expression, holder: Node): Node {
  if (isA(holder, "Argument") && holder.parent) return holder.parent;
  if (isMethodCall(value, holder)) return holder.parent;
  return holder;
}

function isMethodCall(value: Node, holder: Node): holder is Node & { readonly parent: Call } {
  return (
    isA(holder, "Attribute") &&
    holder.object === value &&
    isA(holder.parent, "Call") &&
    holder.parent.callee === holder
  );
}

/** Places where a value is looked at, whichever field it stands in. */
const readingKinds: ReadonlySet<NodeKind> = new Set<NodeKind>([
  "Binary",
  "Unary",
  "Compare",
  "String",
  "Slice",
  "Subscript",
  "Starred",
  "ForClause",
  "IfClause",
  "If",
  "While",
  "Match",
  "ExpressionStatement",
  "Conditional",
]);

const storingKinds: ReadonlySet<NodeKind> = new Set<NodeKind>([
  "Parameter",
  "ListComprehension",
  "SetComprehension",
  "DictComprehension",
  "Generator",
]);

function kindAt(
  value: Expression,
  holder: Node,
  names: Pick<Names, "qualifiedName">,
): ValueUseKind {
  if (readingKinds.has(holder.kind)) return "read";
  if (storingKinds.has(holder.kind)) return "stored";
  switch (holder.kind) {
    case "Return":
    case "Yield":
    case "Lambda":
      return holder.kind === "Yield" && holder.isFrom ? "read" : "returned";
    case "Assign":
      return holder.value === value ? boundKind(holder.targets) : "rebound";
    case "AnnotatedAssign":
      return holder.value === value ? boundKind([holder.target]) : "rebound";
    case "NamedExpression":
      return "named";
    case "AugmentedAssign":
      return augmentedKind(value, holder.target, holder.operator);
    case "For":
      return holder.iterable === value ? "read" : "rebound";
    case "Delete":
      return "rebound";
    case "WithItem":
      return holder.target === value ? "rebound" : "passed";
    case "DictEntry":
      return holder.key === null ? "read" : "stored";
    case "Assert":
      return holder.test === value ? "read" : "passed";
    case "Attribute":
      return isMethodCall(value, holder) ? methodKind(holder.name.text) : "passed";
    case "Argument":
      return holder.shape === "star" || holder.shape === "doubleStar"
        ? "read"
        : argumentKind(holder.parent, names);
    default:
      return "passed";
  }
}

function boundKind(targets: readonly Expression[]): ValueUseKind {
  if (targets.some(target => isA(target, "Attribute", "Subscript"))) return "stored";
  // `a, b = x` takes the items out; only a plain name holds the value itself.
  return targets.some(target => target.kind === "Name") ? "named" : "read";
}

function augmentedKind(value: Expression, target: Expression, operator: string): ValueUseKind {
  if (target !== value) return "read";
  if (operator === "+=" || operator === "|=") return "grown";
  return "shrunk";
}

function methodKind(method: string): ValueUseKind {
  if (growingMethods.has(method)) return "grown";
  if (shrinkingMethods.has(method)) return "shrunk";
  if (changingMethods.has(method)) return "changed";
  return readingMethods.has(method) ? "read" : "passed";
}

function argumentKind(call: Node | null, names: Pick<Names, "qualifiedName">): ValueUseKind {
  if (!isA(call, "Call")) return "passed";
  const name = names.qualifiedName(call.callee);
  if (name !== null) {
    if (readingFunctions.has(name)) return "read";
    if (growingFunctions.has(name)) return "grown";
    if (shrinkingFunctions.has(name)) return "shrunk";
    return "passed";
  }
  if (call.callee.kind !== "Attribute") return "passed";
  const method = call.callee.name.text;
  if (copyingMethods.has(method) || method.startsWith("assert")) return "read";
  return keepingMethods.get(method) === call.args.length ? "stored" : "passed";
}

/** What becomes of a value in a display is what becomes of the display; bound to a name it is kept. */
function elementUse(display: Expression, names: Pick<Names, "qualifiedName">): ValueUse {
  const outer = valueUse(display, names);
  const isSeen = outer.kind === "read" || outer.kind === "returned" || outer.kind === "passed";
  return isSeen ? outer : { kind: "stored", at: display, isNested: false };
}

const changes: ReadonlySet<ValueUseKind> = new Set<ValueUseKind>([
  "grown",
  "shrunk",
  "changed",
  "item-set",
]);

/** What `x[key]` means for `x`: a store, a deletion, or whatever is done to the item itself. */
function itemUse(item: Subscript, names: Pick<Names, "qualifiedName">): ValueUse {
  const holder = item.parent;
  const at = holder ?? item;
  const isSlice = item.index.kind === "Slice";
  if (isA(holder, "Delete")) return { kind: "shrunk", at, isNested: false };
  if (isA(holder, "AugmentedAssign") && holder.target === item) {
    return { kind: "changed", at, isNested: false };
  }
  if (isStoreTarget(item, holder)) {
    return { kind: isSlice ? "changed" : "item-set", at, isNested: false };
  }
  if (isSlice) return { kind: "read", at: item, isNested: false };
  const inner = valueUse(item, names);
  if (changes.has(inner.kind)) return { ...inner, isNested: true };
  return { kind: "read", at: item, isNested: false };
}

function isStoreTarget(item: Expression, holder: Node | null): boolean {
  let below: Node = item;
  let above = holder;
  // `a[0], b = pair` stores through a tuple.
  while (isA(above, "Tuple", "List", "Starred")) {
    below = above;
    above = above.parent;
  }
  switch (above?.kind) {
    case "Assign":
      return above.targets.some(target => target === below);
    case "AnnotatedAssign":
    case "For":
    case "ForClause":
    case "WithItem":
      return above.target === below;
    default:
      return false;
  }
}
