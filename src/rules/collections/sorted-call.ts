import type { Edit } from "#base";
import { type Model, writtenSpan } from "#semantics";
import { type Argument, type Call, type Expression, isA } from "#syntax";
import { isFew } from "./few-elements";

/** `sorted(x)`, with a key and a direction that is plain to see. */
export interface SortedCall {
  readonly call: Call;
  readonly source: Expression;
  readonly isReversed: boolean;
  /** Takes `reverse=…` away with the comma before it. */
  readonly dropReverse: readonly Edit[];
}

/** Reads a call of the builtin `sorted` on more than a few elements; null for everything else. */
export function sortedCallOf(call: Expression, model: Model): SortedCall | null {
  if (!isA(call, "Call") || model.builtinName(call.callee) !== "sorted") return null;
  const [first, ...others] = call.args;
  if (first?.shape !== "positional" || isFew(first.value, model)) return null;
  let isReversed = false;
  const dropReverse: Edit[] = [];
  for (const [index, argument] of others.entries()) {
    const name = argument.shape === "keyword" ? argument.name?.text : null;
    if (name === "key") continue;
    const before = call.args[index];
    if (name !== "reverse" || !isA(argument.value, "Constant") || !before) return null;
    isReversed = argument.value.value === "True";
    if (!isReversed && argument.value.value !== "False") return null;
    const start = endOf(before, call, model);
    dropReverse.push({ span: { start, end: endOf(argument, call, model) }, text: "" });
  }
  return { call, source: first.value, isReversed, dropReverse };
}

/** The end of an argument with its own parentheses. */
function endOf({ name, value }: Argument, { open, close }: Call, model: Model): number {
  const limits = { start: name?.span.end ?? open.end, end: close.start };
  return isA(value, "Generator") ? value.span.end : writtenSpan(value, model, limits).end;
}
