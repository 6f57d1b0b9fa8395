import { isSameExpression, type Model } from "#semantics";
import { type Assign, type Expression, isA } from "#syntax";
import { defineRule } from "../rule";
import { isOnlyGrown } from "./accumulator";

/** Functions that are given several arrays. */
const joiners: ReadonlySet<string> = new Set(
  ["concatenate", "concat", "vstack", "hstack", "dstack", "stack", "column_stack"]
    .concat(["row_stack"])
    .map(name => `numpy.${name}`),
);
const indexJoiners: ReadonlySet<string> = new Set(["numpy.r_", "numpy.c_"]);

/** Arrays have a fixed size: each of these makes a new one and copies all that there is. */
export const arrayGrownInLoop = defineRule({
  meta: {
    name: "array-grown-in-loop",
    code: "MEM602",
    summary: "Array is copied in every round of a loop to make it longer",
    severity: "warning",
    gains: ["time", "copies"],
  },
  visits: ["Assign"],

  *check(statement, model) {
    const [target] = statement.targets;
    const grows = (each: Assign, array: Expression) => isGrowth(each, array, model);
    if (!target || statement.targets.length > 1 || !grows(statement, target)) return;
    if (!isOnlyGrown(target, statement, model, grows)) return;
    yield {
      span: statement.value.span,
      message: "Every round copies the whole array; preallocate it, or collect and convert once",
      allocations: [statement.span],
    };
  },
});

function isGrowth({ value }: Assign, array: Expression, model: Model): boolean {
  if (isA(value, "Subscript")) {
    if (!indexJoiners.has(model.qualifiedName(value.object) ?? "")) return false;
    return isA(value.index, "Tuple") && holds(value.index.elements, array);
  }
  if (value.kind !== "Call") return false;
  const [first] = value.args;
  const name = model.qualifiedName(value.callee) ?? "";
  if (!first) return false;
  const isGiven = value.args.slice(0, 2).map(each => isSameExpression(each.value, array));
  if (name === "numpy.append") return isGiven.includes(true);
  if (name === "numpy.insert") return isGiven[0] === true;
  return (
    joiners.has(name) && isA(first.value, "List", "Tuple") && holds(first.value.elements, array)
  );
}

function holds(elements: readonly Expression[], array: Expression): boolean {
  return elements.length > 1 && elements.some(element => isSameExpression(element, array));
}
