import { canDelay, isOwned } from "#semantics";
import { type Expression, isA, type Name } from "#syntax";
import { defineRule, type Fix } from "../rule";
import { whileLooped, whileReadLater } from "./consumption";
import { dropListing, listedSource, losesComment, mayList } from "./drop-call";
import { isFew } from "./few-elements";

const views: ReadonlySet<string> = new Set(["items", "keys", "values"]);

/** A dict's view gives keys, values or items as the loop goes; a list of it is a copy of all. */
export const keysListedToIterate = defineRule({
  meta: {
    name: "keys-listed-to-iterate",
    code: "MEM109",
    summary: "Keys, values or items of a dict are listed in full only to be iterated",
    severity: "information",
    gains: ["peak"],
  },
  visits: ["Call", "List"],
  calls: ["list", "tuple"],
  concerns: mayList,

  *check(list, model) {
    const source = listedSource(list, model);
    const dict = source && dictOfView(source);
    const binding = dict ? model.bindingOf(dict) : null;
    if (!source || !dict || binding?.scope.kind !== "function") return;
    const meanwhile = whileLooped(list, model) ?? whileReadLater(list, model);
    if (!meanwhile || isFew(dict, model)) return;
    if (!canDelay({ parts: [dict], targets: new Set(), meanwhile }, model)) return;
    const edits = dropListing(list, source, model);
    const fix: Fix = isOwned(binding, model)
      ? { title, safety: "safe", edits }
      : { title, safety: "review", changes: otherwise, edits };
    yield {
      span: list.span,
      message: "The loop leaves the dict as it is, so it can go over the view without a copy",
      ...(!losesComment(edits, model) && { fix }),
    };
  },
});

const title = "Iterate the view";
const otherwise = "a dict that another thread or an element's own code makes larger ends the loop";

/** The dict that `d.keys()`, `d.values()` or `d.items()` belongs to, where that is a name. */
function dictOfView(view: Expression): Name | null {
  if (!isA(view, "Call") || view.args.length > 0 || !isA(view.callee, "Attribute")) return null;
  const { name, object } = view.callee;
  return views.has(name.text) && isA(object, "Name") ? object : null;
}
