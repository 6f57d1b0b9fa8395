import type { Edit } from "#base";
import { canDelay, hasEffects, type Model } from "#semantics";
import { type Expression, isA, type ListComprehension, type Node } from "#syntax";
import { defineRule, type Fix } from "../rule";
import { whileLooped, whileReadLater } from "./consumption";
import { dropCall } from "./drop-call";
import { hasFewElements, isFew } from "./few-elements";
import { listedLazily } from "./lazy-builtins";

/** A list that is read once, front to back, holds every element while one is needed. */
export const listBuiltOnlyToIterate = defineRule({
  meta: {
    name: "list-built-only-to-iterate",
    code: "MEM103",
    summary: "List is built in full only to be iterated once",
    severity: "warning",
    gains: ["peak"],
  },
  visits: ["ListComprehension", "Call"],
  calls: ["list", "tuple"],

  *check(list, model) {
    const source = list.kind === "Call" ? listedLazily(list, model) : list;
    if (!source || isShort(source, model)) return;
    const meanwhile = whileLooped(list, model) ?? whileReadLater(list, model);
    if (!meanwhile) return;
    if (!canDelay({ parts: [source], targets: new Set(), meanwhile }, model)) return;
    yield {
      span: list.span,
      message: "This list is read once, in order; a generator holds one element at a time",
      fix: {
        title,
        edits: list.kind === "Call" ? dropCall(list) : rebracket(list),
        ...review(source),
      },
    };
  },
});

function isShort(source: Expression, model: Model): boolean {
  if (!isA(source, "ListComprehension")) return isFew(source, model);
  return source.isAsync || hasFewElements(source, model);
}

const title = "Read it one element at a time";

function rebracket(list: ListComprehension): Edit[] {
  return [
    { span: list.open, text: "(" },
    { span: list.close, text: ")" },
  ];
}

function review(source: Node): Pick<Fix, "safety" | "changes"> {
  const changes = hasEffects(source)
    ? "the calls in it run while it is read, and not at all when the loop ends early"
    : "elements are made while it is read, so an error in one shows later";
  return { safety: "review", changes };
}
