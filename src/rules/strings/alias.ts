import { type Model, valueUse } from "#semantics";
import { enclosingStatement, isA, type Node, walkExecuted } from "#syntax";
import type { Accumulation, Loop } from "./accumulation";

/**
 * The statement that makes something else refer to the accumulated name in each turn of the loop:
 * `last = s`, `seen.append(s)`. Null when there is none, or only one that need not run.
 */
export function aliasMadeIn(
  loop: Loop,
  { statement, target }: Accumulation,
  model: Model,
): Node | null {
  const binding = target.kind === "Name" ? model.bindingOf(target) : null;
  if (!binding) return null;
  for (const node of walkExecuted(loop.body)) {
    if (!isA(node, "Name") || model.bindingOf(node) !== binding) continue;
    const holder = enclosingStatement(node);
    if (holder.parent !== statement.parent) continue;
    const { kind } = valueUse(node, model);
    if (kind === "named" || kind === "stored") return holder;
  }
  return null;
}
