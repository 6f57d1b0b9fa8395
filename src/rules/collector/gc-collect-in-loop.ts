import type { Model } from "#semantics";
import { ancestors, type Call, enclosingLoop, isA, type Node, type NodeOf, walk } from "#syntax";
import { isFew } from "../collections/few-elements";
import { removeLine } from "../remove-line";
import { defineRule, type Fix } from "../rule";

/** Modules by which code measures, or watches what is collected: there the calls have a purpose. */
const measuring: ReadonlySet<string> = new Set([
  "cProfile",
  "gc",
  "memory_profiler",
  "objgraph",
  "psutil",
  "pympler",
  "pyperf",
  "resource",
  "time",
  "timeit",
  "tracemalloc",
  "weakref",
]);

/** A full collection looks at every object of the process, whatever the loop made. */
export const gcCollectInLoop = defineRule({
  meta: {
    name: "gc-collect-in-loop",
    code: "MEM402",
    summary: "Full garbage collection in every round of a loop",
    severity: "information",
    gains: ["time"],
  },
  visits: ["Call"],
  calls: ["collect"],

  *check(call, model) {
    if (!isA(call.parent, "ExpressionStatement") || !isFullCollection(call, model)) return;
    const loop = enclosingLoop(call);
    if (!loop || (loop.kind === "For" && isFew(loop.iterable, model))) return;
    if (!runsEveryRound(call, loop) || loop.body.body.length === 1) return;
    if (isMeasuring(loop, model)) return;
    const fix = withoutCollection(call.parent, model);
    yield {
      span: call.span,
      message: "A full collection in each round looks at every object there is; most need none",
      ...(fix && { fix }),
    };
  },
});

/** Younger generations are small: `gc.collect(0)` costs next to nothing. */
function isFullCollection({ callee, args }: Call, model: Model): boolean {
  if (model.qualifiedName(callee) !== "gc.collect") return false;
  return args.every(({ value }) => isA(value, "Number") && value.text === "2");
}

/** Under a condition or in a handler it is a choice that somebody made. */
function runsEveryRound(call: Node, loop: Node): boolean {
  for (const holder of ancestors(call)) {
    if (holder === loop) return true;
    if (isA(holder, "If", "ExceptHandler", "MatchCase")) return false;
  }
  return false;
}

function isMeasuring(loop: NodeOf<"For" | "While">, model: Model): boolean {
  for (const node of walk(loop)) {
    if (!isA(node, "Name")) continue;
    const { parent } = node;
    const whole = isA(parent, "Attribute") && parent.object === node ? parent : node;
    const name = model.qualifiedName(whole) ?? "";
    if (name !== "gc.collect" && measuring.has(name.split(".")[0] ?? "")) return true;
  }
  return false;
}

function withoutCollection(statement: Node, model: Model): Fix | null {
  const edit = removeLine(statement, model);
  if (!edit) return null;
  return {
    title: "Leave it to the collector",
    safety: "review",
    changes: "objects in cycles are freed later, when the collector runs by itself",
    edits: [edit],
  };
}
