import type { Edit } from "#base";
import { type Binding, isInFunction, type Model, numberTypeOf, type Reference } from "#semantics";
import {
  type Assign,
  enclosingLoop,
  type Expression,
  isA,
  type Name,
  type Node,
  type NodeOf,
} from "#syntax";
import { defineRule, type Fix } from "../rule";
import { isFreshArray } from "./fresh-array";

/** `a = a * 2` makes a second array while the first is still there; `a *= 2` works in place. */
export const arrayRebuiltByOperation = defineRule({
  meta: {
    name: "array-rebuilt-by-operation",
    code: "MEM609",
    summary: "Array is replaced by a new one where it could be changed in place",
    severity: "hint",
    gains: ["peak", "copies"],
    peers: ["PLR6104", "R6104", "consider-using-augmented-assign"],
  },
  visits: ["Assign"],
  concerns: ({ value }) => isA(value, "Binary"),

  *check(statement, model) {
    const [target, second] = statement.targets;
    const { value } = statement;
    if (second || !isA(target, "Name") || !isA(value, "Binary")) return;
    if (!isNamed(value.left, target) && !isNamed(value.right, target)) return;
    const binding = model.bindingOf(target);
    const number = binding && numberBeside(binding, value, model);
    if (!number || !isOwnFloats(binding, model)) return;
    if (!binding.references.every(each => mayChange(each, statement, model))) return;
    const fix = augmented(statement, value, number, model);
    yield {
      span: value.span,
      message: "Makes a second array beside the first; an augmented assignment works in place",
      ...(fix ? { fix } : {}),
    };
  },
});

function isNamed(side: Expression, { text }: Name): boolean {
  return isA(side, "Name") && side.text === text;
}

/** The number in `a * 2`, `a - n` or `2 * a`; null where it is not the name's own new value. */
function numberBeside(
  binding: Binding,
  { left, operator, right }: NodeOf<"Binary">,
  model: Model,
): Expression | null {
  const isArray = (side: Expression) => isA(side, "Name") && model.bindingOf(side) === binding;
  if (!/^(\+|-|\*|\/|\/\/|%|\*\*)$/.test(operator)) return null;
  if (isArray(left) && isNumber(right, model)) return right;
  const canTurn = operator === "+" || operator === "*";
  return canTurn && isArray(right) && isNumber(left, model) ? left : null;
}

function isNumber(side: Expression, model: Model): boolean {
  const type = numberTypeOf(side, model);
  return type === "int" || type === "float";
}

/** Whether all that is bound to a local name are new arrays of floats and what is made of them here. */
function isOwnFloats(binding: Binding, model: Model): boolean {
  if (binding.scope.kind !== "function") return false;
  let isMade = false;
  for (const { node, use, by } of binding.references) {
    if (use === "read" || use === "delete" || use === "augmented") continue;
    if (!isA(by, "Assign") || by.targets.length > 1 || by.targets[0] !== node) return false;
    if (isA(by.value, "Binary") && numberBeside(binding, by.value, model)) continue;
    if (!isFloats(by.value, model)) return false;
    isMade = true;
  }
  return isMade;
}

const floatMakers: ReadonlySet<string> = new Set(
  ["linspace", "random.normal", "random.rand", "random.randn", "random.random", "random.uniform"]
    .concat(["loadtxt", "geomspace", "logspace"])
    .map(name => `numpy.${name}`),
);

/** A new array whose dtype is that of floats, into which no integer or complex can turn it. */
function isFloats(value: Expression, model: Model): boolean {
  if (!isA(value, "Call") || !isFreshArray(value, model)) return false;
  const name = model.qualifiedName(value.callee);
  const dtype =
    value.args.find(each => each.name?.text === "dtype")?.value ??
    (isA(value.callee, "Attribute") && value.callee.name.text === "astype"
      ? value.args[0]?.value
      : undefined);
  if (dtype) return isFloatDtype(dtype, model);
  if (name === null || value.args.length > 3) return false;
  if (/^numpy\.(zeros|ones|empty)$/.test(name)) return value.args.length === 1;
  return floatMakers.has(name);
}

function isFloatDtype(dtype: Expression, model: Model): boolean {
  if (isA(dtype, "String")) return dtype.raw !== null && /^(float|<?f)\d+$|^float$/.test(dtype.raw);
  const name = model.qualifiedName(dtype) ?? "";
  return name === "builtins.float" || /^numpy\.(float\d+|double|single)$/.test(name);
}

/** Whether nobody sees a change of the array where a name stands. */
function mayChange(reference: Reference, statement: Assign, model: Model): boolean {
  if (!isInFunction(reference)) return false;
  const { node, use } = reference;
  if (use !== "read") return true;
  // What happens later happens to the new array as well as to the old one.
  return node.span.start > endOfRounds(statement) || isForgotten(node, model);
}

/** Where a statement has run for the last time. */
function endOfRounds(statement: Node): number {
  let outermost = statement;
  for (let loop = enclosingLoop(statement); loop; loop = enclosingLoop(loop)) outermost = loop;
  return outermost.span.end;
}

const viewing: ReadonlySet<string> = new Set(
  ["array_split", "asarray", "atleast_1d", "atleast_2d", "broadcast_to", "diagonal", "expand_dims"]
    .concat(["flip", "moveaxis", "ravel", "reshape", "split", "squeeze", "swapaxes", "transpose"])
    .concat(["asanyarray", "ascontiguousarray", "nditer", "fliplr", "flipud", "rollaxis"])
    .map(name => `numpy.${name}`),
);

const sizes: ReadonlySet<string> = new Set(["dtype", "ndim", "shape", "size"]);
const reducing: ReadonlySet<string> = new Set([
  "all",
  "any",
  "argmax",
  "argmin",
  "copy",
  "fill",
  "max",
  "mean",
  "min",
  "std",
  "sum",
  "tolist",
]);

/** Whether what is read of the array is no view of it, and the array itself goes nowhere. */
function isForgotten(array: Name, model: Model): boolean {
  const { parent } = array;
  switch (parent?.kind) {
    case "Binary":
    case "Compare":
    case "Unary":
    case "AugmentedAssign":
    case "Return":
      return true;
    case "Attribute":
      return (
        sizes.has(parent.name.text) ||
        (isA(parent.parent, "Call") && reducing.has(parent.name.text))
      );
    case "Argument":
      return isA(parent.parent, "Call") && isPureCall(parent.parent, model);
    case "Subscript":
      return parent.object === array ? isItem(parent) : true;
    default:
      return false;
  }
}

function isPureCall({ callee }: NodeOf<"Call">, model: Model): boolean {
  const name = model.qualifiedName(callee) ?? "";
  if (/^builtins\.(len|print|float|min|max|sum)$/.test(name)) return true;
  return name.startsWith("numpy.") && !viewing.has(name);
}

/** An item or slice that is written to or goes into an operation at once. */
function isItem(item: NodeOf<"Subscript">): boolean {
  const { parent } = item;
  if (isA(parent, "Assign")) return parent.value !== item;
  return isA(parent, "Binary", "Compare", "Unary", "AugmentedAssign");
}

function augmented(
  { span, targets }: Assign,
  { left, operator, right }: NodeOf<"Binary">,
  number: Expression,
  model: Model,
): Fix | null {
  const [target] = targets;
  const text = model.file.text.slice(span.start, span.end);
  if (!target || /[\n#]/.test(text)) return null;
  const title = "Work in place";
  const changes = "another array that shares the memory of this one changes too";
  const edits: Edit[] =
    number === right
      ? [
          {
            span: { start: target.span.end, end: startOf(right, left, model) },
            text: ` ${operator}= `,
          },
        ]
      : [{ span, text: `${model.textOf(target)} ${operator}= ${model.textOf(left)}` }];
  return { title, safety: "review", changes, edits };
}

/** Where the right operand starts, with the parentheses around it. */
function startOf(right: Node, left: Node, model: Model): number {
  const between = model.file.text.slice(left.span.end, right.span.start);
  const open = between.indexOf("(");
  return open < 0 ? right.span.start : left.span.end + open;
}
