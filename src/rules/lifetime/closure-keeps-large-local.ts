import { type Binding, largeKind, type Model, type Scope, valueUse } from "#semantics";
import {
  enclosingFunction,
  type Expression,
  type FunctionDef,
  isA,
  type Lambda,
  type Name,
  walk,
} from "#syntax";
import { defineRule } from "../rule";

/** A function that is kept keeps the variables that it mentions, whatever it wants of them. */
export const closureKeepsLargeLocal = defineRule({
  meta: {
    name: "closure-keeps-large-local",
    code: "MEM310",
    summary: "Function that is kept holds a large local of which it needs a small part",
    severity: "information",
    gains: ["retained", "lifetime"],
  },
  visits: ["Lambda", "FunctionDef"],
  concerns: closure => isA(enclosingFunction(closure), "FunctionDef"),

  *check(closure, model) {
    const home = enclosingFunction(closure);
    if (!isA(home, "FunctionDef") || !isKept(closure, model)) return;
    const scope = model.scopeOpenedBy(home);
    for (const name of scope ? captured(closure, scope, model) : []) {
      yield {
        span: name.span,
        message: `All of \`${shortened(name.text)}\` lives as long as this function; take what it needs before`,
      };
    }
  },
});

function shortened(name: string): string {
  return name.length > 24 ? `${name.slice(0, 23)}…` : name;
}

/** Whether a function leaves the one that makes it: returned, or put where it is found later. */
function isKept(closure: Lambda | FunctionDef, model: Model): boolean {
  if (isA(closure, "Lambda")) return leaves(closure, model);
  if (closure.decorators.length > 0) return false;
  const references = model.bindingOf(closure.name)?.references ?? [];
  return references.some(({ use, node }) => use === "read" && leaves(node, model));
}

function leaves(value: Expression, model: Model): boolean {
  const { kind, at } = valueUse(value, model);
  // `key=lambda …` of a default or a comprehension ends with the call.
  return (
    (kind === "returned" && isA(at, "Return")) || (kind === "stored" && isA(at, "Assign", "Call"))
  );
}

/** The first mention of each large local of which a function reads only a part. */
function* captured(closure: Lambda | FunctionDef, scope: Scope, model: Model): Generator<Name> {
  const seen = new Set<Binding>();
  for (const node of walk(closure.body)) {
    const binding = isA(node, "Name") ? model.bindingOf(node) : null;
    if (!binding || binding.scope !== scope || seen.has(binding) || !isA(node, "Name")) continue;
    seen.add(binding);
    if (isLarge(binding, model) && isOnlySampled(binding, closure, model)) yield node;
  }
}

function isLarge({ references }: Binding, model: Model): boolean {
  const [only, ...more] = references.filter(({ use }) => use !== "read");
  const by = more.length === 0 ? only?.by : null;
  if (!isA(by, "Assign") || by.targets.length > 1 || by.targets[0] !== only?.node) return false;
  // A second name for the value would hold it as well.
  return !isA(by.value, "Name") && largeKind(by.value, model) !== null;
}

/** Whether a function reads small parts of a value only, which no one else keeps. */
function isOnlySampled(
  { references }: Binding,
  closure: Lambda | FunctionDef,
  model: Model,
): boolean {
  return references
    .filter(({ use }) => use === "read")
    .every(({ node }) =>
      enclosingFunction(node) === closure
        ? isSample(node, model)
        : valueUse(node, model).kind === "read",
    );
}

/** `len(rows)`, `rows[0]`, `table.shape`. */
function isSample(name: Name, model: Model): boolean {
  const user = name.parent;
  if (isA(user, "Subscript")) return user.object === name && isA(user.index, "Number", "String");
  if (isA(user, "Attribute")) return !(isA(user.parent, "Call") && user.parent.callee === user);
  const call = isA(user, "Argument") ? user.parent : null;
  return isA(call, "Call") && model.builtinName(call.callee) === "len";
}
