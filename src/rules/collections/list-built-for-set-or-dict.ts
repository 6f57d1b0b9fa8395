import type { Edit } from "#base";
import { hasEffectsPerElement, type Model, writtenSpan } from "#semantics";
import { type Call, type Expression, isA, type ListComprehension } from "#syntax";
import { defineRule, type Fix } from "../rule";
import { losesComment, passGenerator } from "./drop-call";
import { hasFewElements } from "./few-elements";

const makers: ReadonlySet<string> = new Set(["set", "frozenset", "dict"]);

/** A set or dict made of a list has all of the list beside it while it is filled. */
export const listBuiltForSetOrDict = defineRule({
  meta: {
    name: "list-built-for-set-or-dict",
    code: "MEM104",
    summary: "List comprehension is built in full only to fill a set or a dict",
    severity: "warning",
    gains: ["peak"],
    peers: [
      ...[
        "C403",
        "unnecessary-list-comprehension-set",
        "R1718",
        "consider-using-set-comprehension",
      ],
      ...["C404", "unnecessary-list-comprehension-dict", "R1717"],
      "consider-using-dict-comprehension",
    ],
  },
  visits: ["Call"],
  calls: [...makers],

  *check(call, model) {
    const [argument] = call.args;
    if (argument?.shape !== "positional" || !isA(argument.value, "ListComprehension")) return;
    const maker = model.builtinName(call.callee);
    if (maker === null || !makers.has(maker)) return;
    const list = argument.value;
    // What follows can only be a dict's `key=value` or `**more`.
    if (call.args.slice(1).some(({ shape }) => shape === "positional" || shape === "star")) return;
    if (hasFewElements(list, model)) return;
    const fix = fillDirectly(maker, list, call, model);
    yield {
      span: list.span,
      message: `\`${maker}\` copies this list and drops it; it can be filled one element at a time`,
      ...(fix && { fix }),
    };
  },
});

/** Null where a comment would be lost, or where only a generator would do and the list is async. */
function fillDirectly(
  maker: string,
  list: ListComprehension,
  call: Call,
  model: Model,
): Fix | null {
  const edits = comprehensionEdits(maker, list, call, model);
  if (!edits && list.isAsync) return null;
  if (edits && losesComment(edits, model)) return null;
  const change = edits
    ? { title: `Use a ${maker} comprehension`, edits }
    : { title: "Pass a generator", edits: passGenerator(list, call, model) };
  if (!hasEffectsPerElement(list)) return { ...change, safety: "safe" };
  const changes = "an element that cannot be hashed stops it before the later calls run";
  return { ...change, safety: "review", changes };
}

/** Null where there is no comprehension that means the same. */
function comprehensionEdits(
  maker: string,
  list: ListComprehension,
  call: Call,
  model: Model,
): Edit[] | null {
  if (call.args.length > 1 || maker === "frozenset") return null;
  // In an f-string `{` and a set's brace would be one written brace.
  if (model.file.text[call.span.start - 1] === "{") return null;
  const outer: Edit[] = [
    { span: { start: call.span.start, end: list.open.end }, text: "{" },
    { span: { start: list.close.start, end: call.span.end }, text: "}" },
  ];
  if (maker === "set") return isA(list.element, "Starred") ? null : outer;
  const pair = pairOf(list.element);
  if (!pair) return null;
  const whole = writtenSpan(list.element, model, { start: list.open.end, end: list.close.start });
  const [key, value] = pair.map(part => writtenSpan(part, model, list.element.span));
  if (!key || !value) return null;
  return [
    ...outer,
    { span: { start: whole.start, end: key.start }, text: "" },
    { span: { start: key.end, end: value.start }, text: ": " },
    { span: { start: value.end, end: whole.end }, text: "" },
  ];
}

/** The two elements of `(key, value)` or `[key, value]`, where they can stand on their own. */
function pairOf(element: Expression): readonly [Expression, Expression] | null {
  if (!isA(element, "Tuple", "List")) return null;
  const [key, value, ...more] = element.elements;
  if (!key || !value || more.length > 0) return null;
  return [key, value].some(each => isA(each, "Starred", "NamedExpression", "Yield"))
    ? null
    : [key, value];
}
