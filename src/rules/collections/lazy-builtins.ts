import type { Model } from "#semantics";
import { type Call, type Expression, isA } from "#syntax";

/** Builtins whose calls are iterators: they give each element once, when it is asked for. */
const iterators: ReadonlySet<string> = new Set(["enumerate", "filter", "map", "reversed", "zip"]);

/** Whether a value is a generator expression, or an iterator that a builtin makes. */
export function isIterator(value: Expression, model: Model): boolean {
  if (isA(value, "Generator")) return true;
  return isA(value, "Call") && iterators.has(model.builtinName(value.callee) ?? "");
}

/** The iterator that `list` or `tuple` is called on; null for everything else. */
export function listedLazily(call: Call, model: Model): Expression | null {
  const [argument, second] = call.args;
  if (argument?.shape !== "positional" || second) return null;
  const name = model.builtinName(call.callee);
  if (name !== "list" && name !== "tuple") return null;
  return isIterator(argument.value, model) ? argument.value : null;
}
