import { instanceClass, type Model, numberTypeOf } from "#semantics";
import { type Assign, type Expression, isA, type ListComprehension } from "#syntax";
import { defineRule } from "../rule";
import { hasFewElements, isFew } from "./few-elements";

/** A list of numbers that lives long holds an object and a reference for each of them. */
export const numericListKept = defineRule({
  meta: {
    name: "numeric-list-kept",
    code: "MEM132",
    summary: "List of numbers is kept by a module or an instance",
    severity: "hint",
    isDefault: false,
    gains: ["retained"],
  },
  visits: ["Assign"],
  concerns: ({ value }) => isA(value, "Call", "ListComprehension"),

  *check(statement, model) {
    const { value } = statement;
    if (!isA(value, "ListComprehension", "Call")) return;
    if (!isNumeric(value, model) || !isKept(statement, model)) return;
    yield {
      span: value.span,
      message: "Each number here is an object; an `array` keeps its 8 bytes and nothing else",
    };
  },
});

/** Whether the list is one that its module or an instance keeps. */
function isKept({ targets, parent }: Assign, model: Model): boolean {
  const [target, second] = targets;
  if (second) return false;
  if (isA(target, "Name")) return isA(parent, "Module");
  if (!isA(target, "Attribute") || !isA(target.object, "Name")) return false;
  return instanceClass(target.object, model) !== null;
}

/** `[float(x) for x in xs]`, `list(map(float, xs))` or `list(range(n))`. */
function isNumeric(value: ListComprehension | Expression, model: Model): boolean {
  if (isA(value, "ListComprehension")) {
    // A literal is one object, however often it is in the list, and so are True and False.
    if (isA(value.element, "Number", "Constant")) return false;
    const type = numberTypeOf(value.element, model);
    return type !== null && type !== "bool" && !hasFewElements(value, model);
  }
  if (!isA(value, "Call") || model.builtinName(value.callee) !== "list") return false;
  const made = value.args[0]?.value;
  if (!isA(made, "Call") || isFew(made, model)) return false;
  const name = model.builtinName(made.callee);
  const [first] = made.args;
  if (name === "range") return true;
  const maker = name === "map" && first ? model.builtinName(first.value) : null;
  return maker === "int" || maker === "float";
}
