import { isSameExpression, type Model } from "#semantics";
import { type Assign, type Expression, isA } from "#syntax";
import { lastNames } from "../last-names";
import { defineRule } from "../rule";
import { isOnlyGrown } from "./accumulator";

/** Functions that are given several arrays. */
const joiners: ReadonlySet<string> = new Set(
  ["concatenate", "concat", "vstack", "hstack", "dstack", "stack", "column_stack"]
    .concat(["row_stack"])
    .map(name => `numpy.${name}`),
);
/** What the functions are called behind `np.`. */
const names: ReadonlySet<string> = new Set(["append", "insert", ...lastNames(joiners)]);
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
  concerns: ({ value }) => mayJoin(value),

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

/** What of it the code alone shows. */
function mayJoin(value: Expression): boolean {
  if (isA(value, "Subscript")) return isA(value.index, "Tuple");
  if (!isA(value, "Call") || value.args.length === 0) return false;
  return !isA(value.callee, "Attribute") || names.has(value.callee.name.text);
}

function isGrowth({ value }: Assign, array: Expression, model: Model): boolean {
  if (isA(value, "Subscript")) {
    if (!isA(value.index, "Tuple") || !holds(value.index.elements, array)) return false;
    return indexJoiners.has(model.qualifiedName(value.object) ?? "");
  }
  if (value.kind !== "Call") return false;
  const { callee } = value;
  const [first, second] = value.args;
  if (!first || (isA(callee, "Attribute") && !names.has(callee.name.text))) return false;
  // Whether it is given the array is told from the code alone, and few calls are.
  const isJoined = isA(first.value, "List", "Tuple") && holds(first.value.elements, array);
  const isFirst = isSameExpression(first.value, array);
  const isSecond = second !== undefined && isSameExpression(second.value, array);
  if (!isJoined && !isFirst && !isSecond) return false;
  const name = model.qualifiedName(callee) ?? "";
  if (name === "numpy.append") return isFirst || isSecond;
  return name === "numpy.insert" ? isFirst : isJoined && joiners.has(name);
}

function holds(elements: readonly Expression[], array: Expression): boolean {
  return elements.length > 1 && elements.some(element => isSameExpression(element, array));
}
