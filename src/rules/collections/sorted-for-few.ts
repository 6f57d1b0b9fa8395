import type { Edit } from "#base";
import type { Model } from "#semantics";
import { isA, type Subscript } from "#syntax";
import { importing } from "../importing";
import { defineRule, type Fix } from "../rule";
import { losesComment } from "./drop-call";
import { type SortedCall, sortedCallOf } from "./sorted-call";
import { isTarget, numberOf } from "./subscripts";

/** Of more elements than this a heap takes much longer than sorting. */
const most = 100;

/** Sorting holds a copy of all elements to keep a few; a heap holds those few. */
export const sortedForFew = defineRule({
  meta: {
    name: "sorted-for-few",
    code: "MEM112",
    summary: "All elements are copied and sorted only for the first few",
    severity: "hint",
    gains: ["peak"],
  },
  visits: ["Subscript"],
  concerns: part => countOf(part) !== null,

  *check(part, model) {
    const count = countOf(part);
    if (count === null || isTarget(part)) return;
    const sorted = sortedCallOf(part.object, model);
    if (!sorted) return;
    const name = sorted.isReversed ? "nlargest" : "nsmallest";
    const fix = keepFew(part, sorted, { name, count }, model);
    yield {
      span: part.span,
      message: `All elements are copied and sorted for ${count}; \`heapq.${name}\` holds only those`,
      ...(fix && !losesComment(fix.edits, model) && { fix }),
    };
  },
});

/** The number of elements that `[:n]` keeps, where it is a small one. */
function countOf({ index }: Subscript): number | null {
  if (!isA(index, "Slice") || index.step || (index.lower && numberOf(index.lower) !== 0))
    return null;
  const count = numberOf(index.upper);
  return count !== null && count > 0 && count <= most ? count : null;
}

/** Null where `heapq` cannot be named there, or the source cannot be the second argument. */
function keepFew(
  part: Subscript,
  { call, source, dropReverse }: SortedCall,
  { name, count }: { readonly name: string; readonly count: number },
  model: Model,
): Fix | null {
  // A generator that has the call's own parentheses would need a pair of its own.
  if (source.span.start < call.open.end) return null;
  const heap = importing("heapq", name, part, model);
  if (!heap) return null;
  const edits: Edit[] = [
    ...heap.edits,
    { span: call.callee.span, text: heap.name },
    { span: { start: call.open.end, end: call.open.end }, text: `${count}, ` },
    ...dropReverse,
    { span: { start: call.span.end, end: part.span.end }, text: "" },
  ];
  const changes =
    "it takes about five times as long, and also compares elements with the kept ones";
  return { title: `Use heapq.${name}`, safety: "review", changes, edits };
}
