import { memberType, type Model } from "#semantics";
import { type Expression, isA, type Name } from "#syntax";
import { defineRule, type Problem } from "../rule";
import {
  type Accumulation,
  accumulationInLoop,
  type Loop,
  loopThatGrows,
  mayAccumulate,
} from "./accumulation";
import { aliasMadeIn } from "./alias";
import { placeOf } from "./plain-local";
import { quoted } from "./quoted";
import { useAugmented } from "./use-augmented";

/** A string that grows in a loop in one of the ways in which CPython cannot resize it in place. */
export const stringConcatDefeatsResize = defineRule({
  meta: {
    name: "string-concat-defeats-resize",
    code: "MEM202",
    summary: "String grows in a loop in a way that copies all of it each time",
    severity: "warning",
    gains: ["time", "copies"],
  },
  visits: ["Assign", "AugmentedAssign"],
  concerns: mayAccumulate,

  *check(statement, model) {
    const accumulation = accumulationInLoop(statement);
    if (!accumulation || !isString(accumulation, model)) return;
    const loop = loopThatGrows(accumulation, model);
    if (!loop) return;
    const problem = problemOf(accumulation, loop, model);
    if (problem) yield { span: statement.span, ...problem };
  },
});

/** What is known of the target is enough: of an attribute, what its class assigns to it. */
function isString({ target, statement }: Accumulation, model: Model): boolean {
  if (isA(target, "Name")) return model.typeOf(target) === "str";
  if (isA(target, "Attribute")) return memberType(target, model) === "str";
  return isA(target, "Subscript") && addedTo(statement.value).some(isText);

  function isText(part: Expression): boolean {
    return model.typeOf(part) === "str";
  }
}

/** The operands of a chain of `+`. */
function addedTo(value: Expression): Expression[] {
  if (!isA(value, "Binary") || value.operator !== "+") return [value];
  return [...addedTo(value.left), value.right];
}

function problemOf(
  accumulation: Accumulation,
  loop: Loop,
  model: Model,
): Omit<Problem, "span"> | null {
  const { target, form } = accumulation;
  const name = quoted(target, model);
  if (form === "prepended" || form === "interpolated") {
    // Loops that count something down, such as the digits of a number, have few turns.
    if (loop.kind === "While") return null;
    const what = form === "prepended" ? "Adding in front of" : "Formatting";
    return { message: `${what} ${name} copies the whole string in each turn of the loop` };
  }
  if (target.kind !== "Name") {
    return { message: `${name} is no plain local, so \`+=\` copies the whole string each time` };
  }
  switch (placeOf(target, model)) {
    case "global":
      return { message: `${name} is a global, so \`+=\` copies the whole string each time` };
    case "closure":
      return { message: `${name} is shared with an inner scope, so \`+=\` copies it each time` };
    case "unknown":
      return null;
    case "local":
      return localProblem(accumulation, target, loop, model);
  }
}

function localProblem(
  accumulation: Accumulation,
  target: Name,
  loop: Loop,
  model: Model,
): Omit<Problem, "span"> | null {
  const name = quoted(target, model);
  const alias = aliasMadeIn(loop, accumulation, model);
  if (alias) {
    const message = `Something else still refers to ${name}, so \`+=\` copies it each time`;
    const related = { span: alias.span, message: "this keeps the string" };
    return { message, related: [related] };
  }
  if (accumulation.form !== "chained") return null;
  const message = `The first \`+\` copies all of ${name} each time; \`+=\` grows it in place`;
  const edits = useAugmented(accumulation.statement.value, target, model);
  if (!edits) return { message };
  const changes =
    "the parts are added to each other first, which differs if one of them is no string";
  return { message, fix: { title: "Use `+=`", safety: "review", changes, edits } };
}
