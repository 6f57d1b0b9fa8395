import type { Model } from "#semantics";
import { type ClassDef, enclosingFunction, type Expression, isA } from "#syntax";
import { defineRule, type Fix } from "../rule";
import { addSlots } from "./add-slots";
import { assignedAttributes, hasSlots, isInstanceChanged } from "./class-shape";
import { manyMade } from "./many-made";

/** Types whose instances have no `__dict__`, and whose subclasses therefore need none. */
const immutables: ReadonlyMap<string, string> = new Map([
  ["builtins.str", "str"],
  ["builtins.bytes", "bytes"],
  ["builtins.int", "int"],
  ["builtins.float", "float"],
  ["builtins.complex", "complex"],
  ["builtins.tuple", "tuple"],
  ["typing.Tuple", "tuple"],
]);

const tupleMakers: ReadonlySet<string> = new Set(["collections.namedtuple", "typing.NamedTuple"]);

const none: ReadonlySet<string> = new Set();

/** A subclass of a small immutable type gives each instance a `__dict__` unless it says otherwise. */
export const immutableSubclassWithoutSlots = defineRule({
  meta: {
    name: "immutable-subclass-without-slots",
    code: "MEM503",
    summary: "Subclass of str, int, tuple or a named tuple gives each instance room for a dict",
    severity: "information",
    gains: ["retained"],
    peers: ["SLOT000", "SLOT001", "SLOT002"],
  },
  visits: ["ClassDef"],

  *check(definition, model) {
    const [base, second] = definition.args;
    if (base?.shape !== "positional" || second || definition.decorators.length > 0) return;
    const type = immutableType(base.value, model);
    if (type === null || hasSlots(definition)) return;
    if (assignedAttributes(definition, model)?.size !== 0) return;
    if (isInstanceChanged(definition, none, model) || isSingleton(definition, model)) return;
    const making = manyMade(definition, model);
    // A class of a function's own has few instances, unless the function shows otherwise.
    if (!making && enclosingFunction(definition)?.kind !== "Module") return;
    const fix = withEmptySlots(definition, model);
    yield {
      span: definition.name.span,
      message: `Each instance has room for a \`__dict__\` that no ${type} has; \`__slots__ = ()\` saves it`,
      ...(making && {
        severity: "warning" as const,
        related: [{ span: making.span, message: "Made here in numbers" }],
        allocations: [making.span],
      }),
      ...(fix && { fix }),
    };
  },
});

/** `_missing = _Missing()` in the module, and no other use of the class. */
function isSingleton({ name }: ClassDef, model: Model): boolean {
  const reads = model.bindingOf(name)?.references.filter(({ use }) => use === "read") ?? [];
  const [only, second] = reads;
  const call = only?.node.parent;
  if (!isA(call, "Call") || second) return false;
  return isA(call.parent, "Assign") && call.parent.parent?.kind === "Module";
}

function immutableType(base: Expression, model: Model): string | null {
  const type = isA(base, "Subscript") ? base.object : base;
  const known = immutables.get(model.qualifiedName(type) ?? "");
  if (known !== undefined) return known;
  return isNamedTuple(base, model) ? "named tuple" : null;
}

/** `namedtuple("P", "x y")`, a name bound to it, or a class over `typing.NamedTuple`. */
function isNamedTuple(base: Expression, model: Model): boolean {
  if (isA(base, "Call")) return tupleMakers.has(model.qualifiedName(base.callee) ?? "");
  if (!isA(base, "Name")) return false;
  const writes = model.bindingOf(base)?.writes ?? [];
  const by = writes.length === 1 ? writes[0]?.by : null;
  if (isA(by, "Assign")) return isA(by.value, "Call") && isNamedTuple(by.value, model);
  const [only, second] = isA(by, "ClassDef") ? by.args : [];
  return only !== undefined && !second && isTypedTuple(only.value, model);
}

function isTypedTuple(base: Expression, model: Model): boolean {
  return model.qualifiedName(base) === "typing.NamedTuple";
}

function withEmptySlots(definition: ClassDef, model: Model): Fix | null {
  const edit = addSlots(definition, "()", model);
  if (!edit) return null;
  return {
    title: "Add empty __slots__",
    safety: "review",
    changes: "no code can give an instance attributes or refer to it weakly",
    edits: [edit],
  };
}
