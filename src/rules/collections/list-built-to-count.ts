import type { Edit } from "#base";
import { hasEffectsPerElement, isBuiltinAt, type Model, writtenSpan } from "#semantics";
import { type Call, type Expression, isA, type ListComprehension } from "#syntax";
import { defineRule, type Fix } from "../rule";
import { losesComment, passGenerator } from "./drop-call";
import { hasFewElements, isFew } from "./few-elements";
import { listedLazily } from "./lazy-builtins";

/** A list that is only counted holds every element, and none of them is looked at. */
export const listBuiltToCount = defineRule({
  meta: {
    name: "list-built-to-count",
    code: "MEM105",
    summary: "List is built in full only to be counted",
    severity: "warning",
    gains: ["peak"],
  },
  visits: ["Call"],
  calls: ["len"],

  *check(call, model) {
    const [argument, second] = call.args;
    if (argument?.shape !== "positional" || second) return;
    const { value } = argument;
    if (!isA(value, "ListComprehension", "Call") || model.builtinName(call.callee) !== "len")
      return;
    const fix = isA(value, "ListComprehension")
      ? countComprehension(value, call, model)
      : countLazy(value, call, model);
    if (fix === "silent") return;
    yield {
      span: value.span,
      message: "This list is only counted; `sum(1 for …)` counts without it",
      ...(fix && !losesComment(fix.edits, model) && { fix }),
    };
  },
});

const title = "Count without a list";

/** `len([x for x in xs if c])`; the fix is null where `sum` means something else. */
function countComprehension(
  list: ListComprehension,
  call: Call,
  model: Model,
): Fix | null | "silent" {
  if (list.isAsync || hasFewElements(list, model)) return "silent";
  if (!isBuiltinAt("sum", call, model)) return null;
  const limits = { start: list.open.end, end: list.close.start };
  const edits: Edit[] = [
    { span: call.callee.span, text: "sum" },
    ...passGenerator(list, call, model),
    { span: writtenSpan(list.element, model, limits), text: "1" },
  ];
  if (isPlain(list.element) && !hasEffectsPerElement(list)) return { title, safety: "safe", edits };
  const changes = isPlain(list.element)
    ? "a `StopIteration` that a call raises becomes a `RuntimeError`"
    : "the elements are not made any more, nor the errors that making them raises";
  return { title, safety: "review", changes, edits };
}

/** Whether making the element cannot be missed: a name or a constant. */
function isPlain(element: Expression): boolean {
  if (isA(element, "Tuple")) return element.elements.every(isPlain);
  if (isA(element, "String")) return element.interpolations.length === 0;
  return isA(element, "Name", "Number", "Constant");
}

/** `len(list(filter(p, xs)))`: what gives its elements one at a time is gone over as it is. */
function countLazy(list: Call, call: Call, model: Model): Fix | null | "silent" {
  const source = listedLazily(list, model);
  if (!source || isFew(source, model)) return "silent";
  if (!isBuiltinAt("sum", call, model)) return null;
  const edits: Edit[] = [
    { span: { start: call.span.start, end: source.span.start }, text: "sum(1 for _ in " },
    { span: { start: source.span.end, end: call.span.end }, text: ")" },
  ];
  return { title, safety: "safe", edits };
}
