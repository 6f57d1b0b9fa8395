import { partitionPoint } from "#base";
import type { Model } from "#semantics";
import { ancestors, enclosingFunction, isA, type Node, walk } from "#syntax";
import { defineRule } from "../rule";
import { wrapInTry } from "./wrap-in-try";

/** Calls after which nothing of this process is left to collect, or collecting is put off on purpose. */
const endings: ReadonlySet<string> = new Set(["gc.freeze", "os._exit", "os.execv", "os.execve"]);

/** While the collector is off, objects that refer to each other are never freed. */
export const gcDisableWithoutEnable = defineRule({
  meta: {
    name: "gc-disable-without-enable",
    code: "MEM401",
    summary: "Cyclic collector is switched off and may stay off",
    severity: "warning",
    gains: ["lifetime"],
  },
  visits: ["Call"],
  calls: ["disable"],

  *check(call, model) {
    if (model.qualifiedName(call.callee) !== "gc.disable") return;
    const home = enclosingFunction(call);
    // A lambda is handed to somebody who knows when it runs.
    if (!home || home.kind === "Lambda") return;
    if (home.kind === "Module" && isEnabledAnywhere(model)) return;
    const enables = enablesIn(home, model);
    if (model.once(home, "is never left without the collector", () => isSafe(home, model))) return;
    const after = enables[partitionPoint(enables, each => each.span.start <= call.span.end)];
    const fix = wrapInTry(call, model);
    const place = { span: call.span, ...(fix && { fix }) };
    if (after) {
      const message =
        "An exception before `gc.enable` leaves the collector off; enable it in a `finally`";
      const related = [{ span: after.span, message: "Not reached after an exception" }];
      yield { ...place, message, severity: "information", related };
    } else if (!isEnabledAnywhere(model)) {
      // Another function may be there to switch it on: `resume`, `tearDown`, `__exit__`.
      yield {
        ...place,
        message: "The collector stays off, so cycles are never freed; enable it in a `finally`",
      };
    }
  },
});

/** Where `gc.enable` stands in some code, in source order. */
function* enablesBelow(within: Node, model: Model): Generator<Node> {
  for (const node of walk(within)) {
    if (!isA(node, "Name", "Attribute") || node.parent?.kind === "ImportAlias") continue;
    if (model.qualifiedName(node) === "gc.enable") yield node;
  }
}

function enablesIn(home: Node, model: Model): readonly Node[] {
  return model.once(home, "gc.enable", () => [...enablesBelow(home, model)]);
}

/** Goes no further than to the first; to walk the module would be to go over all of it first. */
function isEnabledAnywhere(model: Model): boolean {
  return model.module.body.some(each => enablesBelow(each, model).next().done !== true);
}

/** Whether a function is sure to switch the collector on again, or ends the process. */
function isSafe(home: Node, model: Model): boolean {
  return enablesIn(home, model).some(each => isCertain(each, home)) || mentionsEnding(home, model);
}

/**
 * In a `finally` or a handler, or left to something that runs later: a function of its own, or
 * `addCleanup(gc.enable)`.
 */
function isCertain(enable: Node, home: Node): boolean {
  if (!(isA(enable.parent, "Call") && enable.parent.callee === enable)) return true;
  let below: Node = enable;
  for (const holder of ancestors(enable)) {
    if (holder === home) return false;
    if (holder.kind === "Try" && holder.finalBody === below) return true;
    if (isA(holder, "ExceptHandler", "FunctionDef", "Lambda")) return true;
    below = holder;
  }
  return false;
}

function mentionsEnding(home: Node, model: Model): boolean {
  for (const node of walk(home)) {
    if (isA(node, "Call") && endings.has(model.qualifiedName(node.callee) ?? "")) return true;
  }
  return false;
}
