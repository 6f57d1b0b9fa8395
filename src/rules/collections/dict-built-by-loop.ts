import { canStandInComprehension, type Model } from "#semantics";
import { type Expression, isA } from "#syntax";
import { defineRule } from "../rule";
import { isFew } from "./few-elements";
import { fillingOf, nestOf, partOf } from "./fill-loop";

/** A loop that only sets the items of a fresh dict is a dict comprehension. */
export const dictBuiltByLoop = defineRule({
  meta: {
    name: "dict-built-by-loop",
    code: "MEM121",
    summary: "Loop builds a dict that a comprehension could stand for",
    severity: "hint",
    isDefault: false,
    gains: ["time"],
    peers: ["PERF403", "manual-dict-comprehension", "W8403", "use-dict-comprehension"],
  },
  visits: ["For"],

  *check(loop, model) {
    const nest = nestOf(loop);
    if (!isA(nest?.statement, "Assign")) return;
    const { targets, value } = nest.statement;
    const [item, second] = targets;
    if (!isA(item, "Subscript") || second || !isA(item.object, "Name")) return;
    if (isA(item.index, "Slice") || isFew(loop.iterable, model)) return;
    const parts = [...nest.clauses.map(partOf), item.index, value];
    if (!parts.every(canStandInComprehension)) return;
    if (!fillingOf(item.object, nest, made => isEmptyDict(made, model), model)) return;
    yield {
      span: item.span,
      message: "A dict comprehension says this in one statement; it takes the same memory",
    };
  },
});

function isEmptyDict(value: Expression, model: Model): boolean {
  if (isA(value, "Dict")) return value.entries.length === 0;
  return (
    isA(value, "Call") && value.args.length === 0 && model.builtinName(value.callee) === "dict"
  );
}
