import type { Model } from "#semantics";
import { ancestors, type Call, enclosingFunction, isA, type Node } from "#syntax";
import { defineRule } from "../rule";

/** While tracemalloc runs, every allocation is recorded with the lines that led to it. */
export const tracemallocNeverStopped = defineRule({
  meta: {
    name: "tracemalloc-never-stopped",
    code: "MEM405",
    summary: "Tracing of allocations is started and never stopped",
    severity: "information",
    gains: ["time"],
  },
  visits: ["Call"],
  calls: ["start"],

  *check(call, model) {
    if (model.qualifiedName(call.callee) !== "tracemalloc.start") return;
    if (isChoice(call) || isScript(model) || mentionsStop(model)) return;
    yield {
      span: call.span,
      message: "Every allocation is recorded from here on; nothing in this file stops it",
    };
  },
});

/** Module code under a condition: somebody asks for it by a flag or in the environment. */
function isChoice(call: Call): boolean {
  if (enclosingFunction(call)?.kind !== "Module") return false;
  return [...ancestors(call)].some(holder => holder.kind === "If");
}

/** A file that is run as a program ends with it. */
function isScript({ module }: Model): boolean {
  return module.body.some(
    statement =>
      isA(statement, "If") &&
      isA(statement.test, "Compare") &&
      statement.test.operands.some(each => isA(each, "Name") && each.text === "__name__"),
  );
}

/** Whether the file names `tracemalloc.stop` anywhere: whoever calls it is another question. */
function mentionsStop(model: Model): boolean {
  return model.scopes().some(scope =>
    [...scope.bindings.values()].some(({ references }) => {
      const by = references[0]?.by;
      if (!isA(by, "ImportAlias")) return false;
      if (isA(by.parent, "ImportFrom")) {
        return by.parent.module === "tracemalloc" && by.name === "stop";
      }
      return by.name === "tracemalloc" && references.some(({ node }) => isStop(node));
    }),
  );
}

function isStop({ parent }: Node): boolean {
  return isA(parent, "Attribute") && parent.name.text === "stop";
}
