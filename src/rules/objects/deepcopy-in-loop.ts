import { contains } from "#base";
import { type Binding, type Model, valueUse } from "#semantics";
import {
  ancestors,
  type Call,
  enclosingLoop,
  type Expression,
  isA,
  type Name,
  type Node,
} from "#syntax";
import { isFew } from "../collections/few-elements";
import { defineRule, type Fix } from "../rule";

/** A deep copy copies all that a value holds; in a loop, the same all over again. */
export const deepcopyInLoop = defineRule({
  meta: {
    name: "deepcopy-in-loop",
    code: "MEM508",
    summary: "The same value is copied deeply in every round of a loop",
    severity: "information",
    gains: ["retained", "copies", "time"],
  },
  visits: ["Call"],
  calls: ["deepcopy"],

  *check(call, model) {
    const [argument, second] = call.args;
    if (argument?.shape !== "positional" || second) return;
    if (model.qualifiedName(call.callee) !== "copy.deepcopy") return;
    const root = rootOf(argument.value);
    const binding = root && model.bindingOf(root);
    const round = roundOf(call, model);
    if (!binding || !round || isBoundIn(round, binding)) return;
    const fix = withShallowCopy(call, argument.value, model);
    yield {
      span: call.span,
      message: `Copies all that ${named(argument.value, model)} holds in each round; copy what changes`,
      ...(fix && { fix }),
    };
  },
});

function rootOf(value: Expression): Name | null {
  let root = value;
  while (isA(root, "Attribute")) root = root.object;
  return isA(root, "Name") ? root : null;
}

/** What runs a node again and again: a loop, or a comprehension whose element it is part of. */
function roundOf(call: Node, model: Model): Node | null {
  const loop = enclosingLoop(call);
  let below = call;
  for (const holder of ancestors(call)) {
    if (holder === loop) break;
    if (isA(holder, "FunctionDef", "Lambda", "Module")) return null;
    if (isA(holder, "ListComprehension", "SetComprehension", "DictComprehension", "Generator")) {
      const isLong = holder.clauses.some(
        clause => clause.kind === "ForClause" && !isFew(clause.iterable, model),
      );
      if (isLong && below !== holder.clauses[0]) return holder;
    }
    below = holder;
  }
  if (!loop) return null;
  return loop.kind === "For" && isFew(loop.iterable, model) ? null : loop;
}

/** Whether a name gets another value inside the loop, so that another thing is copied each time. */
function isBoundIn(round: Node, { references }: Binding): boolean {
  return references.some(({ node, use }) => use !== "read" && contains(round.span, node.span));
}

function named(value: Expression, model: Model): string {
  const text = model.textOf(value);
  return text.length <= 24 && !text.includes("\n") ? `\`${text}\`` : "the value";
}

/** Where all elements are known to be plain, one level is all there is. */
function withShallowCopy(call: Call, value: Expression, model: Model): Fix | null {
  if (!isA(value, "Name") || !isFlat(value, model)) return null;
  return {
    title: "Use its copy method",
    safety: "safe",
    edits: [{ span: call.span, text: `${value.text}.copy()` }],
  };
}

function isFlat(name: Name, model: Model): boolean {
  const binding = model.bindingOf(name);
  // Another file may put something into what a module holds.
  if (binding?.scope.kind !== "function") return false;
  const { references } = binding;
  const [write, ...others] = references.filter(({ use }) => use !== "read");
  if (others.length > 0 || !isA(write?.by, "Assign") || !write.by.targets.includes(write.node))
    return false;
  if (write.by.targets.length > 1 || !isFlatDisplay(write.by.value)) return false;
  return references.every(
    ({ node, use }) => use !== "read" || isCopied(node, model) || isRead(node, model),
  );
}

function isFlatDisplay(value: Expression): boolean {
  if (isA(value, "List", "Set")) return value.elements.every(isPlain);
  return isA(value, "Dict") && value.entries.every(each => each.key && isPlain(each.value));
}

function isPlain(value: Expression): boolean {
  if (isA(value, "Unary")) return isPlain(value.operand);
  return isA(value, "Number", "Constant") || (isA(value, "String") && !value.interpolations.length);
}

function isRead(node: Name, model: Model): boolean {
  return valueUse(node, model).kind === "read";
}

function isCopied({ parent }: Name, model: Model): boolean {
  const call = parent?.parent;
  return isA(call, "Call") && model.qualifiedName(call.callee) === "copy.deepcopy";
}
