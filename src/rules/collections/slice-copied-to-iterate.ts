import type { Edit } from "#base";
import { type Binding, canDelay, isBuiltinAt, isOwned, type Model } from "#semantics";
import { isA, type Name, type NodeOf, type Subscript } from "#syntax";
import { importing } from "../importing";
import { defineRule, type Fix } from "../rule";
import { whileRead } from "./consumption";
import { losesComment } from "./drop-call";
import { isFew } from "./few-elements";
import { pairedSlices } from "./paired-slices";
import { numberOf } from "./subscripts";

type SliceOfName = Subscript & { readonly object: Name; readonly index: NodeOf<"Slice"> };

/** A slice of a list is a list of its own, also where a loop reads it and drops it. */
export const sliceCopiedToIterate = defineRule({
  meta: {
    name: "slice-copied-to-iterate",
    code: "MEM113",
    summary: "Part of a list is copied by a slice only to be iterated",
    severity: "hint",
    gains: ["peak"],
  },
  visits: ["Subscript"],
  concerns: isSliceOfName,

  *check(slice, model) {
    if (!isSliceOfName(slice)) return;
    const way = wayAlong(slice.index);
    const binding = way && model.bindingOf(slice.object);
    if (!way || !binding || !isLongList(slice.object, binding, model)) return;
    const meanwhile = whileRead(slice, model);
    if (!meanwhile || isPaired(slice, model)) return;
    if (!canDelay({ parts: [slice.object], targets: new Set(), meanwhile }, model)) return;
    const fix = way === "back" ? goBack(slice, binding, model) : goAlong(slice, way, model);
    yield {
      span: slice.span,
      message: "This slice copies the elements for a loop that reads them one at a time",
      ...(fix && !losesComment(fix.edits, model) && { fix }),
    };
  },
});

function isSliceOfName(slice: Subscript): slice is SliceOfName {
  return isA(slice.index, "Slice") && isA(slice.object, "Name");
}

/** From where to read, and every how manyth element. */
type Way = "back" | { readonly start: number; readonly step: number };

/** `xs[::-1]`, `xs[2:]` or `xs[::2]`; null where it is not known, or few elements may be meant. */
function wayAlong({ lower, upper, step }: NodeOf<"Slice">): Way | null {
  if (upper) return null;
  const start = lower ? numberOf(lower) : 0;
  const stride = step ? numberOf(step) : 1;
  if (start === null || stride === null) return null;
  if (stride === -1) return lower ? null : "back";
  const isCopyOfAll = start === 0 && stride === 1;
  return start >= 0 && stride > 0 && !isCopyOfAll ? { start, step: stride } : null;
}

/** Whether a name is a list or tuple of the function's, and not `*args`, which are few. */
function isLongList(name: Name, { scope }: Binding, model: Model): boolean {
  if (scope.kind !== "function" || isFew(name, model)) return false;
  const type = model.typeOf(name);
  if (type !== "list" && type !== "tuple") return false;
  const parameters = isA(scope.node, "FunctionDef") ? scope.node.parameters : [];
  return !parameters.some(each => each.shape === "star" && each.name.text === name.text);
}

/** `zip(xs, xs[1:])` is another rule's. */
function isPaired({ parent }: SliceOfName, model: Model): boolean {
  const call = isA(parent, "Argument") ? parent.parent : null;
  return isA(call, "Call") && pairedSlices(call, model).length > 0;
}

const changes = "the list itself is read, so code that changes it meanwhile shows";

function goBack({ object, span }: SliceOfName, binding: Binding, model: Model): Fix | null {
  if (!isBuiltinAt("reversed", object, model)) return null;
  const edits: Edit[] = [{ span, text: `reversed(${object.text})` }];
  const title = "Iterate it backwards";
  return isOwned(binding, model)
    ? { title, safety: "safe", edits }
    : { title, safety: "review", changes, edits };
}

function goAlong(
  slice: SliceOfName,
  { start, step }: Exclude<Way, "back">,
  model: Model,
): Fix | null {
  const islice = importing("itertools", "islice", slice, model);
  if (!islice) return null;
  const stride = step === 1 ? "" : `, ${step}`;
  const text = `${islice.name}(${slice.object.text}, ${start}, None${stride})`;
  const edits: Edit[] = [...islice.edits, { span: slice.span, text }];
  return { title: "Iterate it with islice", safety: "review", changes, edits };
}
