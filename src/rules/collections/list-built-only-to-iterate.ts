import type { Edit } from "#base";
import { canDelay, hasEffects, isOwned, type Model } from "#semantics";
import { type Call, type Expression, isA, type ListComprehension, type Node } from "#syntax";
import { defineRule, type Fix } from "../rule";
import { whileLooped, whileReadLater } from "./consumption";
import { dropCall } from "./drop-call";
import { hasFewElements, isFew } from "./few-elements";

/** Builtins that give their elements one at a time, so that `list` around them is what holds all. */
const lazyBuiltins: ReadonlySet<string> = new Set([
  "enumerate",
  "filter",
  "map",
  "range",
  "reversed",
  "zip",
]);

const views: ReadonlySet<string> = new Set(["items", "keys", "values"]);

/** A list that is read once, front to back, holds every element while one is needed. */
export const listBuiltOnlyToIterate = defineRule({
  meta: {
    name: "list-built-only-to-iterate",
    code: "MEM103",
    summary: "List is built in full only to be iterated once",
    severity: "warning",
    gains: ["peak"],
  },
  visits: ["ListComprehension", "Call"],

  *check(list, model) {
    const source = list.kind === "Call" ? lazyArgument(list, model) : list;
    if (!source || (source.kind === "ListComprehension" && !isLong(source, model))) return;
    const meanwhile = whileLooped(list, model) ?? whileReadLater(list, model);
    if (!meanwhile) return;
    if (!canDelay({ parts: [source], targets: new Set(), meanwhile }, model)) return;
    yield {
      span: list.span,
      message: "This list is read once, in order; a generator holds one element at a time",
      fix: {
        title,
        edits: list.kind === "Call" ? dropCall(list) : rebracket(list),
        ...review(source),
      },
    };
  },
});

/** What `list` is called on, where that gives its elements one at a time. */
function lazyArgument(call: Call, model: Model): Expression | null {
  const [argument] = call.args;
  if (argument?.shape !== "positional") return null;
  if (model.builtinName(call.callee) !== "list") return null;
  const { value } = argument;
  if (isA(value, "Generator")) return value;
  if (!isA(value, "Call") || isFew(value, model)) return null;
  return lazyBuiltins.has(model.builtinName(value.callee) ?? "") || isOwnView(value, model)
    ? value
    : null;
}

/** `d.items()` and its kin; of a dict that others know as well the list is often a snapshot. */
function isOwnView({ callee, args }: Call, model: Model): boolean {
  if (!isA(callee, "Attribute") || !views.has(callee.name.text) || args.length > 0) return false;
  const binding = isA(callee.object, "Name") ? model.bindingOf(callee.object) : null;
  return binding !== null && isOwned(binding, model);
}

function isLong(list: ListComprehension, model: Model): boolean {
  return !list.isAsync && !hasFewElements(list, model);
}

const title = "Read it one element at a time";

function rebracket(list: ListComprehension): Edit[] {
  return [
    { span: list.open, text: "(" },
    { span: list.close, text: ")" },
  ];
}

function review(source: Node): Pick<Fix, "safety" | "changes"> {
  const changes = hasEffects(source)
    ? "the calls in it run while it is read, and not at all when the loop ends early"
    : "elements are made while it is read, so an error in one shows later";
  return { safety: "review", changes };
}
