import type { Edit } from "#base";
import { canDelay, isOwned, type Model } from "#semantics";
import { type Call, type Expression, isA, type Name } from "#syntax";
import { importing } from "../importing";
import { defineRule, type Fix } from "../rule";
import { whileRead } from "./consumption";
import { losesComment } from "./drop-call";
import { isFew } from "./few-elements";
import { type PairedSlice, pairedSlices } from "./paired-slices";

/** Builtins that read all pairs at once, into a container of their own. */
const listing: ReadonlySet<string> = new Set(["list", "sorted", "tuple"]);

const copiedBySlice: ReadonlySet<string> = new Set(["bytes", "list", "str", "tuple"]);

/** `zip(xs, xs[1:])` pairs each element with its neighbour and copies all of them for it. */
export const pairsBySlice = defineRule({
  meta: {
    name: "pairs-by-slice",
    code: "MEM114",
    summary: "Sequence is copied by a slice only to pair its elements with their neighbours",
    severity: "information",
    gains: ["peak"],
    peers: ["RUF007", "zip-instead-of-pairwise"],
  },
  visits: ["Call"],
  calls: ["zip"],

  *check(call, model) {
    const slices = pairedSlices(call, model);
    const [first] = slices;
    if (!first) return;
    const { object } = first.slice;
    const binding = model.bindingOf(object);
    if (binding?.scope.kind !== "function" || isFew(object, model)) return;
    if (!copiedBySlice.has(model.typeOf(object) ?? "")) return;
    const meanwhile = isListed(call, model) ? [] : whileRead(call, model);
    if (!meanwhile) return;
    if (!canDelay({ parts: [object], targets: new Set(), meanwhile }, model)) return;
    const edits = withoutSlices(call, object, slices, model);
    const fix: Fix | null = edits && {
      title: "Pair without a copy",
      edits,
      ...(isOwned(binding, model) ? { safety: "safe" } : { safety: "review", changes: otherwise }),
    };
    yield {
      span: first.slice.span,
      message: "This slice copies the elements for `zip`, which reads them one at a time",
      ...(fix && !losesComment(fix.edits, model) && { fix }),
    };
  },
});

const otherwise = "the sequence itself is read, so code that changes it meanwhile shows";

function isListed({ parent }: Expression, model: Model): boolean {
  if (!isA(parent, "Argument") || parent.shape !== "positional") return false;
  return isA(parent.parent, "Call") && listing.has(model.builtinName(parent.parent.callee) ?? "");
}

/** `pairwise(xs)` where Python has it for sure, else `zip(xs, islice(xs, 1, None))`. */
function withoutSlices(
  call: Call,
  { text }: Name,
  slices: readonly PairedSlice[],
  model: Model,
): readonly Edit[] | null {
  const arePairs = call.args.length === 2 && slices.some(({ start }) => start === 1);
  if (arePairs && (model.target?.minor ?? 0) >= 10) {
    const pairwise = importing("itertools", "pairwise", call, model);
    if (pairwise)
      return [...pairwise.edits, { span: call.span, text: `${pairwise.name}(${text})` }];
  }
  const islice = importing("itertools", "islice", call, model);
  if (!islice) return null;
  const calls = slices.map(({ slice, start }) => ({
    span: slice.span,
    text: start === 0 ? text : `${islice.name}(${text}, ${start}, None)`,
  }));
  return [...islice.edits, ...calls];
}
