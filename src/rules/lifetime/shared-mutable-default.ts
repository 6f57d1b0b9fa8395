import type { Model } from "#semantics";
import { type Call, type Expression, isA } from "#syntax";
import { defineRule } from "../rule";

/** A value that is given once, and handed out again and again. */
export const sharedMutableDefault = defineRule({
  meta: {
    name: "shared-mutable-default",
    code: "MEM305",
    summary: "One mutable value stands for every key or every context",
    severity: "information",
    isDefault: false,
    gains: ["lifetime"],
    peers: ["RUF024", "B039"],
  },
  visits: ["Call"],
  calls: ["fromkeys", "ContextVar"],

  *check(call, model) {
    const shared = sharedBy(call, model);
    if (!shared || !isMutable(shared.value, model)) return;
    yield { span: shared.value.span, message: `All ${shared.by} share this one object` };
  },
});

interface Shared {
  readonly value: Expression;
  readonly by: "keys" | "contexts";
}

/** The second argument of `dict.fromkeys`, the default of a `ContextVar`. */
function sharedBy({ callee, args }: Call, model: Model): Shared | null {
  if (isA(callee, "Attribute") && callee.name.text === "fromkeys") {
    const [, second] = args;
    const isGiven = second?.shape === "positional" && model.builtinName(callee.object) === "dict";
    return isGiven ? { value: second.value, by: "keys" } : null;
  }
  const given = args.find(({ name }) => name?.text === "default");
  if (!given || model.qualifiedName(callee) !== "contextvars.ContextVar") return null;
  return { value: given.value, by: "contexts" };
}

const makers: ReadonlySet<string> = new Set(["list", "dict", "set", "bytearray"]);

function isMutable(value: Expression, model: Model): boolean {
  if (isA(value, "List", "Dict", "Set")) return true;
  if (isA(value, "ListComprehension", "DictComprehension", "SetComprehension")) return true;
  return isA(value, "Call") && makers.has(model.builtinName(value.callee) ?? "");
}
