import { hasEffects, isQuietCall, type Model } from "#semantics";
import { type Argument, type Call, type Expression, isA, type Node, walk } from "#syntax";
import { defineRule, type Fix } from "../rule";
import { dropListing, listedSource, losesComment } from "./drop-call";
import { isFew } from "./few-elements";
import { isIterator } from "./lazy-builtins";

/** Builtins that go over their argument once; a list around it is a copy that nobody needs. */
const readers: ReadonlySet<string> = new Set([
  "all",
  "any",
  "dict",
  "frozenset",
  "list",
  "max",
  "min",
  "set",
  "sorted",
  "sum",
  "tuple",
]);

/** These stop early, so that what is made one at a time may not be made to the end. */
const stopsEarly: ReadonlySet<string> = new Set(["all", "any"]);

const containers: ReadonlySet<string> = new Set([
  ...["bytes", "deque", "dict", "frozenset", "list", "set", "str", "tuple"],
]);

/** `sum(list(x))` holds a copy of everything that `sum(x)` reads one by one. */
export const listWrappedReduction = defineRule({
  meta: {
    name: "list-wrapped-reduction",
    code: "MEM106",
    summary: "List is made only for a builtin that goes over it once and needs none",
    severity: "warning",
    gains: ["peak"],
    peers: ["C414", "unnecessary-double-cast-or-process", "S7504"],
  },
  visits: ["Call"],
  calls: [...readers],

  *check(call, model) {
    const [argument, second] = call.args;
    if (argument?.shape !== "positional" || !isA(argument.value, "Call", "List")) return;
    const reader = model.builtinName(call.callee);
    if (reader === null || !readers.has(reader)) return;
    // `max(list(a), other)` compares the two lists; only `sum` takes a second value.
    if (second && reader !== "sum" && second.shape !== "keyword") return;
    const source = listedSource(argument.value, model);
    if (!source || isFew(source, model)) return;
    // Of a mapping `list` gives the keys, and `dict` takes the items.
    if (reader === "dict" && !isIterator(source, model)) return;
    const edits = dropListing(argument.value, source, model);
    const fix: Fix = { title: "Pass it as it is", edits, ...safetyOf(reader, source, call, model) };
    yield {
      span: argument.value.span,
      message: `\`${reader}\` needs no list here; it reads one element at a time`,
      ...(!losesComment(edits, model) && { fix }),
    };
  },
});

/** What may happen otherwise without the list. */
function safetyOf(
  reader: string,
  source: Expression,
  call: Call,
  model: Model,
): Pick<Fix, "safety" | "changes"> {
  if (stopsEarly.has(reader) && !containers.has(model.typeOf(source) ?? "")) {
    const changes = `\`${reader}\` stops early, so the rest is not made, or not taken out`;
    return { safety: "review", changes };
  }
  if (call.args.slice(1).some(each => mayChange(each, model))) {
    return { safety: "review", changes: "what is called for each element sees the source itself" };
  }
  for (const part of walk(source)) {
    if (!isLoud(part, model)) continue;
    return { safety: "review", changes: "the calls in it run while the result is built" };
  }
  return { safety: "safe" };
}

/** Another argument is evaluated after the list is made, and a key function is called later still. */
function mayChange({ name, value }: Argument, model: Model): boolean {
  if (hasEffects(value)) return true;
  return name?.text === "key" && model.builtinName(value) === null && !isA(value, "Constant");
}

function isLoud(part: Node, model: Model): boolean {
  if (isA(part, "Call")) return !isQuietCall(part, model);
  return isA(part, "Await", "Yield", "NamedExpression", "Unknown");
}
