import type { Binding } from "#semantics";
import { ancestors, type Name, type Node } from "#syntax";
import { defineRule, type Problem } from "../rule";
import { dropTraceback, dropsTraceback } from "./drop-traceback";
import { type Keeper, keeperOf } from "./keepers";

/** An exception holds its traceback, that holds frames, and those hold all their locals. */
export const retainedException = defineRule({
  meta: {
    name: "retained-exception",
    code: "MEM308",
    summary: "Exception is kept with its traceback, and so with the locals of every frame in it",
    severity: "warning",
    gains: ["retained", "lifetime"],
  },
  visits: ["ExceptHandler"],

  *check(handler, model) {
    const binding = handler.name && model.bindingOf(handler.name);
    const byHandler = binding && model.once(binding, "reads", () => readsOf(binding));
    const reads = byHandler?.get(handler) ?? [];
    if (reads.some(dropsTraceback)) return;
    for (const read of reads) {
      const keeper = keeperOf(read, model);
      if (!keeper) continue;
      const fix = dropTraceback(read, handler, model);
      yield { span: read.span, ...describe(keeper), ...(fix && { fix }) };
    }
  },
});

/** By the handlers that they stand in: afterwards the name is unbound. */
function readsOf({ references }: Binding): ReadonlyMap<Node, readonly Name[]> {
  const byHandler = new Map<Node, Name[]>();
  for (const { node, use } of references) {
    if (use !== "read") continue;
    for (const holder of ancestors(node)) {
      if (holder.kind !== "ExceptHandler") continue;
      const known = byHandler.get(holder);
      if (known) known.push(node);
      else byHandler.set(holder, [node]);
    }
  }
  return byHandler;
}

function describe({ isAdded, isLocal }: Keeper): Pick<Problem, "message" | "severity"> {
  const message = isAdded
    ? "Each exception kept here holds the locals of the frames it went through; keep its text"
    : "The exception kept here holds the locals of the frames it went through; keep its text";
  return { message, severity: isAdded && !isLocal ? "warning" : "information" };
}
