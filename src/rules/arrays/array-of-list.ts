import type { Edit } from "#base";
import {
  isBuiltinAt,
  type Model,
  numberTypeOf,
  numberTypeOfFunction,
  type NumberType,
} from "#semantics";
import { type Call, type Expression, isA, type NodeOf } from "#syntax";
import { isFew } from "../collections/few-elements";
import { defineRule, type Fix } from "../rule";
import { hasShortSource } from "./short-source";
import { dtypeOf, isNumberDtype } from "./dtype";

type Source = NodeOf<"ListComprehension" | "Generator" | "Call">;

/** A list of numbers that only an array is made of holds every number as an object first. */
export const arrayOfList = defineRule({
  meta: {
    name: "array-of-list",
    code: "MEM608",
    summary: "List of numbers is built in full only to make an array of it",
    severity: "warning",
    gains: ["peak"],
  },
  visits: ["Call"],
  calls: ["array", "asarray"],

  *check(call, model) {
    const [list, second] = call.args;
    if (list?.shape !== "positional" || !isA(list.value, "ListComprehension", "Call")) return;
    if (second && (call.args.length > 2 || second.value !== dtypeOf(call, 1))) return;
    const name = model.qualifiedName(call.callee);
    if (name !== "numpy.array" && name !== "numpy.asarray") return;
    if (second && !isNumberDtype(second.value, model)) return;

    const source = sourceOf(list.value, model);
    const type = source && elementType(source, model);
    if (!type) return;
    const isRange = isA(source, "Call") && model.builtinName(source.callee) === "range";
    const maker = isRange ? "arange" : "fromiter";
    const fix = isRange
      ? makeRange(call, source, model)
      : makeOfIterator(call, source, type, model);
    yield {
      span: list.value.span,
      message: `Every number is an object in a list first; \`np.${maker}\` makes the array without`,
      ...(fix ? { fix } : {}),
    };
  },
});

/** What gives the elements, where that could be read without a list of them. */
function sourceOf(list: NodeOf<"ListComprehension" | "Call">, model: Model): Source | null {
  if (isA(list, "ListComprehension")) {
    return isLong(list, model) ? list : null;
  }
  const builtin = model.builtinName(list.callee);
  if (builtin === "range") return isFew(list, model) ? null : list;
  const [given] = list.args;
  if (builtin !== "list" || given?.shape !== "positional") return null;
  const { value } = given;
  if (isA(value, "Generator")) return isLong(value, model) ? value : null;
  if (!isA(value, "Call") || isFew(value, model)) return null;
  const lazy = model.builtinName(value.callee);
  return lazy === "range" || lazy === "map" ? value : null;
}

function isLong(source: NodeOf<"ListComprehension" | "Generator">, model: Model): boolean {
  return !source.isAsync && !hasShortSource(source, model);
}

function elementType(source: Source, model: Model): NumberType | null {
  if (!isA(source, "Call")) return numberTypeOf(source.element, model);
  if (model.builtinName(source.callee) === "range") return "int";
  const [mapped] = source.args;
  return mapped ? numberTypeOfFunction(mapped.value, model) : null;
}

/** `np.array(` becomes `np.fromiter(`; null where numpy itself has no name here. */
function renamed({ callee }: Call, name: string): Edit | null {
  return isA(callee, "Attribute") ? { span: callee.name.span, text: name } : null;
}

function makeOfIterator(call: Call, source: Source, type: NumberType, model: Model): Fix | null {
  const name = renamed(call, "fromiter");
  const list = call.args[0]?.value;
  const isTyped = call.args.length > 1;
  if (!name || !list || (!isTyped && !isBuiltinAt(type, call, model))) return null;
  const dtype = isTyped ? [] : [{ span: endOf(list), text: `, dtype=${type}` }];
  return {
    title: "Make the array of an iterator",
    safety: "review",
    changes: "an empty array has the dtype too, and an integer too large for it is an error",
    edits: [name, ...unlisted(list, source), ...dtype],
  };
}

function makeRange(call: Call, source: Call, model: Model): Fix | null {
  const name = renamed(call, "arange");
  const list = call.args[0]?.value;
  if (!name || !list || source.trailingComma || !isBuiltinAt("int", call, model)) return null;
  // Without a dtype `arange` takes the type from its arguments, which may be numpy's own integers.
  const dtype = call.args.length > 1 ? [] : [{ span: endOf(list), text: ", dtype=int" }];
  const edits = [
    name,
    { span: { start: list.span.start, end: source.open.end }, text: "" },
    { span: { start: source.close.start, end: list.span.end }, text: "" },
  ];
  return {
    title: "Make the range as an array",
    safety: "review",
    changes: "an empty range has the dtype of integers too, not of floats",
    edits: [...edits, ...dtype],
  };
}

function endOf({ span }: Expression): Edit["span"] {
  return { start: span.end, end: span.end };
}

/** Takes away what makes a list of the source: brackets or a call of `list`. */
function unlisted(list: Expression, source: Source): Edit[] {
  if (isA(list, "ListComprehension")) {
    return [
      { span: list.open, text: "(" },
      { span: list.close, text: ")" },
    ];
  }
  const { start, end } = list.span;
  // The generator's own parentheses are those of the call.
  if (isA(source, "Generator")) return [{ span: { start, end: source.span.start }, text: "" }];
  return [
    { span: { start, end: source.span.start }, text: "" },
    { span: { start: source.span.end, end }, text: "" },
  ];
}
