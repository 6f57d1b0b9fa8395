import { canDelay, type Model } from "#semantics";
import {
  type Call,
  enclosingClass,
  type Expression,
  type FunctionDef,
  isA,
  type Node,
  type Return,
  walkExecuted,
} from "#syntax";
import { defineRule, type Fix, type Problem } from "../rule";
import { appendLoopOf } from "./append-loop";
import { whileLooped } from "./consumption";
import { hasFewElements, isFew } from "./few-elements";
import { partOf } from "./fill-loop";

/** A list that every caller of a function only iterates could be made while it is. */
export const listReturnedOnlyToIterate = defineRule({
  meta: {
    name: "list-returned-only-to-iterate",
    code: "MEM122",
    summary: "Function returns a list that its callers only iterate",
    severity: "information",
    gains: ["peak"],
  },
  visits: ["FunctionDef"],
  concerns: ({ body }) => isA(body.body.at(-1), "Return"),

  *check(definition, model) {
    const last = definition.body.body.at(-1);
    if (!isA(last, "Return") || !last.value || !isOfThisFile(definition, model)) return;
    const built = builtList(last.value, definition, model);
    if (!built || !isOnlyWayOut(last, definition)) return;
    const calls = callsOf(definition, model);
    if (!calls || !calls.every(call => canIterateLater(call, built, model))) return;
    yield problemAt(last.value, definition, built);
  },
});

/** Whether a function is known only here: it is inside another, or its name begins with `_`. */
function isOfThisFile(definition: FunctionDef, model: Model): boolean {
  const { name, isAsync, decorators } = definition;
  if (isAsync || decorators.length > 0 || enclosingClass(definition)) return false;
  return model.bindingOf(name)?.scope.kind === "function" || name.text.startsWith("_");
}

interface BuiltList {
  /** What makes the elements. */
  readonly parts: readonly Node[];
  readonly targets: Parameters<typeof canDelay>[0]["targets"];
  /** The call that appends; null for a comprehension. */
  readonly append: Call | null;
}

/** How a returned list is made: by a comprehension, or by a loop that does nothing else. */
function builtList(value: Expression, { body }: FunctionDef, model: Model): BuiltList | null {
  if (isA(value, "ListComprehension")) {
    if (value.isAsync || hasFewElements(value, model)) return null;
    return { parts: [value], targets: new Set(), append: null };
  }
  const loop = body.body.at(-2);
  if (!isA(value, "Name") || !isA(loop, "For") || isFew(loop.iterable, model)) return null;
  const filled = appendLoopOf(loop, model);
  const binding = model.bindingOf(value);
  // The definition, the `append` and the `return`: nobody else knows the list.
  if (!filled || model.bindingOf(filled.list) !== binding) return null;
  if (binding?.references.length !== 3) return null;
  const parts = [...filled.clauses.map(partOf), filled.element];
  return { parts, targets: filled.targets, append: filled.append };
}

function isOnlyWayOut(last: Return, { body }: FunctionDef): boolean {
  for (const node of walkExecuted(body)) {
    if (node !== last && isA(node, "Return", "Yield", "Await")) return false;
  }
  return true;
}

/** All calls of a function; null where something else is done with it, or nothing. */
function callsOf({ name }: FunctionDef, model: Model): readonly Call[] | null {
  const calls: Call[] = [];
  for (const { node, use } of model.bindingOf(name)?.references ?? []) {
    if (node === name) continue;
    if (use !== "read" || !isA(node.parent, "Call") || node.parent.callee !== node) return null;
    calls.push(node.parent);
  }
  return calls.length > 0 ? calls : null;
}

/** Whether the elements could be made while a caller goes over them, where the list is made now. */
function canIterateLater(call: Call, { parts, targets }: BuiltList, model: Model): boolean {
  const meanwhile = whileLooped(call, model);
  if (!meanwhile) return false;
  const given = call.args.map(({ value }) => value);
  return canDelay({ parts: [...parts, ...given], targets, meanwhile }, model);
}

function problemAt(value: Expression, { returns }: FunctionDef, { append }: BuiltList): Problem {
  const message =
    "Every caller only iterates this list; a generator would hold one element at a time";
  if (append) return { span: value.span, message, allocations: [append.span] };
  if (!isA(value, "ListComprehension") || returns) return { span: value.span, message };
  return { span: value.span, message, fix: returnGenerator(value.open, value.close) };
}

function returnGenerator(open: Node["span"], close: Node["span"]): Fix {
  return {
    title: "Return a generator",
    safety: "review",
    changes: "elements are made while the caller iterates, so an error in one shows later",
    edits: [
      { span: open, text: "(" },
      { span: close, text: ")" },
    ],
  };
}
