import type { Model } from "#semantics";
import { type Expression, isA, type Name } from "#syntax";

/** The value of a name that one assignment binds, and nothing else; null for all others. */
export function valueBoundOnce(name: Name, model: Model): Expression | null {
  const [write, ...others] = model.bindingOf(name)?.writes ?? [];
  if (others.length > 0 || !isA(write?.by, "Assign")) return null;
  return write.by.targets.includes(write.node) ? write.by.value : null;
}
