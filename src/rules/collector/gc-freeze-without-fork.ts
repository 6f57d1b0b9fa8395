import type { Model } from "#semantics";
import { ancestors, isA, type Node } from "#syntax";
import { defineRule } from "../rule";

/** What makes processes that share the frozen objects' pages, or takes them back. */
const reasons: readonly RegExp[] = [
  /^multiprocessing\b/,
  /^concurrent\.futures\b/,
  /^os\.(fork|forkpty|register_at_fork)$/,
  /^gc\.unfreeze$/,
];

/** Functions that servers call around a fork, and freezing's own tests and wrappers. */
const hooks = /fork|freeze|worker|when_ready/i;

/** Frozen objects are never collected, and what is not shared gains little by it. */
export const gcFreezeWithoutFork = defineRule({
  meta: {
    name: "gc-freeze-without-fork",
    code: "MEM403",
    summary: "Objects are hidden from the collector in a file that makes no processes",
    severity: "information",
    isDefault: false,
    gains: ["lifetime"],
  },
  visits: ["Call"],
  calls: ["freeze"],

  *check(call, model) {
    if (model.qualifiedName(call.callee) !== "gc.freeze") return;
    if (isInHook(call) || importsReason(model)) return;
    yield {
      span: call.span,
      message: "Garbage in cycles that is there now is never freed; it pays before a fork",
    };
  },
});

function isInHook(node: Node): boolean {
  return [...ancestors(node)].some(
    holder => isA(holder, "FunctionDef") && hooks.test(holder.name.text),
  );
}

function importsReason(model: Model): boolean {
  return model.scopes().some(scope =>
    [...scope.bindings.values()].some(({ references }) => {
      if (!isA(references[0]?.by, "ImportAlias")) return false;
      return references.some(({ node }) => isReason(node, model));
    }),
  );
}

function isReason(name: Node, model: Model): boolean {
  if (!isA(name, "Name")) return false;
  const { parent } = name;
  const whole = isA(parent, "Attribute") && parent.object === name ? parent : name;
  const qualified = model.qualifiedName(whole) ?? "";
  return reasons.some(each => each.test(qualified));
}
