import type { Edit } from "#base";
import { canDelay, isOwned, type Model, type TypeName } from "#semantics";
import { type Expression, isA, type Name } from "#syntax";
import { defineRule, type Fix } from "../rule";
import { isIterated, whileLooped } from "./consumption";
import { dropListing, listedSource, losesComment, mayList } from "./drop-call";
import { isFew } from "./few-elements";

/** Types whose `copy` makes a container of the same elements. */
const copied: ReadonlySet<TypeName> = new Set(["bytearray", "deque", "dict", "list", "set"]);

/** A copy that is only iterated is needed only where the loop changes what was copied. */
export const listCopiedToIterate = defineRule({
  meta: {
    name: "list-copied-to-iterate",
    code: "MEM107",
    summary: "Container is copied only to be iterated by a loop that leaves it as it is",
    severity: "information",
    gains: ["peak"],
    peers: ["PERF101", "W8101", "unnecessary-list-cast", "S7504"],
  },
  visits: ["Call", "List", "Subscript"],
  calls: ["copy", "list", "tuple"],
  concerns: copy => (isA(copy, "Subscript") ? isA(copy.index, "Slice") : mayList(copy)),

  *check(copy, model) {
    if (!isIterated(copy, model)) return;
    const source = copiedName(copy, model);
    const binding = source && model.bindingOf(source);
    if (!source || binding?.scope.kind !== "function") return;
    const meanwhile = whileLooped(copy, model);
    if (!meanwhile || isFew(source, model)) return;
    if (!canDelay({ parts: [source], targets: new Set(), meanwhile }, model)) return;
    const isOwn = isOwned(binding, model);
    const edits = dropCopy(copy, source, model);
    const fix: Fix = isOwn
      ? { title, safety: "safe", edits }
      : { title, safety: "review", changes: otherwise, edits };
    yield {
      span: copy.span,
      severity: isOwn ? "warning" : "information",
      message: "The loop leaves the elements as they are, so it needs no copy of them",
      ...(!losesComment(edits, model) && { fix }),
    };
  },
});

const title = "Iterate without a copy";
const otherwise = "an iterator is read only as far as the loop goes, while the loop runs";

/** The name whose value `list(x)`, `tuple(x)`, `[*x]`, `x[:]` or `x.copy()` copies. */
function copiedName(copy: Expression, model: Model): Name | null {
  const source = sourceOf(copy, model);
  return isA(source, "Name") ? source : null;
}

function sourceOf(copy: Expression, model: Model): Expression | null {
  if (isA(copy, "Subscript")) {
    const { index, object } = copy;
    if (!isA(index, "Slice") || index.lower || index.upper || index.step) return null;
    // A slice of a string or a tuple is itself, that of an array a view.
    return isA(object, "Name") && model.typeOf(object) === "list" ? object : null;
  }
  if (isA(copy, "Call") && isA(copy.callee, "Attribute")) {
    const { name, object } = copy.callee;
    if (name.text !== "copy" || copy.args.length > 0) return null;
    const type = model.typeOf(object);
    return type !== null && copied.has(type) ? object : null;
  }
  const source = listedSource(copy, model);
  // A tuple of a tuple is itself.
  const isSame = source && isA(copy, "Call") && model.typeOf(source) === "tuple";
  return isSame && model.builtinName(copy.callee) === "tuple" ? null : source;
}

function dropCopy(copy: Expression, source: Expression, model: Model): Edit[] {
  if (isA(copy, "List") || listedSource(copy, model)) return dropListing(copy, source, model);
  return [{ span: { start: source.span.end, end: copy.span.end }, text: "" }];
}
