import { type Call, type Compare, type Expression, isA, type Name, type Node } from "#syntax";
import type { Model } from "./model";

/** The kinds of numbers that arrays hold as they are. */
export type NumberType = "bool" | "int" | "float";

/** How far a chain of assignments is followed. */
const maxDepth = 8;

/**
 * Tells whether an expression is one number, and of which type; null when it may be anything else,
 * such as an array. Unlike `typeOf` it knows that a quotient of integers is none, and that the target
 * of a loop over a `range` is one.
 */
export function numberTypeOf(expression: Expression, model: Model, depth = 0): NumberType | null {
  if (depth > maxDepth) return null;
  const typeOf = (each: Expression) => numberTypeOf(each, model, depth + 1);
  switch (expression.kind) {
    case "Number":
      return literalType(expression.text);
    case "Constant":
      return expression.value === "True" || expression.value === "False" ? "bool" : null;
    case "Unary":
      return unaryType(expression.operator, typeOf(expression.operand));
    case "Binary":
      return binaryType(expression.operator, typeOf(expression.left), typeOf(expression.right));
    case "Compare":
      return compareType(expression, typeOf);
    case "Conditional":
      return widest(typeOf(expression.body), typeOf(expression.orElse));
    case "Call":
      return callType(expression, model, typeOf);
    case "Name":
      return nameType(expression, model, typeOf);
    default:
      return null;
  }
}

function literalType(text: string): NumberType | null {
  if (/j$/i.test(text)) return null;
  return /^[0-9_]+$|^0[xob]/i.test(text) ? "int" : "float";
}

function unaryType(operator: string, operand: NumberType | null): NumberType | null {
  if (operator === "not") return "bool";
  // `-True` is an integer.
  return operand === "bool" ? "int" : operand;
}

function binaryType(
  operator: string,
  left: NumberType | null,
  right: NumberType | null,
): NumberType | null {
  if (left === null || right === null) return null;
  if (operator === "/") return "float";
  if (left === "float" || right === "float") return "float";
  // `2 ** -1` is no integer, and `True & False` is a bool.
  return operator === "**" || "&|^".includes(operator) ? null : "int";
}

/** `==` of arrays is an array; `in` and `is` always give a bool. */
function compareType(
  { operators, operands }: Compare,
  typeOf: (expression: Expression) => NumberType | null,
): NumberType | null {
  if (operators.every(each => /^(not )?in$|^is( not)?$/.test(each))) return "bool";
  return operands.every(each => typeOf(each) !== null) ? "bool" : null;
}

export const numberFunctions: ReadonlyMap<string, NumberType> = new Map([
  ...["all", "any", "bool", "callable", "hasattr", "isinstance", "issubclass"].map(
    name => [`builtins.${name}`, "bool"] as const,
  ),
  ...["hash", "id", "int", "len", "ord"].map(name => [`builtins.${name}`, "int"] as const),
  ["builtins.float", "float"],
  ...["exists", "isdir", "isfile", "islink"].map(name => [`os.path.${name}`, "bool"] as const),
  ["os.path.getsize", "int"],
  ["os.path.getmtime", "float"],
  ...["isclose", "isfinite", "isinf", "isnan"].map(name => [`math.${name}`, "bool"] as const),
  ...["ceil", "floor", "gcd", "isqrt", "lcm", "trunc"].map(
    name => [`math.${name}`, "int"] as const,
  ),
  ...["acos", "asin", "atan", "atan2", "cos", "degrees", "dist", "erf", "exp", "fabs", "fsum"].map(
    name => [`math.${name}`, "float"] as const,
  ),
  ...["hypot", "log", "log10", "log1p", "log2", "pow", "radians", "sin", "sqrt", "tan"].map(
    name => [`math.${name}`, "float"] as const,
  ),
  ...["betavariate", "expovariate", "gauss", "normalvariate", "random", "uniform"].map(
    name => [`random.${name}`, "float"] as const,
  ),
  ...["getrandbits", "randint", "randrange"].map(name => [`random.${name}`, "int"] as const),
  ...["monotonic", "perf_counter", "time"].map(name => [`time.${name}`, "float"] as const),
]);

/** The type of number that a function always gives, by its qualified name; null for other functions. */
export function numberTypeOfFunction(callee: Expression, model: Model): NumberType | null {
  return numberFunctions.get(model.qualifiedName(callee) ?? "") ?? null;
}

function callType(
  { callee, args }: Call,
  model: Model,
  typeOf: (expression: Expression) => NumberType | null,
): NumberType | null {
  const known = numberTypeOfFunction(callee, model);
  if (known) return known;
  const [first, second] = args;
  const builtin = model.builtinName(callee);
  if (first && !second && first.shape === "positional") {
    const type = typeOf(first.value);
    if (builtin === "abs") return unaryType("+", type);
    if (builtin === "round" && type !== null) return "int";
  }
  if (!isA(callee, "Attribute")) return null;
  const owner = model.typeOf(callee.object);
  if (owner === "str" || owner === "list" || owner === "tuple" || owner === "bytes") {
    return /^r?(count|find|index)$/.test(callee.name.text) ? "int" : null;
  }
  return null;
}

function nameType(
  name: Name,
  model: Model,
  typeOf: (expression: Expression) => NumberType | null,
): NumberType | null {
  const writes = model.bindingOf(name)?.writes ?? [];
  let type: NumberType | null = null;
  for (const { node, use, by } of writes) {
    const bound = use === "write" ? boundType(node, by, model, typeOf) : null;
    if (bound === null) return null;
    type = type === null ? bound : widest(type, bound);
  }
  return type;
}

function boundType(
  name: Name,
  by: Node | null,
  model: Model,
  typeOf: (expression: Expression) => NumberType | null,
): NumberType | null {
  switch (by?.kind) {
    case "Assign":
      return by.targets.some(target => target === name) ? typeOf(by.value) : null;
    case "AnnotatedAssign":
    case "Parameter": {
      const type = model.typeOf(name);
      return type === "int" || type === "float" || type === "bool" ? type : null;
    }
    case "For":
    case "ForClause":
      return isCounter(name, by.target, by.iterable, model) ? "int" : null;
    default:
      return null;
  }
}

/** `i` of `for i in range(n)` and of `for i, row in enumerate(rows)`. */
function isCounter(name: Name, target: Expression, iterable: Expression, model: Model): boolean {
  if (!isA(iterable, "Call")) return false;
  const builtin = model.builtinName(iterable.callee);
  if (builtin === "range") return target === name;
  return builtin === "enumerate" && isA(target, "Tuple") && target.elements[0] === name;
}

function widest(left: NumberType | null, right: NumberType | null): NumberType | null {
  if (left === null || right === null) return null;
  if (left === right) return left;
  return left === "float" || right === "float" ? "float" : "int";
}
