import type { Edit } from "#base";
import { hasEffects, isBuiltinAt, type Model } from "#semantics";
import { type Expression, isA, type ListComprehension, type Subscript } from "#syntax";
import { defineRule, type Fix } from "../rule";
import { dropListing, listedSource, losesComment } from "./drop-call";
import { hasFewElements, isFew } from "./few-elements";
import { handlesErrors } from "./handles-errors";
import { isIterator } from "./lazy-builtins";
import { isTarget, numberOf } from "./subscripts";

/** Types that can be asked for their first element themselves. */
const indexed: ReadonlySet<string> = new Set(["bytes", "list", "str", "tuple"]);

/** A list that is made for its first element makes all the others too. */
export const listBuiltForFirst = defineRule({
  meta: {
    name: "list-built-for-first",
    code: "MEM110",
    summary: "List is built in full only for its first element",
    severity: "hint",
    gains: ["peak", "time"],
    peers: ["RUF015", "unnecessary-iterable-allocation-for-first-element", "S8519"],
  },
  visits: ["Subscript"],
  concerns: ({ index }) => numberOf(index) === 0,

  *check(first, model) {
    const { object: list, index } = first;
    if (numberOf(index) !== 0 || isTarget(first)) return;
    const source = isA(list, "ListComprehension") ? list : listedSource(list, model);
    if (!source || isShort(source, model)) return;
    const fix = firstOnly(first, list, source, model);
    yield {
      span: list.span,
      message: "Only the first element is used, but all of them are made or copied for it",
      ...(fix && !losesComment(fix.edits, model) && { fix }),
    };
  },
});

function isShort(source: Expression, model: Model): boolean {
  if (!isA(source, "ListComprehension")) return isFew(source, model);
  return source.isAsync || hasFewElements(source, model);
}

/** Null where `next` means something else, or somebody waits for the list's `IndexError`. */
function firstOnly(
  first: Subscript,
  list: Expression,
  source: Expression,
  model: Model,
): Fix | null {
  if (isA(source, "Name", "Attribute") && indexed.has(model.typeOf(source) ?? "")) {
    const edits = dropListing(list, source, model);
    return { title: "Ask for it directly", safety: "safe", edits };
  }
  if (!isBuiltinAt("next", first, model) || !isBuiltinAt("iter", first, model)) return null;
  if (handlesErrors(first, model)) return null;
  const changes = hasEffects(source)
    ? "calls for the rest do not run, and without any element the error is a `StopIteration`"
    : "an iterator keeps its rest, and without any element the error is a `StopIteration`";
  const edits = takeNext(first, list, isLazy(source, model));
  return { title: "Take the first with next", safety: "review", changes, edits };
}

function isLazy(source: Expression, model: Model): boolean {
  return isA(source, "ListComprehension") || isIterator(source, model);
}

/** `next(x)` of an iterator, `next(iter(x))` of everything else. */
function takeNext(first: Subscript, list: Expression, isLazy: boolean): Edit[] {
  const [open, close] = isLazy ? ["next(", ")"] : ["next(iter(", "))"];
  const { start, end } = bracketsOf(list);
  return [
    { span: { start: first.span.start, end: start }, text: open },
    { span: { start: end, end: first.span.end }, text: close },
  ];
}

/** What stands in a list's brackets or a call's parentheses, without the star of `[*x]`. */
function bracketsOf(list: Expression): { start: number; end: number } {
  if (isA(list, "Call")) {
    const last = list.trailingComma ?? list.close;
    return { start: list.open.end, end: last.start };
  }
  const inside: ListComprehension | Expression = isA(list, "List")
    ? (list.elements[0] ?? list)
    : list;
  if (isA(inside, "Starred")) return inside.value.span;
  return isA(list, "ListComprehension")
    ? { start: list.open.end, end: list.close.start }
    : list.span;
}
