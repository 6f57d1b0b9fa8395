import { contains } from "#base";
import { type Binding, type Model, valueUse } from "#semantics";
import { type Call, type ClassDef, enclosingLoop, type Expression, isA, type Node } from "#syntax";
import { isFew } from "../collections/few-elements";

/** Builtins that keep every element of what they are given. */
const keepingBuiltins: ReadonlySet<string> = new Set(["list", "tuple", "set", "dict", "sorted"]);

/** A class that is named more often is one of generated code. */
const mostUses = 2000;

/**
 * A call that makes an instance of a class again and again and keeps each: the element of a list
 * comprehension, or what a loop appends. Null when the file shows none.
 */
export function manyMade({ name }: ClassDef, model: Model): Call | null {
  const references = model.bindingOf(name)?.references ?? [];
  if (references.length > mostUses) return null;
  if (references.some(({ node, use }) => use !== "read" && node !== name)) return null;
  for (const { node, use } of references) {
    const call = use === "read" ? node.parent : null;
    if (isA(call, "Call") && call.callee === node && isKeptInNumbers(call, model)) return call;
  }
  return null;
}

/** Tells whether a value is made again and again, by a loop or a comprehension, and kept each time. */
export function isKeptInNumbers(value: Expression, model: Model): boolean {
  const { held, holder } = outermostDisplay(value);
  switch (holder?.kind) {
    case "ListComprehension":
    case "SetComprehension":
      return holder.element === held && isLong(holder.clauses, model);
    case "DictComprehension":
      return holder.value === held && isLong(holder.clauses, model);
    case "Generator":
      return holder.element === held && isCollected(holder, model) && isLong(holder.clauses, model);
    default:
      return isKeptByLoop(held, model);
  }
}

/** A value is kept by what holds the tuple, list or dict that it is written in. */
function outermostDisplay(value: Expression): { held: Expression; holder: Node | null } {
  let held = value;
  let holder: Node | null = value.parent;
  while (isA(holder, "Tuple", "List", "Dict", "DictEntry", "Conditional")) {
    if (holder.kind !== "DictEntry") held = holder;
    holder = holder.parent;
  }
  return { held, holder };
}

function isLong(
  clauses: readonly (Node & { readonly iterable?: Expression })[],
  model: Model,
): boolean {
  return clauses.some(({ iterable }) => iterable !== undefined && !isFew(iterable, model));
}

function isCollected(generator: Node, model: Model): boolean {
  const call = generator.parent?.parent;
  if (!isA(call, "Call")) return false;
  if (isA(call.callee, "Attribute")) return ["extend", "update"].includes(call.callee.name.text);
  return keepingBuiltins.has(model.builtinName(call.callee) ?? "");
}

function isKeptByLoop(value: Expression, model: Model): boolean {
  const loop = enclosingLoop(value);
  if (!loop || (loop.kind === "For" && isFew(loop.iterable, model))) return false;
  if (isStoredOutside(value, loop, model)) return true;
  const by = value.parent;
  if (!isA(by, "Assign")) return false;
  const [target] = by.targets;
  const references = isA(target, "Name") ? model.bindingOf(target)?.references : null;
  return (references ?? []).some(
    ({ node, use }) =>
      use === "read" && contains(loop.span, node.span) && isStoredOutside(node, loop, model),
  );
}

/** Put into a container that was there before the loop: `rows.append(v)`, `rows[key] = v`. */
function isStoredOutside(value: Expression, loop: Node, model: Model): boolean {
  const { kind, at } = valueUse(outermostDisplay(value).held, model);
  if (kind !== "stored") return false;
  const container = containerAt(at);
  if (!container) return false;
  const binding: Binding | null = isA(container, "Name") ? model.bindingOf(container) : null;
  if (!binding) return container.kind === "Attribute";
  return binding.references.some(
    ({ node, use }) => use !== "read" && !contains(loop.span, node.span),
  );
}

function containerAt(at: Node): Expression | null {
  if (isA(at, "Call")) return isA(at.callee, "Attribute") ? at.callee.object : null;
  if (!isA(at, "Assign")) return null;
  const [target] = at.targets;
  // `rows["a"] = v` replaces what was there.
  return isA(target, "Subscript") && !isA(target.index, "String", "Number") ? target.object : null;
}
