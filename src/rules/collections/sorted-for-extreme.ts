import type { Edit } from "#base";
import { isBuiltinAt } from "#semantics";
import { defineRule, type Fix } from "../rule";
import { losesComment } from "./drop-call";
import { handlesErrors } from "./handles-errors";
import { sortedCallOf } from "./sorted-call";
import { isTarget, numberOf } from "./subscripts";

/** Sorting holds a copy of all elements to find the smallest; `min` holds one. */
export const sortedForExtreme = defineRule({
  meta: {
    name: "sorted-for-extreme",
    code: "MEM111",
    summary: "All elements are copied and sorted only for the smallest or the largest",
    severity: "warning",
    gains: ["peak"],
    peers: ["FURB192", "sorted-min-max", "S8517"],
  },
  visits: ["Subscript"],
  concerns: ({ index }) => index.kind === "Number" || index.kind === "Unary",

  *check(item, model) {
    const index = numberOf(item.index);
    if ((index !== 0 && index !== -1) || isTarget(item)) return;
    const sorted = sortedCallOf(item.object, model);
    if (!sorted) return;
    const isFirst = index === 0;
    const name = isFirst !== sorted.isReversed ? "min" : "max";
    const edits: Edit[] = [
      { span: sorted.call.callee.span, text: name },
      ...sorted.dropReverse,
      { span: { start: sorted.call.span.end, end: item.span.end }, text: "" },
    ];
    const fix: Fix = {
      title: `Use ${name}`,
      safety: "review",
      changes: isFirst
        ? "without any element the error is a `ValueError`, not an `IndexError`"
        : "of equal elements the first one is taken, and without any the error is a `ValueError`",
      edits,
    };
    const isFixable = isBuiltinAt(name, item, model) && !handlesErrors(item, model);
    yield {
      span: item.span,
      message: `All elements are copied and sorted for one; \`${name}\` goes over them once`,
      ...(isFixable && !losesComment(edits, model) && { fix }),
    };
  },
});
