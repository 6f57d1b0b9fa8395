import {
  type Call,
  type Expression,
  isA,
  type Node,
  type NodeOf,
  walk,
  walkExecuted,
} from "#syntax";
import type { Model } from "./model";
import { isInFunction, isOwned } from "./owned";
import { isQuietCall } from "./quiet-calls";
import type { Binding, Reference } from "./scope";
import { valueUse } from "./value-use";

/** Code that would run later, and the code that would run before or between. */
export interface Delay {
  /** What makes the elements: iterables, conditions, element. */
  readonly parts: readonly Node[];
  /** Names that the parts themselves bind anew for each element. */
  readonly targets: ReadonlySet<Binding>;
  /** What runs from where the elements are made now until the last one is used. */
  readonly meanwhile: readonly Node[];
}

/**
 * Tells whether elements could be made one by one while other code runs, with the same values and
 * the same visible effects: the two must not have effects both, and what one reads the other must
 * leave alone. Says no where it does not know.
 */
export function canDelay(delay: Delay, model: Model): boolean {
  const parts = delay.parts.flatMap(part => [...walk(part)]);
  if (parts.some(isTiedToPlace)) return false;
  const read = namesRead(parts, delay.targets, model);
  const isLoud = parts.some(each => isA(each, "Call") && !isQuietCall(each, model));

  let mayChangeAnything = false;
  for (const node of delay.meanwhile.flatMap(each => [...walkExecuted(each)])) {
    const effect = effectOf(node, read, model);
    if (effect === "conflict") return false;
    mayChangeAnything ||= effect === "anything";
    if (isLoud && (effect === "anything" || effect === "output")) return false;
    if (isLoud && isA(node, "Name") && isIn(read, node, model)) return false;
  }
  if (!mayChangeAnything) return true;
  return (
    !parts.some(part => readsInside(part, model)) &&
    [...read].every(binding => isOwned(binding, model))
  );
}

/** Tells whether code may stand in a comprehension, and means the same there. */
export function canStandInComprehension(code: Node): boolean {
  for (const node of walk(code)) if (isTiedToPlace(node)) return false;
  return true;
}

function isTiedToPlace(node: Node): boolean {
  return isA(node, "Await", "Yield", "NamedExpression", "Lambda", "Unknown");
}

/**
 * Whether a node reads what others may change: attributes and items belong to objects that others may
 * know as well, and a name that nothing binds here may be anything. Methods are told by their names.
 */
function readsInside(node: Node, model: Model): boolean {
  const { parent } = node;
  if (isA(node, "Subscript")) return true;
  if (isA(node, "Attribute")) {
    return model.qualifiedName(node) === null && !(isA(parent, "Call") && parent.callee === node);
  }
  if (!isA(node, "Name") || model.referenceOf(node) || model.builtinName(node) !== null)
    return false;
  return !isA(parent, "Attribute", "Argument") || parent.name !== node;
}

/** The names on whose values the parts rest: no targets, functions, classes or modules. */
function namesRead(
  parts: readonly Node[],
  targets: ReadonlySet<Binding>,
  model: Model,
): ReadonlySet<Binding> {
  const read = new Set<Binding>();
  for (const node of parts) {
    const reference = isA(node, "Name") ? model.referenceOf(node) : null;
    if (!reference || targets.has(reference.binding)) continue;
    if (reference.binding.scope.kind === "comprehension") continue;
    if (!isFixed(reference, model)) read.add(reference.binding);
  }
  return read;
}

/** Functions and classes stay as they are; what is imported may be data: `os.environ`. */
function isFixed({ node, binding }: Reference, model: Model): boolean {
  const { writes } = binding;
  if (writes.some(({ form }) => form === "import") && !isCalled(node, model)) return false;
  return (
    writes.length > 0 &&
    writes.every(({ form }) => form === "function" || form === "class" || form === "import")
  );
}

/** Whether a name, or a member of it, is called or given to `isinstance`. */
function isCalled(name: NodeOf<"Name">, model: Model): boolean {
  let member: Node = name;
  while (isA(member.parent, "Attribute")) member = member.parent;
  const { parent } = member;
  if (isA(parent, "Call")) return parent.callee === member;
  return (
    isA(parent, "Argument") &&
    isA(parent.parent, "Call") &&
    model.builtinName(parent.parent.callee) === "isinstance"
  );
}

/** Effects on what lies outside: `local` changes only what no other code can see. */
type Effect = "none" | "local" | "output" | "anything" | "conflict";

function effectOf(node: Node, read: ReadonlySet<Binding>, model: Model): Effect {
  switch (node.kind) {
    case "Name": {
      const reference = model.referenceOf(node);
      if (!reference || reference.use === "read") return "none";
      if (read.has(reference.binding)) return "conflict";
      const { scope, references } = reference.binding;
      if (scope.kind === "comprehension") return "none";
      return scope.kind === "function" && references.every(isInFunction) ? "local" : "anything";
    }
    case "Attribute":
    case "Subscript":
      return isTarget(node) ? changeOf(node.object, read, model) : "none";
    case "Call":
      return callEffect(node, read, model);
    case "Await":
    case "Yield":
    case "WithItem":
    case "Import":
    case "ImportFrom":
    case "ClassDef":
    case "Unknown":
      return "anything";
    default:
      return "none";
  }
}

function isTarget(node: NodeOf<"Attribute" | "Subscript">): boolean {
  let below: Node = node;
  let holder = node.parent;
  while (isA(holder, "Tuple", "List", "Starred")) {
    below = holder;
    holder = holder.parent;
  }
  switch (holder?.kind) {
    case "Assign":
      return holder.targets.some(target => target === below);
    case "For":
    case "ForClause":
    case "WithItem":
    case "AugmentedAssign":
    case "AnnotatedAssign":
      return holder.target === below;
    case "Delete":
      return true;
    default:
      return false;
  }
}

/** What it means that something is put into an object or taken out of it. */
function changeOf(owner: Expression, read: ReadonlySet<Binding>, model: Model): Effect {
  let root = owner;
  while (isA(root, "Attribute", "Subscript")) root = root.object;
  if (!isA(root, "Name")) return "anything";
  if (isIn(read, root, model)) return "conflict";
  const binding = model.bindingOf(root);
  return binding && root === owner && isOwned(binding, model) ? "local" : "anything";
}

function callEffect(call: Call, read: ReadonlySet<Binding>, model: Model): Effect {
  if (isQuietCall(call, model)) return "none";
  for (const node of walk(call))
    if (isA(node, "Name") && isIn(read, node, model)) return "conflict";
  if (model.builtinName(call.callee) === "print") return "output";
  const { callee } = call;
  if (!isA(callee, "Attribute")) return "anything";
  const { kind } = valueUse(callee.object, model);
  const isChange = kind === "grown" || kind === "shrunk" || kind === "changed";
  return isChange ? changeOf(callee.object, read, model) : "anything";
}

function isIn(read: ReadonlySet<Binding>, name: NodeOf<"Name">, model: Model): boolean {
  const binding = model.bindingOf(name);
  return binding !== null && read.has(binding);
}
