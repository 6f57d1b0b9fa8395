import type { Edit } from "#base";
import { canStandInComprehension, isBuiltinAt, type Model, writtenSpan } from "#semantics";
import { type Call, type Expression, isA } from "#syntax";
import { defineRule, type Fix } from "../rule";
import { losesComment } from "./drop-call";
import { hasFewElements, isFew } from "./few-elements";

/** `sum` of lists makes a new list for each of them, which holds all before it once more. */
export const sumOfLists = defineRule({
  meta: {
    name: "sum-of-lists",
    code: "MEM131",
    summary: "Lists are joined by sum, which copies the result for each of them",
    severity: "warning",
    gains: ["peak", "time", "copies"],
    peers: ["RUF017", "quadratic-list-summation", "FURB179", "S8520"],
  },
  visits: ["Call"],
  calls: ["sum"],

  *check(call, model) {
    if (call.args.length !== 2 || model.builtinName(call.callee) !== "sum") return;
    const [parts, start] = call.args;
    if (parts?.shape !== "positional" || !start) return;
    if (start.shape !== "positional" && start.name?.text !== "start") return;
    const type = emptyType(start.value, model);
    if (!type || areFew(parts.value, model)) return;
    const fix = useComprehension(call, parts.value, type, model);
    yield {
      span: call.span,
      message: `\`sum\` copies the whole ${type} once more for each part that it adds`,
      ...(fix && { fix }),
    };
  },
});

/** Whether a value is an empty list or tuple, written out. */
function emptyType(value: Expression, model: Model): "list" | "tuple" | null {
  if (isA(value, "List")) return value.elements.length === 0 ? "list" : null;
  if (isA(value, "Tuple")) return value.elements.length === 0 ? "tuple" : null;
  if (!isA(value, "Call") || value.args.length > 0) return null;
  const name = model.builtinName(value.callee);
  return name === "list" || name === "tuple" ? name : null;
}

function areFew(parts: Expression, model: Model): boolean {
  return isA(parts, "ListComprehension", "Generator")
    ? hasFewElements(parts, model)
    : isFew(parts, model);
}

/** Takes the parts apart in one comprehension; it looks at each item once. */
function useComprehension(
  call: Call,
  parts: Expression,
  type: "list" | "tuple",
  model: Model,
): Fix | null {
  if (!canStandInComprehension(parts)) return null;
  if (type === "tuple" && !isBuiltinAt(type, call, model)) return null;
  const [open, close] = type === "list" ? ["[", "]"] : ["tuple(", ")"];
  const inside = writtenSpan(parts, model, { start: call.open.end, end: call.close.start });
  const isGrouped = inside.start < parts.span.start || !isA(parts, "Conditional");
  const [left, right] = isGrouped ? ["", ""] : ["(", ")"];
  const edits: Edit[] = [
    {
      span: { start: call.span.start, end: inside.start },
      text: `${open}item for part in ${left}`,
    },
    { span: { start: inside.end, end: call.span.end }, text: `${right} for item in part${close}` },
  ];
  if (losesComment(edits, model)) return null;
  const title = `Take the parts apart in a comprehension`;
  if (isA(parts, "ListComprehension", "Generator") && model.typeOf(parts.element) === type) {
    return { title, safety: "safe", edits };
  }
  const changes = `parts that are no ${type}s, which \`sum\` refuses or adds in their own way, are taken apart`;
  return { title, safety: "review", changes, edits };
}
