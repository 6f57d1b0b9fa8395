import { isSameExpression, type Model } from "#semantics";
import {
  type Assign,
  type Attribute,
  type Call,
  type Expression,
  isA,
  type Subscript,
} from "#syntax";
import { defineRule, type Problem } from "../rule";
import { isOnlyGrown } from "./accumulator";

const joined = "Every round copies all rows so far; collect the parts in a list and concat once";
const assigned = "Every new row copies all rows so far; collect the rows and make the frame once";

/** Frames and series have a fixed size: to add rows is to copy all that there are. */
export const dataframeGrownInLoop = defineRule({
  meta: {
    name: "dataframe-grown-in-loop",
    code: "MEM601",
    summary: "DataFrame or Series is copied in every round of a loop to add rows",
    severity: "warning",
    gains: ["time", "copies"],
  },
  visits: ["Assign"],
  concerns: ({ targets: [target], value }) => isA(target, "Subscript") || mayJoin(value),

  *check(statement, model) {
    const [target] = statement.targets;
    if (!target || statement.targets.length > 1) return;
    const grows = (each: Assign, frame: Expression) => isGrowth(each, frame, model);
    const frame = isA(target, "Subscript") ? frameOfNewRow(target, model) : target;
    if (!frame || (frame === target && !grows(statement, frame))) return;
    if (!isOnlyGrown(frame, statement, model, grows)) return;
    const problem: Problem =
      frame === target
        ? { span: statement.value.span, message: joined }
        : { span: target.span, message: assigned };
    yield { ...problem, allocations: [statement.span] };
  },
});

/** A function may have been imported under any name, a method has its own. */
function mayJoin(value: Expression): boolean {
  if (!isA(value, "Call")) return false;
  const { callee } = value;
  return !isA(callee, "Attribute") || /^(?:concat|_?append)$/.test(callee.name.text);
}

function isGrowth({ value, targets }: Assign, frame: Expression, model: Model): boolean {
  const [target] = targets;
  if (isA(target, "Subscript")) return frameOfNewRow(target, model) !== null;
  if (value.kind !== "Call") return false;
  const { callee } = value;
  if (isAmongParts(value, frame) && model.qualifiedName(callee) === "pandas.concat") return true;
  if (!isA(callee, "Attribute") || !/^_?append$/.test(callee.name.text)) return false;
  if (!isSameExpression(callee.object, frame)) return false;
  // Lists have an `append` too, but none with `ignore_index`.
  const isFrames = value.args.some(({ name }) => name?.text === "ignore_index");
  return isFrames || startsAsFrame(callee, model);
}

/** `frame` in `concat([frame, row])`. */
function isAmongParts({ callee, args }: Call, frame: Expression): boolean {
  if (isA(callee, "Attribute") && callee.name.text !== "concat") return false;
  const parts = args.find(({ name }) => name === null || name.text === "objs")?.value;
  if (!isA(parts, "List", "Tuple") || parts.elements.length < 2) return false;
  return parts.elements.some(part => isSameExpression(part, frame));
}

/** The type that a name has before it is appended to. */
function startsAsFrame({ object }: Attribute, model: Model): boolean {
  if (!isA(object, "Name")) return false;
  return (model.bindingOf(object)?.references ?? []).some(({ by }) => {
    if (!isA(by, "Assign", "AnnotatedAssign") || !by.value) return false;
    const type = model.typeOf(by.value);
    return type === "DataFrame" || type === "Series";
  });
}

/** `frame` of `frame.loc[len(frame)]`, the place of a row that there is not yet; else null. */
function frameOfNewRow({ object, index }: Subscript, model: Model): Expression | null {
  if (!isA(object, "Attribute") || object.name.text !== "loc") return null;
  const row = isA(index, "Tuple") ? index.elements[0] : index;
  const place = isA(row, "Binary") && row.operator === "+" ? row.left : row;
  return place && isLengthOf(place, object.object, model) ? object.object : null;
}

/** `len(frame)`, `len(frame.index)` or `frame.shape[0]`. */
function isLengthOf(place: Expression, frame: Expression, model: Model): boolean {
  if (isA(place, "Subscript")) return isMember(place.object, "shape", frame);
  if (!isA(place, "Call") || model.builtinName(place.callee) !== "len") return false;
  const counted = place.args[0]?.value;
  return (
    counted !== undefined && (isSameExpression(counted, frame) || isMember(counted, "index", frame))
  );
}

function isMember(node: Expression, name: string, frame: Expression): boolean {
  return isA(node, "Attribute") && node.name.text === name && isSameExpression(node.object, frame);
}
