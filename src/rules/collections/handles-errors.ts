import type { Model } from "#semantics";
import { ancestors, isA, type Node, type With } from "#syntax";

/**
 * Tells whether code around a place may look at the kind of an error that is raised there: a `try` with
 * handlers, or a `with` that suppresses or expects one.
 */
export function handlesErrors(place: Node, model: Model): boolean {
  let below = place;
  for (const holder of ancestors(place)) {
    if (isA(holder, "FunctionDef", "Lambda", "ClassDef")) return false;
    if (isA(holder, "Try") && below === holder.body && holder.handlers.length > 0) return true;
    if (isA(holder, "With") && below === holder.body && suppresses(holder, model)) return true;
    below = holder;
  }
  return false;
}

/** Tells by their names whether a statement's context managers let some errors end there. */
export function suppresses(statement: With, model: Model): boolean {
  return statement.items.some(({ context }) => {
    const name = isA(context, "Call") ? model.textOf(context.callee) : "";
    return /(suppress|raises)$/i.test(name);
  });
}
