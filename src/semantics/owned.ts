import { type Expression, isA, type NodeKind } from "#syntax";
import type { Model } from "./model";
import type { Binding, Reference } from "./scope";
import { valueUse } from "./value-use";

/** Expressions that make a value of their own when they are evaluated. */
const making: ReadonlySet<NodeKind> = new Set<NodeKind>([
  "List",
  "Tuple",
  "Set",
  "Dict",
  "ListComprehension",
  "SetComprehension",
  "DictComprehension",
  "String",
  "Number",
  "Constant",
  "Call",
  "Binary",
]);

/** What calls give of these may be a view of what others hold. */
const sharing: ReadonlySet<string> = new Set(["ndarray", "DataFrame", "Series", "memoryview"]);

const immutable: ReadonlySet<string> = new Set(["str", "bytes", "int", "float", "bool", "None"]);

/** A name with more uses is one of generated code, where each question would look at all of them. */
const mostUses = 2000;

/**
 * Tells whether no other code can change the value of a local name: it was made in the function and
 * is handed to nobody before the function returns, or it is of a type that cannot change.
 */
export function isOwned(binding: Binding, model: Model): boolean {
  if (binding.scope.kind !== "function" || binding.references.length > mostUses) return false;
  return model.once(binding, "owned", () =>
    binding.references.every(reference => {
      if (!isInFunction(reference)) return false;
      return reference.use === "read"
        ? isKept(reference, model)
        : isMade(reference, model) || reference.use !== "write";
    }),
  );
}

/** Whether a name stands in the code of its own function, not of one inside it. */
export function isInFunction({ scope, binding }: Reference): boolean {
  for (let each = scope; each !== binding.scope;) {
    if (each.kind !== "comprehension" || each.node.kind === "Generator" || !each.parent)
      return false;
    each = each.parent;
  }
  return true;
}

function isKept({ node }: Reference, model: Model): boolean {
  if (immutable.has(model.typeOf(node) ?? "")) return true;
  const { kind, at } = valueUse(node, model);
  if (kind === "returned") return at.kind === "Return";
  return kind !== "named" && kind !== "stored" && kind !== "passed" && kind !== "rebound";
}

function isMade({ node, by }: Reference, model: Model): boolean {
  if (immutable.has(model.typeOf(node) ?? "")) return true;
  if (isA(by, "WithItem")) return model.typeOf(by.context) === "file";
  const value: Expression | null = isA(by, "Assign", "AnnotatedAssign") ? by.value : null;
  if (value === null || !making.has(value.kind)) return false;
  const type = model.typeOf(value);
  return type !== null && !sharing.has(type);
}
