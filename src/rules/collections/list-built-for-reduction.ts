import { hasEffectsPerElement, type Model } from "#semantics";
import { type Call, isA, type ListComprehension } from "#syntax";
import { defineRule, type Fix } from "../rule";
import { passGenerator } from "./drop-call";
import { hasFewElements } from "./few-elements";

/** Builtins that read their argument once and keep none of it; the last two also stop early. */
const reducers: ReadonlySet<string> = new Set(["sum", "min", "max", "any", "all"]);
const stopsEarly: ReadonlySet<string> = new Set(["any", "all"]);

/** A list comprehension built only to be reduced to one value holds every element at once. */
export const listBuiltForReduction = defineRule({
  meta: {
    name: "list-built-for-reduction",
    code: "MEM101",
    summary: "List comprehension is built in full only to be reduced to one value",
    severity: "warning",
    gains: ["peak"],
    peers: ["C419", "R1728", "R1729", "consider-using-generator", "use-a-generator", "S7492"],
  },
  visits: ["Call"],
  calls: [...reducers],

  *check(call, model) {
    const reducer = model.builtinName(call.callee);
    if (reducer === null || !reducers.has(reducer)) return;
    if (call.args.some(argument => argument.shape === "star")) return;

    const [list, second] = call.args
      .filter(argument => argument.shape === "positional")
      .map(argument => argument.value);
    if (!isA(list, "ListComprehension")) return;
    // `max(list, other)` compares the two lists themselves; only `sum` takes a second value.
    if (second && reducer !== "sum") return;
    // A plain builtin cannot consume an async generator, so the list is needed.
    if (list.isAsync) return;
    if (hasFewElements(list, model)) return;

    yield {
      span: list.span,
      message: `\`${reducer}\` reads this list once; a generator holds one element at a time`,
      fix: reduceLazily(reducer, list, call, model),
    };
  },
});

/**
 * Without calls nothing can tell the list from the generator. With them the elements are made later,
 * and `any` and `all` may not make all of them.
 */
function reduceLazily(reducer: string, list: ListComprehension, call: Call, model: Model): Fix {
  const title = "Pass a generator";
  const edits = passGenerator(list, call, model);
  if (!hasEffectsPerElement(list)) return { title, safety: "safe", edits };
  const changes = stopsEarly.has(reducer)
    ? `\`${reducer}\` stops early, so the calls in it may run fewer times`
    : "the calls in it run while the result is built, not before";
  return { title, safety: "review", changes, edits };
}
