import { contains } from "#base";
import { instanceClass, type Model, valueUse } from "#semantics";
import { type Attribute, type ClassDef, enclosingFunction, type Expression, isA } from "#syntax";
import { defineRule } from "../rule";

type Kind = "deque" | "list";

const messages: Readonly<Record<Kind, string>> = {
  deque: "Nothing is ever taken out of this deque; with `maxlen` it keeps the newest only",
  list: "Only the end of this list is read, yet it keeps all; a deque with `maxlen` forgets the rest",
};

/** What an object writes down and never takes out grows as long as the object lives. */
export const unboundedHistory = defineRule({
  meta: {
    name: "unbounded-history",
    code: "MEM315",
    summary: "Object keeps a history that only grows",
    severity: "information",
    isDefault: false,
    gains: ["retained"],
  },
  visits: ["Assign"],
  concerns: ({ value }) => isA(value, "Call", "List"),

  *check({ targets, value }, model) {
    const [history, second] = targets;
    const kind = kindOf(value, model);
    if (!kind || second || !isA(history, "Attribute") || !isA(history.object, "Name")) return;
    const owner = instanceClass(history.object, model);
    const growth = owner && onlyGrowth(history, kind, owner, model);
    if (!growth) return;
    yield {
      span: value.span,
      message: messages[kind],
      related: [{ span: growth.span, message: "Grows here" }],
      allocations: [growth.span],
    };
  },
});

/** An empty deque without `maxlen`, or an empty list. */
function kindOf(value: Expression, model: Model): Kind | null {
  if (isA(value, "List")) return value.elements.length === 0 ? "list" : null;
  if (!isA(value, "Call") || value.args.length > 0) return null;
  return model.qualifiedName(value.callee) === "collections.deque" ? "deque" : null;
}

/** The first place where the history grows; null where something else but reading is done with it. */
function onlyGrowth(made: Attribute, kind: Kind, owner: ClassDef, model: Model): Attribute | null {
  let growth: Attribute | null = null;
  let isRead = false;
  for (const node of model.attributesNamed(made.name.text)) {
    if (node === made || !contains(owner.body.span, node.span)) continue;
    if (!isA(node.object, "Name") || instanceClass(node.object, model) !== owner) return null;
    const use = useOf(node, kind, model);
    if (use === "other") return null;
    if (use === "read") isRead = true;
    // What the constructor puts in is put in once.
    else if (enclosingFunction(node) !== enclosingFunction(made)) growth ??= node;
  }
  return isRead ? growth : null;
}

function useOf(history: Attribute, kind: Kind, model: Model): "grown" | "read" | "other" {
  if (isEnd(history)) return "read";
  const { kind: use, at } = valueUse(history, model);
  if (use === "grown") return isA(at, "Call") || isA(at, "AugmentedAssign") ? "grown" : "other";
  if (use !== "read") return "other";
  return kind === "deque" || isAskedIfEmpty(history) ? "read" : "other";
}

/** `history[-1]` or `history[-10:]`. */
function isEnd(history: Attribute): boolean {
  const { parent } = history;
  if (!isA(parent, "Subscript") || parent.object !== history) return false;
  if (isA(parent.parent, "Delete")) return false;
  const { index } = parent;
  const first = isA(index, "Slice") ? index.lower : index;
  const isOpen = !isA(index, "Slice") || (!index.upper && !index.step);
  return isOpen && isA(first, "Unary") && first.operator === "-" && isA(first.operand, "Number");
}

function isAskedIfEmpty(history: Attribute): boolean {
  const { parent } = history;
  if (isA(parent, "If", "While", "Conditional")) return parent.test === history;
  return isA(parent, "Unary") && parent.operator === "not";
}
