import { type Model, valueUse } from "#semantics";
import { type Call, enclosingLoop, type Expression, isA, type Node } from "#syntax";
import { lastNames } from "../last-names";
import { defineRule } from "../rule";
import { isItself } from "../strings/whole-read";
import { hasFewElements, isFew } from "./few-elements";

/** Calls that make a value which cannot change; equal ones could be one object. */
const makers: ReadonlySet<string> = new Set([
  "builtins.complex",
  "builtins.float",
  "builtins.frozenset",
  "datetime.date",
  "datetime.datetime",
  "datetime.time",
  "datetime.timedelta",
  "decimal.Decimal",
  "fractions.Fraction",
  "pathlib.Path",
  "pathlib.PurePath",
  "uuid.UUID",
]);

/** A constant that is made anew in each turn of a loop and kept is there once for each turn. */
export const equalConstantKept = defineRule({
  meta: {
    name: "equal-constant-kept",
    code: "MEM211",
    summary: "Equal constants are made in a loop and kept, each as an object of its own",
    severity: "information",
    isDefault: false,
    gains: ["retained"],
  },
  visits: ["Call"],
  calls: lastNames(makers),

  *check(call, model) {
    if (call.args.length === 0 || !call.args.every(({ value }) => isConstant(value))) return;
    if (!makers.has(model.qualifiedName(call.callee) ?? "")) return;
    if (!isKeptForEach(call, model)) return;
    yield {
      span: call.span,
      message: "Each turn keeps an equal object of its own; made once before, it is one for all",
    };
  },
});

function isConstant(value: Expression): boolean {
  if (isA(value, "Unary")) return isConstant(value.operand);
  if (isA(value, "List", "Tuple", "Set")) return value.elements.every(isConstant);
  if (isA(value, "String")) return value.interpolations.length === 0;
  return isA(value, "Number", "Constant");
}

/** Whether a comprehension or a loop with more than a few turns puts a value into something. */
function isKeptForEach(call: Call, model: Model): boolean {
  const { kind, at } = valueUse(call, model);
  if (kind !== "stored" || isOneAttribute(at, model)) return false;
  if (isA(at, "ListComprehension", "DictComprehension")) return !hasFewElements(at, model);
  const loop = enclosingLoop(call);
  return loop !== null && !(loop.kind === "For" && isFew(loop.iterable, model));
}

/** `self.x = …`, which the next turn replaces. */
function isOneAttribute(at: Node, model: Model): boolean {
  if (!isA(at, "Assign")) return false;
  return at.targets.every(each => isA(each, "Attribute") && isItself(each, model));
}
