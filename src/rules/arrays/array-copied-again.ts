import type { Edit } from "#base";
import { type Model } from "#semantics";
import { type Attribute, type Call, type Expression, isA } from "#syntax";
import { defineRule, type Fix } from "../rule";
import { dtypeOf, isNumberDtype } from "./dtype";
import { isFreshArray, isSmallArray } from "./fresh-array";

/** A new array, which nothing else holds, is copied into another one and dropped. */
export const arrayCopiedAgain = defineRule({
  meta: {
    name: "array-copied-again",
    code: "MEM610",
    summary: "New array is copied once more, or into another type, and dropped",
    severity: "hint",
    gains: ["peak", "copies"],
  },
  visits: ["Call"],
  calls: ["array", "astype", "argsort", "copy", "cumsum", "flatten"],

  *check(call, model) {
    const fix = mendedMethod(call, model) ?? mendedArray(call, model);
    if (!fix) return;
    yield {
      span: call.span,
      message: "Copies what was made a moment before; both are in memory at the same time",
      fix,
    };
  },
});

type MethodCall = Call & { readonly callee: Attribute };

function isMethodCall(call: Expression): call is MethodCall {
  return isA(call, "Call") && isA(call.callee, "Attribute");
}

function mendedMethod(call: Call, model: Model): Fix | null {
  if (!isMethodCall(call)) return null;
  switch (call.callee.name.text) {
    case "astype":
      return passDtype(call, model) ?? dropInnerCopy(call, model);
    case "argsort":
    case "cumsum":
      return dropInnerCopy(call, model);
    case "copy":
      return dropCopy(call, model);
    case "flatten":
      return dropInnerCopy(call, model) ?? useView(call, model);
    default:
      return null;
  }
}

/** Where the constructors take their dtype. */
const dtypePlaces: ReadonlyMap<string, number> = new Map([
  ["numpy.array", 1],
  ["numpy.empty", 1],
  ["numpy.full", 2],
  ["numpy.ones", 1],
  ["numpy.zeros", 1],
]);

/** `np.zeros(n).astype(int)` becomes `np.zeros(n, dtype=int)`. */
function passDtype(call: MethodCall, model: Model): Fix | null {
  const made = call.callee.object;
  const [dtype, more] = call.args;
  if (!isA(made, "Call") || !dtype || more || !isNumberDtype(dtype.value, model)) return null;
  const place = dtypePlaces.get(model.qualifiedName(made.callee) ?? "");
  if (place === undefined || dtypeOf(made, place) || !isPlain(made) || isSmallArray(made))
    return null;
  const tail = { start: made.close.end, end: call.span.end };
  const isSplit = model.file.text.slice(tail.start, tail.end).includes("\n");
  const last = made.args.at(-1);
  if (isSplit || !last) return null;
  return {
    title: "Make the array of that type",
    safety: "review",
    changes: "numbers that do not fit the type may be an error instead of being wrapped",
    edits: [
      { span: at(last.span.end), text: `, dtype=${model.textOf(dtype.value)}` },
      { span: tail, text: "" },
    ],
  };
}

function isPlain({ args }: Call): boolean {
  return args.every(({ shape, name }) => shape === "positional" || name?.text === "shape");
}

/** `rows.copy().astype(int)`: these methods give a new array anyway. */
function dropInnerCopy(call: MethodCall, model: Model): Fix | null {
  const copy = call.callee.object;
  if (!isMethodCall(copy) || copy.callee.name.text !== "copy" || copy.args.length > 0) return null;
  if (call.args.some(({ name }) => name?.text === "copy")) return null;
  const edit = dropped(copy, model);
  return edit && { title: "Drop the copy", safety: "review", changes: order, edits: [edit] };
}

const order = "the numbers may stand in another order in memory";

function dropCopy(call: MethodCall, model: Model): Fix | null {
  const { object } = call.callee;
  if (call.args.length > 0 || !isFreshArray(object, model)) return null;
  // `rows.copy().copy()` of what may be anything is for another rule.
  const edit = dropped(call, model);
  return edit && { title: "Drop the copy", safety: "review", changes: order, edits: [edit] };
}

/** Takes `.copy()` away; null where a comment might go with it. */
function dropped({ callee, span }: MethodCall, model: Model): Edit | null {
  const tail = { start: callee.name.span.start - 1, end: span.end };
  const text = model.file.text.slice(tail.start, tail.end);
  return /^\.\w+\(\)$/.test(text) ? { span: tail, text: "" } : null;
}

function useView(call: MethodCall, model: Model): Fix | null {
  if (!isFreshArray(call.callee.object, model)) return null;
  return {
    title: "Use `ravel`",
    safety: "review",
    changes: "the result is a view where that is possible, which cannot be resized in place",
    edits: [{ span: call.callee.name.span, text: "ravel" }],
  };
}

/** `np.array(a + b)` becomes `np.asarray(a + b)`, which gives the very array. */
function mendedArray({ callee, args }: Call, model: Model): Fix | null {
  const [made, more] = args;
  if (!isA(callee, "Attribute") || !made || more || made.shape !== "positional") return null;
  if (model.qualifiedName(callee) !== "numpy.array" || !isFreshArray(made.value, model))
    return null;
  // `argsort` of a column gives a column.
  if (isMethodCall(made.value) && made.value.callee.name.text === "argsort") return null;
  return {
    title: "Use `asarray`",
    safety: "safe",
    edits: [{ span: callee.name.span, text: "asarray" }],
  };
}

function at(offset: number): Edit["span"] {
  return { start: offset, end: offset };
}
