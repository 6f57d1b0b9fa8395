import type { Span } from "#base";
import type { Model } from "#semantics";
import { isA } from "#syntax";
import { defineRule, type Fix } from "../rule";
import { type AppendLoop, appendLoopOf } from "./append-loop";
import { losesComment } from "./drop-call";
import { isFew } from "./few-elements";

/** A loop that appends each element as it is does what `extend` does. */
export const listCopiedByAppend = defineRule({
  meta: {
    name: "list-copied-by-append",
    code: "MEM120",
    summary: "Loop appends every element of an iterable to a list, as it is",
    severity: "hint",
    isDefault: false,
    gains: ["time"],
    peers: ["PERF402", "manual-list-copy", "W8402", "use-list-copy"],
  },
  visits: ["For"],

  *check(loop, model) {
    const { target } = loop;
    if (!isA(target, "Name")) return;
    const copy = appendLoopOf(loop, model);
    if (copy?.clauses.length !== 1 || !isA(copy.element, "Name")) return;
    if (model.bindingOf(copy.element) !== model.bindingOf(target)) return;
    if (isFew(loop.iterable, model)) return;
    const fix = useExtend(copy, model);
    yield {
      span: copy.append.callee.span,
      message: "`extend` takes all elements in one call, in less time",
      allocations: [copy.append.span],
      ...(fix && { fix }),
    };
  },
});

function useExtend({ loop, list }: AppendLoop, model: Model): Fix | null {
  const { text } = model.file;
  const written: Span = { start: loop.target.span.end, end: loop.body.span.start };
  const between = text.slice(written.start, written.end);
  const iterable = /^\s*in\s*([^]*?)\s*:\s*$/.exec(between)?.[1];
  if (iterable === undefined) return null;
  const isBare = isA(loop.iterable, "Tuple") && !iterable.startsWith("(");
  const argument = isBare ? `(${iterable})` : iterable;
  const edits = [{ span: loop.span, text: `${list.text}.extend(${argument})` }];
  if (losesComment(edits, model)) return null;
  const changes = "the loop's name is not set after it";
  return { title: "Use `extend`", safety: "review", changes, edits };
}
