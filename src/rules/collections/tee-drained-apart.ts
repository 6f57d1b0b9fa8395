import type { Model } from "#semantics";
import {
  type Assign,
  enclosingStatement,
  type Expression,
  isA,
  type Name,
  siblings,
  walkExecuted,
} from "#syntax";
import { defineRule } from "../rule";

/** Iterators of one `tee` that are read one after the other keep every element between them. */
export const teeDrainedApart = defineRule({
  meta: {
    name: "tee-drained-apart",
    code: "MEM119",
    summary: "One iterator of a tee is read to its end before the other is begun",
    severity: "information",
    gains: ["peak"],
  },
  visits: ["Assign"],
  concerns: ({ targets: [target], value }) => isA(value, "Call") && isA(target, "Tuple", "List"),

  *check(statement, model) {
    const { value } = statement;
    const names = isA(value, "Call") ? namesOf(statement) : null;
    if (!names || !isA(value, "Call") || model.qualifiedName(value.callee) !== "itertools.tee")
      return;
    const reads = names.map(name => onlyRead(name, statement, model));
    const [first, second] = reads.sort((a, b) => (a?.span.start ?? 0) - (b?.span.start ?? 0));
    if (!first || !second || !drains(first, model)) return;
    // What stands in one statement is read in turns, unless a builtin drains each for itself.
    if (enclosingStatement(first) === enclosingStatement(second) && !drains(second, model)) return;
    yield {
      span: value.span,
      message: "`tee` keeps every element here: one iterator is read to its end before the other",
      related: [{ span: first.span, message: "this reads all of them" }],
    };
  },
});

/** The two names that a statement binds. */
function namesOf({ targets }: Assign): readonly Name[] | null {
  const [target, another] = targets;
  if (another || !isA(target, "Tuple", "List") || target.elements.length !== 2) return null;
  const names = target.elements.filter(each => isA(each, "Name"));
  return names.length === 2 ? names : null;
}

/** The one place that reads a name, in a statement beside the one that binds it. */
function onlyRead(name: Name, statement: Assign, model: Model): Name | null {
  const references = model.bindingOf(name)?.references ?? [];
  const [only, ...more] = references.filter(({ node }) => node !== name);
  if (only?.use !== "read" || more.length > 0) return null;
  return siblings(statement).some(each => each === enclosingStatement(only.node))
    ? only.node
    : null;
}

/** Builtins that read an iterator to its end. */
const drainers: ReadonlySet<string> = new Set([
  "dict",
  "frozenset",
  "list",
  "max",
  "min",
  "set",
  "sorted",
  "sum",
  "tuple",
]);

function drains(iterator: Expression, model: Model): boolean {
  const { parent } = iterator;
  if (isA(parent, "For") && parent.iterable === iterator) {
    for (const node of walkExecuted(parent.body)) if (isA(node, "Break", "Return")) return false;
    return true;
  }
  const call = isA(parent, "Argument") && parent.shape === "positional" ? parent.parent : null;
  return isA(call, "Call") && drainers.has(model.builtinName(call.callee) ?? "");
}
