import { contains } from "#base";
import { type Binding, instanceClass, type Model, valueUse } from "#semantics";
import {
  ancestors,
  enclosingFunction,
  enclosingLoop,
  type Expression,
  isA,
  type Name,
  type Node,
  type NodeOf,
} from "#syntax";

/** What keeps a value longer than the statement that puts it there. */
export interface Keeper {
  /** True where others join it, as in a list; false where it is kept alone. */
  readonly isAdded: boolean;
  /** True for a list of the function's own. */
  readonly isLocal: boolean;
}

/** Methods that keep what they are given; what is put into a queue is taken out by others. */
const adders: ReadonlySet<string> = new Set([
  "add",
  "append",
  "appendleft",
  "insert",
  "setdefault",
]);

/**
 * What keeps the value that an expression reads: an attribute of the instance, a name of the module, or
 * a container there; in a loop also a local list. Null where it is let go again, raised, or handed to
 * who may do so.
 */
export function keeperOf(read: Expression, model: Model): Keeper | null {
  // `(name, error)` keeps it just the same.
  const value: Expression = isA(read.parent, "Tuple") ? read.parent : read;
  const user = value.parent;
  if (isA(user, "Assign") && user.value === value) {
    const [target] = user.targets;
    if (isA(target, "Subscript")) return keeperAt(target.object, true, model);
    return target ? keeperAt(target, false, model) : null;
  }
  const call = isA(user, "Argument") ? user.parent : null;
  if (!isA(call, "Call") || !isA(call.callee, "Attribute")) return null;
  return adders.has(call.callee.name.text) ? keeperAt(call.callee.object, true, model) : null;
}

/** What keeps a value that is bound to an expression, or added to it. @see keeperOf */
export function keeperAt(holder: Expression, isAdded: boolean, model: Model): Keeper | null {
  if (isA(holder, "Attribute")) {
    const isKept = !holder.name.text.startsWith("__") && isKeptByClass(holder, model);
    return isKept ? { isAdded, isLocal: false } : null;
  }
  const binding = isA(holder, "Name") ? model.bindingOf(holder) : null;
  if (!binding || !isA(holder, "Name")) return null;
  if (binding.scope.kind === "module" && enclosingFunction(holder)?.kind !== "Module") {
    return isKeptByName(holder, binding, model) ? { isAdded, isLocal: false } : null;
  }
  const isCollected = isAdded && binding.scope.kind === "function" && enclosingLoop(holder);
  return isCollected && isReturned(holder, binding, model) ? { isAdded, isLocal: true } : null;
}

/** An attribute of the instance that its class, once set, neither raises nor sets to another value. */
function isKeptByClass(holder: NodeOf<"Attribute">, model: Model): boolean {
  const owner = isA(holder.object, "Name") ? instanceClass(holder.object, model) : null;
  if (!owner) return false;
  for (const node of model.attributesNamed(holder.name.text)) {
    if (node === holder || !contains(owner.body.span, node.span)) continue;
    // `inspect.stack` is a module's, whatever `self.stack` is.
    if (model.qualifiedName(node) !== null || isInitial(node)) continue;
    if (isLetGo(node, model)) return false;
  }
  return true;
}

/** Set where the instance is made, before anything could be kept. */
function isInitial(attribute: Node): boolean {
  const home = enclosingFunction(attribute);
  return isA(home, "FunctionDef") && /^__(init|post_init|new)__$/.test(home.name.text);
}

function isKeptByName(holder: Name, { references }: Binding, model: Model): boolean {
  return references
    .filter(({ node }) => node !== holder && enclosingFunction(node)?.kind !== "Module")
    .every(({ node }) => !isLetGo(node, model));
}

/** A list that goes to the caller as it is. */
function isReturned(holder: Name, { references }: Binding, model: Model): boolean {
  const others = references.filter(({ use, node }) => use === "read" && node !== holder);
  return (
    references.some(({ form }) => form === "assignment") &&
    others.some(({ node }) => valueUse(node, model).kind === "returned") &&
    others.every(({ node }) => !isLetGo(node, model))
  );
}

function isLetGo(holder: Expression, model: Model): boolean {
  for (const outer of ancestors(holder)) if (isA(outer, "Raise")) return true;
  const { kind } = valueUse(holder, model);
  return kind === "rebound" || kind === "shrunk" || kind === "passed" || kind === "named";
}
