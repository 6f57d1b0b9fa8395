import { contains } from "#base";
import type { Binding } from "#semantics";
import { type Name, type NodeOf } from "#syntax";
import { defineRule, type Problem } from "../rule";
import { dropTraceback, dropsTraceback } from "./drop-traceback";
import { type Keeper, keeperOf } from "./keepers";

type Handler = NodeOf<"ExceptHandler">;

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
    const reads = binding ? readsIn(handler, binding) : [];
    if (reads.some(dropsTraceback)) return;
    for (const read of reads) {
      const keeper = keeperOf(read, model);
      if (!keeper) continue;
      const fix = dropTraceback(read, handler, model);
      yield { span: read.span, ...describe(keeper), ...(fix && { fix }) };
    }
  },
});

/** Those that stand in the handler itself: afterwards the name is unbound. */
function readsIn({ span }: Handler, { references }: Binding): readonly Name[] {
  return references
    .filter(({ use }) => use === "read")
    .map(({ node }) => node)
    .filter(node => contains(span, node.span));
}

function describe({ isAdded, isLocal }: Keeper): Pick<Problem, "message" | "severity"> {
  const message = isAdded
    ? "Each exception kept here holds the locals of the frames it went through; keep its text"
    : "The exception kept here holds the locals of the frames it went through; keep its text";
  return { message, severity: isAdded && !isLocal ? "warning" : "information" };
}
