import { ancestors, type Node } from "#syntax";
import type { Model } from "./model";

/**
 * Tells whether a builtin's name would mean the builtin if it were written at a place: no scope around
 * it binds the name. A star import may too, and is not seen: `builtinName` is null of every name then,
 * so ask this where another builtin is known to stand.
 */
export function isBuiltinAt(name: string, place: Node, model: Model): boolean {
  for (const holder of ancestors(place)) {
    if (model.scopeOpenedBy(holder)?.bindings.has(name)) return false;
  }
  return true;
}
