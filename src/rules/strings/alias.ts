import { type Binding, type Model, referencesIn, valueUse } from "#semantics";
import { enclosingStatement, type Node } from "#syntax";
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
  const aliases = model.once(loop.body, `aliases of ${binding.name}`, () =>
    aliasesIn(loop, binding, model),
  );
  return aliases.get(statement.parent) ?? null;
}

/** The first statement of each block in a loop that makes something else refer to a name. */
function aliasesIn({ body }: Loop, binding: Binding, model: Model): ReadonlyMap<Node | null, Node> {
  const aliases = new Map<Node | null, Node>();
  for (const { node } of referencesIn(binding, body.span)) {
    const { kind } = valueUse(node, model);
    if (kind !== "named" && kind !== "stored") continue;
    const holder = enclosingStatement(node);
    const known = aliases.get(holder.parent);
    if (!known || holder.span.start < known.span.start) aliases.set(holder.parent, holder);
  }
  return aliases;
}
