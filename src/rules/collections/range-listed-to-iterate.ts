import { type Model } from "#semantics";
import { type Expression, isA } from "#syntax";
import { defineRule } from "../rule";
import { isIterated, whileReadLater } from "./consumption";
import { dropListing, listedSource, losesComment, mayList } from "./drop-call";
import { isFew } from "./few-elements";

/** Builtins that take a range as well as a list, and read it when they are read themselves. */
const readers: ReadonlySet<string> = new Set(["enumerate", "filter", "map", "reversed", "zip"]);

/** A range counts without holding its numbers; a list of it holds them all. */
export const rangeListedToIterate = defineRule({
  meta: {
    name: "range-listed-to-iterate",
    code: "MEM108",
    summary: "Range is listed in full only to be iterated",
    severity: "warning",
    gains: ["peak"],
  },
  visits: ["Call", "List"],
  calls: ["list", "tuple"],
  concerns: mayList,

  *check(list, model) {
    const source = listedSource(list, model);
    if (!isA(source, "Call") || model.builtinName(source.callee) !== "range") return;
    if (isFew(source, model)) return;
    const isRead = isIterated(list, model) || isGiven(list, model);
    if (!isRead && !whileReadLater(list, model)) return;
    const edits = dropListing(list, source, model);
    yield {
      span: list.span,
      message: "A range can be iterated as it is; the list holds all of its numbers at once",
      ...(!losesComment(edits, model) && {
        fix: { title: "Iterate the range", safety: "safe", edits },
      }),
    };
  },
});

/** Whether a builtin takes the list that does not need it to be one. */
function isGiven({ parent }: Expression, model: Model): boolean {
  if (!isA(parent, "Argument") || parent.shape !== "positional") return false;
  return isA(parent.parent, "Call") && readers.has(model.builtinName(parent.parent.callee) ?? "");
}
