import type { Edit } from "#base";
import type { Model } from "#semantics";
import { type Expression, isA, type Name } from "#syntax";

/** Turns `s = s + a + b` into `s += a + b`; null where parentheses stand around `s`. */
export function useAugmented(value: Expression, target: Name, model: Model): Edit[] | null {
  const { text } = model.file;
  const first = firstOperand(value);
  const equals = text.indexOf("=", target.span.end);
  const plus = /^[ \t]*\+[ \t]*/.exec(text.slice(first.span.end));
  if (!plus) return null;
  const end = first.span.end + plus[0].length;
  return [
    { span: { start: equals, end: equals }, text: "+" },
    { span: { start: first.span.start, end }, text: "" },
  ];
}

function firstOperand(value: Expression): Expression {
  let operand = value;
  while (isA(operand, "Binary")) operand = operand.left;
  return operand;
}
