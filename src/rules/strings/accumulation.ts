import { contains } from "#base";
import {
  type Binding,
  hasEffects,
  isSameExpression,
  type Model,
  referencesIn,
  valueUse,
} from "#semantics";
import {
  ancestors,
  type Assign,
  type AugmentedAssign,
  type Call,
  enclosingLoop,
  type Expression,
  type For,
  isA,
  type Node,
  siblings,
  walk,
  walkExecuted,
  type While,
} from "#syntax";
import { isFew } from "../collections/few-elements";

export type Loop = For | While;

/** A statement that makes a value from itself and something more. */
export interface Accumulation {
  readonly statement: Assign | AugmentedAssign;
  readonly target: Expression;
  /**
   * How the old value goes into the new one: `s += x` and `s = s + x`; `s = s + x + y`; behind or
   * between other values; in an f-string; unpacked in front of others: `r = [*r, x]`.
   */
  readonly form: "appended" | "chained" | "prepended" | "interpolated" | "unpacked";
}

/** Reads a statement as an accumulation; null when it is none. */
export function accumulationOf(statement: Assign | AugmentedAssign): Accumulation | null {
  if (statement.kind === "AugmentedAssign") {
    const { target, operator } = statement;
    return operator === "+=" ? { statement, target, form: "appended" } : null;
  }
  const [target, second] = statement.targets;
  if (!target || second) return null;
  const form = formOf(target, statement.value);
  return form === null ? null : { statement, target, form };
}

/** Tells by the kind of what is assigned whether a statement may be an accumulation. */
export function mayAccumulate(statement: Assign | AugmentedAssign): boolean {
  if (statement.kind === "AugmentedAssign") return statement.operator === "+=";
  return isA(statement.value, "Binary", "List", "String", "Tuple");
}

/** Reads a statement of a loop as an accumulation; null when it is none, or in no loop. */
export function accumulationInLoop(statement: Assign | AugmentedAssign): Accumulation | null {
  const accumulation = accumulationOf(statement);
  return accumulation && enclosingLoop(statement) ? accumulation : null;
}

function formOf(target: Expression, value: Expression): Accumulation["form"] | null {
  if (isA(value, "String")) {
    const isInside = value.interpolations.some(each => isSameExpression(each, target));
    return isInside ? "interpolated" : null;
  }
  if (isA(value, "List", "Tuple")) {
    const [first] = value.elements;
    return isA(first, "Starred") && isSameExpression(first.value, target) ? "unpacked" : null;
  }
  let isOutermost = true;
  let operand: Expression = value;
  while (isA(operand, "Binary") && operand.operator === "+") {
    if (isSameExpression(operand.right, target)) return "prepended";
    if (isSameExpression(operand.left, target)) return isOutermost ? "appended" : "chained";
    operand = operand.left;
    isOutermost = false;
  }
  return null;
}

/**
 * The loop in which a value grows with each turn; null when it does not: when it begins anew in the
 * loop, when the loop ends after it, or when the loop has only a few turns.
 */
export function loopThatGrows({ statement, target }: Accumulation, model: Model): Loop | null {
  const loop = enclosingLoop(statement);
  if (!loop || hasEffects(target)) return null;
  if (loop.kind === "For" && isFew(loop.iterable, model)) return null;
  if (loop.kind === "While" && looksForNew(loop.test, target)) return null;
  if (isA(siblings(statement).at(-1), "Break", "Return", "Raise")) return null;
  if (isGivenOnce(statement, target, loop)) return null;
  return beginsAnew(target, loop, model) ? null : loop;
}

/** Under `if not text` a value is added to only while it is empty. */
function isGivenOnce(statement: Node, target: Expression, loop: Loop): boolean {
  for (const holder of ancestors(statement)) {
    if (holder === loop) return false;
    const isInBody = isA(holder, "If") && contains(holder.body.span, statement.span);
    if (isInBody && demandsEmpty(holder.test, target)) return true;
  }
  return false;
}

function demandsEmpty(test: Expression, target: Expression): boolean {
  if (isA(test, "Boolean") && test.operator === "and") {
    return demandsEmpty(test.left, target) || demandsEmpty(test.right, target);
  }
  return isA(test, "Unary") && test.operator === "not" && isSameExpression(test.operand, target);
}

/** `while name in names: name += "_"` ends at the first that is not taken. */
function looksForNew(test: Expression, target: Expression): boolean {
  return (
    isA(test, "Compare") &&
    test.operators.some(each => each === "in" || each === "not in") &&
    test.operands.some(each => isSameExpression(each, target))
  );
}

/** Whether the loop gives the target, or something that the target is made of, another value. */
function beginsAnew(target: Expression, loop: Loop, model: Model): boolean {
  if (isA(target, "Name")) {
    const binding = model.bindingOf(target);
    return binding !== null && model.once(loop, `binds ${target.text}`, () => binds(loop, binding));
  }
  const parts = [...walk(target)].filter(
    part => isA(part, "Attribute", "Subscript") || (isA(part, "Name") && model.referenceOf(part)),
  );
  for (const node of walkExecuted(loop)) {
    if (isA(node, "Call") && mayReach(node, target)) return true;
    if (!isA(node, "Name", "Attribute", "Subscript")) continue;
    const isPart = parts.some(part => part !== node && isSameExpression(part, node));
    if (isPart && (isNewValue(node) || isChangedContainer(node, target, model))) return true;
  }
  return false;
}

function binds({ span }: Loop, binding: Binding): boolean {
  return referencesIn(binding, span).some(({ node }) => isNewValue(node));
}

/** Whether a call is given the object that holds the target, which it may then begin anew. */
function mayReach(call: Call, target: Expression): boolean {
  if (!isA(target, "Attribute")) return false;
  const isOwner = (node: Expression): boolean => isSameExpression(node, target.object);
  const { callee, args } = call;
  if (isA(callee, "Attribute") && isOwner(callee.object)) return true;
  return args.some(argument => isOwner(argument.value));
}

/** Whether the container of which the target is an item is changed: `lines[-1]` is then another. */
function isChangedContainer(node: Expression, target: Expression, model: Model): boolean {
  if (!isA(target, "Subscript") || !isSameExpression(node, target.object)) return false;
  const { kind, at } = valueUse(node, model);
  if (isA(at, "Assign", "AugmentedAssign") && accumulationOf(at)) return false;
  return kind !== "read";
}

/** Whether an expression stands where it gets a value that is not made of its old one. */
function isNewValue(node: Expression): boolean {
  let below: Node = node;
  let holder = node.parent;
  while (isA(holder, "Tuple", "List", "Starred")) {
    below = holder;
    holder = holder.parent;
  }
  switch (holder?.kind) {
    case "Assign":
      return holder.targets.some(each => each === below) && accumulationOf(holder) === null;
    case "For":
    case "AnnotatedAssign":
    case "NamedExpression":
    case "WithItem":
      return holder.target === below;
    case "Delete":
      return true;
    default:
      return false;
  }
}
