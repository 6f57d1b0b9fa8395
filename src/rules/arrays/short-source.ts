import type { Model } from "#semantics";
import { type Expression, isA, type NodeOf } from "#syntax";
import { isFew } from "../collections/few-elements";

/**
 * Tells whether what a comprehension goes over is short by what it is: written out, the last three of
 * something, the words of one line, the arguments of one call.
 */
export function hasShortSource(
  { clauses }: NodeOf<"ListComprehension" | "Generator">,
  model: Model,
): boolean {
  return clauses.every(clause => isA(clause, "IfClause") || isShort(clause.iterable, model));
}

function isShort(iterable: Expression, model: Model): boolean {
  switch (iterable.kind) {
    case "Subscript":
      return isA(iterable.index, "Slice") && isShortSlice(iterable.object, iterable.index, model);
    case "Call":
      return isWordsOfLine(iterable, model) || isFew(iterable, model);
    case "Name":
      return isRestArguments(iterable, model) || isFew(iterable, model);
    default:
      return isFew(iterable, model);
  }
}

/** `rows[-3:]`, `rows[:3]` or `line.split()[1:]`. */
function isShortSlice(whole: Expression, { lower, upper }: NodeOf<"Slice">, model: Model): boolean {
  if (isShort(whole, model)) return true;
  if (isA(lower, "Unary") && !upper) return isA(lower.operand, "Number");
  return isA(upper, "Number");
}

/** `line.split()` of a line that a loop is at. */
function isWordsOfLine({ callee }: NodeOf<"Call">, model: Model): boolean {
  if (!isA(callee, "Attribute") || callee.name.text !== "split") return false;
  if (!isA(callee.object, "Name")) return false;
  const references = model.bindingOf(callee.object)?.references ?? [];
  return references.some(({ form }) => form === "for" || form === "comprehension");
}

function isRestArguments(name: NodeOf<"Name">, model: Model): boolean {
  const references = model.bindingOf(name)?.references ?? [];
  return references.some(({ by }) => isA(by, "Parameter") && by.shape === "star");
}
