import { type ComprehensionNode, type Model, partsPerElement } from "#semantics";
import {
  ancestors,
  enclosingStatement,
  type Expression,
  isA,
  type Name,
  type Node,
  siblings,
} from "#syntax";

/** Builtins that read one argument once and do not keep it as a list of their own. */
const consumers: ReadonlySet<string> = new Set([
  "all",
  "any",
  "dict",
  "frozenset",
  "max",
  "min",
  "set",
  "sum",
]);

/** The one place where a list is read, front to back. */
export interface Consumption {
  /** What runs until the last element has been used: loop bodies, and what stands between. */
  readonly meanwhile: readonly Node[];
}

/**
 * Finds the only use of a local list, which reads it once, front to back, later in the same block.
 * Null when there is any other use, or when the list may be read from elsewhere.
 *
 * @param definition the statement that binds the name, or the last one that fills the list.
 * @param building references that fill the list.
 */
export function onlyConsumption(
  name: Name,
  definition: Node,
  building: ReadonlySet<Name>,
  model: Model,
): Consumption | null {
  const binding = model.bindingOf(name);
  if (binding?.scope.kind !== "function") return null;
  // Told before looking at them: a name of generated code may have very many.
  if (binding.references.length > building.size + 2) return null;
  const others = binding.references.filter(({ node }) => node !== name && !building.has(node));
  const [only, ...more] = others;
  if (!only || more.length > 0) return null;
  const statement = enclosingStatement(only.node);
  const block: readonly Node[] = siblings(statement);
  const from = block.indexOf(definition);
  const to = block.indexOf(statement);
  if (from < 0 || to <= from) return null;
  const meanwhile = whileConsumed(only.node, model);
  return meanwhile ? { meanwhile: [...block.slice(from + 1, to), ...meanwhile] } : null;
}

/** What runs until a list that is bound to a name has been read, where that is its only use. */
export function whileReadLater(list: Expression, model: Model): readonly Node[] | null {
  const { parent } = list;
  if (!isA(parent, "Assign")) return null;
  const [target, second] = parent.targets;
  if (!isA(target, "Name") || second) return null;
  return onlyConsumption(target, parent, new Set(), model)?.meanwhile ?? null;
}

/** What runs while a value is read by a loop, or by a builtin that goes over it once. */
function whileConsumed(value: Expression, model: Model): readonly Node[] | null {
  const reader = readerOf(value, model);
  if (isA(reader.parent, "ForClause") && !runsOnce(reader.parent)) return null;
  const loop = whileLooped(value, model);
  if (loop) return loop;
  return isConsumed(reader, model) && runsOnce(reader) ? [enclosingStatement(reader)] : null;
}

/**
 * What runs for each element while a loop or comprehension reads a value, once and front to back;
 * null when nothing of the kind does.
 */
export function whileLooped(value: Expression, model: Model): readonly Node[] | null {
  const reader = readerOf(value, model);
  const holder = reader.parent;
  if (!isA(holder, "For", "ForClause") || holder.iterable !== reader || holder.isAsync) return null;
  if (holder.kind === "For") return [holder.body];
  const comprehension = holder.parent;
  if (!isComprehension(comprehension)) return null;
  // A generator reads its iterable at a time of its own, unless it is gone over where it stands.
  if (isA(comprehension, "Generator") && !isConsumed(comprehension, model)) return null;
  return partsPerElement(comprehension);
}

/** Tells whether a loop or comprehension reads a value, at whatever time. */
export function isIterated(value: Expression, model: Model): boolean {
  const reader = readerOf(value, model);
  const holder = reader.parent;
  return isA(holder, "For", "ForClause") && holder.iterable === reader && !holder.isAsync;
}

/**
 * What runs for each element while a loop, a comprehension or a builtin that keeps nothing reads a
 * value where it stands, once and front to back; null when nothing of the kind does.
 */
export function whileRead(value: Expression, model: Model): readonly Node[] | null {
  return whileLooped(value, model) ?? (isConsumed(readerOf(value, model), model) ? [] : null);
}

/** `enumerate(xs)` and `zip(xs, ys)` read as whoever reads them does. */
function readerOf(value: Expression, model: Model): Expression {
  const call = isA(value.parent, "Argument") ? value.parent.parent : null;
  if (!isA(call, "Call") || !isA(value.parent, "Argument")) return value;
  if (value.parent.shape !== "positional") return value;
  const name = model.builtinName(call.callee);
  return name === "enumerate" || name === "zip" ? call : value;
}

function isConsumed(value: Expression, model: Model): boolean {
  const argument = value.parent;
  const call = argument?.parent;
  if (!isA(argument, "Argument") || !isA(call, "Call")) return false;
  if (argument.shape !== "positional" || call.args[0] !== argument) return false;
  const name = model.builtinName(call.callee);
  if (name === null || !consumers.has(name)) return false;
  // `max(xs, ys)` compares the two lists; the second argument of `sum` is where it starts.
  return name === "sum" || call.args[1]?.shape !== "positional";
}

/** Whether code is evaluated once when its statement is: not in a lambda or for each element. */
function runsOnce(code: Node): boolean {
  let below = code;
  for (const holder of ancestors(code)) {
    const isFirst = isComprehension(holder) && holder.clauses[0] === below;
    if (isA(holder, "Lambda") || (isComprehension(holder) && !isFirst)) return false;
    below = holder;
  }
  return isA(
    enclosingStatement(code),
    "Assign",
    "AnnotatedAssign",
    "AugmentedAssign",
    "Return",
    "ExpressionStatement",
  );
}

function isComprehension(node: Node | null): node is ComprehensionNode {
  return isA(node, "ListComprehension", "SetComprehension", "DictComprehension", "Generator");
}
