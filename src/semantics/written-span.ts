import type { Span } from "#base";
import type { Expression } from "#syntax";
import type { Model } from "./model";

/**
 * The place of an expression with the parentheses around it, which the tree leaves out. Give the
 * limits where other parentheses stand around it, such as those of a call.
 */
export function writtenSpan(expression: Expression, model: Model, limits?: Span): Span {
  const { text } = model.file;
  const lowest = limits?.start ?? 0;
  const highest = limits?.end ?? text.length;
  let { start, end } = expression.span;
  for (;;) {
    let before = start - 1;
    while (before >= lowest && isBlank(text[before])) before--;
    let after = end;
    while (after < highest && isBlank(text[after])) after++;
    if (before < lowest || after >= highest) return { start, end };
    if (text[before] !== "(" || text[after] !== ")") return { start, end };
    start = before;
    end = after + 1;
  }
}

function isBlank(character: string | undefined): boolean {
  return character !== undefined && " \t\r\n".includes(character);
}
