import type { Model } from "#semantics";
import { type Argument, type Call, type Expression, isA, type Name } from "#syntax";
import { defineRule } from "../rule";
import { isShortFrame } from "./frames";

/** To call a function with each row is to make a Series of each row first. */
export const dataframeApplyByRow = defineRule({
  meta: {
    name: "dataframe-apply-by-row",
    code: "MEM605",
    summary: "Function is applied to a DataFrame row by row, each row as a Series of its own",
    severity: "hint",
    gains: ["peak", "time"],
  },
  visits: ["Call"],
  calls: ["apply"],

  *check(call, model) {
    const { callee, args } = call;
    if (!isA(callee, "Attribute") || callee.name.text !== "apply") return;
    if (!args.some(isByRow) || args.some(isRaw) || !isCalledPerRow(call, model)) return;
    // A styler's `apply` is given rows of what is shown.
    if (isStyler(callee.object, model) || isShortFrame(callee.object)) return;
    yield {
      span: callee.name.span,
      message:
        "Every row becomes a Series first; work on whole columns, or go over a `zip` of them",
      allocations: [call.span],
    };
  },
});

/** `frame.style` and what is made of it. */
function isStyler(value: Expression, model: Model): boolean {
  if (/\bstyle[rd]?\b/i.test(model.textOf(value))) return true;
  const references = isA(value, "Name") ? (model.bindingOf(value)?.references ?? []) : [];
  return references.some(({ by }) => isA(by, "Assign") && /\.style\b/.test(model.textOf(by.value)));
}

/** `axis=1` or `axis="columns"`. */
function isByRow({ name, value }: Argument): boolean {
  if (name?.text !== "axis") return false;
  return isA(value, "Number")
    ? value.text === "1"
    : isA(value, "String") && value.raw === "columns";
}

/** With `raw=True` the rows are arrays, with an `engine` it is compiled. */
function isRaw({ name, shape }: Argument): boolean {
  return shape === "doubleStar" || name?.text === "raw" || name?.text === "engine";
}

/**
 * Names of reductions, builtin ones and numpy's are called once for all rows, or may be. A parameter
 * may be given such a name.
 */
function isCalledPerRow({ args }: Call, model: Model): boolean {
  const given = args.find(({ name }) => name === null || name.text === "func")?.value;
  if (!given || isA(given, "String", "List", "Dict", "Call")) return false;
  if (isA(given, "Lambda")) return true;
  if (isA(given, "Name") && isParameter(given, model)) return false;
  const name = model.qualifiedName(given);
  if (name === null) return true;
  return !/^(numpy|builtins)\./.test(name) || name === "builtins.tuple" || name === "builtins.list";
}

function isParameter(name: Name, model: Model): boolean {
  return model.bindingOf(name)?.writes.some(({ form }) => form === "parameter") ?? false;
}
