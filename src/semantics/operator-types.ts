import type { InferredType } from "./type-names";

type Operand = InferredType | null;

const sequences: ReadonlySet<Operand> = new Set(["str", "bytes", "bytearray", "list", "tuple"]);
const sets: ReadonlySet<Operand> = new Set(["set", "frozenset"]);
const numbers: ReadonlySet<Operand> = new Set(["int", "float", "bool"]);
/** Each takes part in the arithmetic of those before it, and the result is of the later kind. */
const arrays: readonly Operand[] = ["ndarray", "Series", "DataFrame"];

/** What an operator of two operands gives; null when not sure. */
export function binaryType(operator: string, left: Operand, right: Operand): Operand {
  if (operator === "%" && (left === "str" || left === "bytes" || left === "bytearray")) return left;
  if (sequences.has(left) || sequences.has(right)) return sequenceType(operator, left, right);
  if (arrays.includes(left) || arrays.includes(right)) return arrayType(operator, left, right);
  if (numbers.has(left) && numbers.has(right)) return numberType(operator, left, right);
  if (sets.has(left) && sets.has(right)) return "-&|^".includes(operator) ? left : null;
  if (left === "dict" && right === "dict" && operator === "|") return "dict";
  if (left === "Path" && operator === "/") return "Path";
  return left === "str" && right === "Path" && operator === "/" ? "Path" : null;
}

function sequenceType(operator: string, left: Operand, right: Operand): Operand {
  if (operator === "*") {
    if (arrays.includes(left) || arrays.includes(right)) return null;
    return sequences.has(left) ? left : right;
  }
  if (operator === "/" && left === "str" && right === "Path") return "Path";
  if (operator === "/" && left === "Path" && right === "str") return "Path";
  if (operator !== "+") return null;
  // `b"" + bytearray()` is bytes: the left one decides.
  const isBinary = (type: Operand) => type === "bytes" || type === "bytearray";
  return left === right || (isBinary(left) && isBinary(right)) ? left : null;
}

/** `@` of two vectors is a number. */
function arrayType(operator: string, left: Operand, right: Operand): Operand {
  if (operator === "@") return null;
  const isPart = (type: Operand) => numbers.has(type) || arrays.includes(type);
  if (!isPart(left) || !isPart(right)) return null;
  return arrays[Math.max(arrays.indexOf(left), arrays.indexOf(right))] ?? null;
}

function numberType(operator: string, left: Operand, right: Operand): Operand {
  if (operator === "/") return "float";
  // `2 ** -1` is a float, and `(-2.0) ** 0.5` is complex.
  if (operator === "**" || operator === "@") return null;
  if ("&|^".includes(operator) && left === "bool" && right === "bool") return "bool";
  return left === "float" || right === "float" ? "float" : "int";
}

/** What `not`, `+`, `-` or `~` gives. */
export function unaryType(operator: string, operand: Operand): Operand {
  if (operator === "not") return "bool";
  if (operand === "bool") return "int";
  return operand === "int" || operand === "float" || arrays.includes(operand) ? operand : null;
}

/** Comparing arrays gives an array; `in` and `is` always give a bool. */
export function compareType(operators: readonly string[], operands: readonly Operand[]): Operand {
  if (operators.every(each => /^(not )?in$|^is( not)?$/.test(each))) return "bool";
  if (operands.some(each => each === null)) return null;
  const [left = null, right = null, third] = operands;
  if (third !== undefined) return null;
  return arrays.includes(left) || arrays.includes(right) ? arrayType("==", left, right) : "bool";
}
