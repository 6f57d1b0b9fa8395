import { instanceClass, type Model } from "#semantics";
import { type ClassDef, isA, walk } from "#syntax";
import { defineRule, type Fix } from "../rule";
import { addSlots } from "./add-slots";
import {
  assignedAttributes,
  hasOnlyEmptyBases,
  hasSlots,
  hasSubclass,
  isAssigned,
  isInstanceChanged,
} from "./class-shape";
import { manyMade } from "./many-made";

/** A class of which many instances are kept gives each of them room for attributes that never come. */
export const classWithoutSlots = defineRule({
  meta: {
    name: "class-without-slots",
    code: "MEM502",
    summary: "Class without slots of which many instances are kept",
    severity: "information",
    isDefault: false,
    gains: ["retained"],
  },
  visits: ["ClassDef"],

  *check(definition, model) {
    if (definition.decorators.length > 0 || !hasOnlyEmptyBases(definition, model)) return;
    const making = manyMade(definition, model);
    if (!making || hasSlots(definition) || hasSubclass(definition, model)) return;
    const names = ownAttributes(definition, model);
    if (!names || names.size === 0 || isInstanceChanged(definition, names, model)) return;
    const fix = withSlots(definition, names, model);
    yield {
      span: definition.name.span,
      message: "Many instances are kept, each with room for a `__dict__`; `__slots__` saves it",
      related: [{ span: making.span, message: "Made here in numbers" }],
      allocations: [making.span],
      ...(fix && { fix }),
    };
  },
});

/**
 * The attributes that methods give their instances, in the order in which they come; null where the
 * class binds one of them too, which slots do not allow, or where there may be others.
 */
function ownAttributes(definition: ClassDef, model: Model): ReadonlySet<string> | null {
  const assigned = assignedAttributes(definition, model);
  const bindings = model.scopeOpenedBy(definition)?.bindings;
  if (!assigned || !bindings) return null;
  const own = new Set<string>();
  for (const node of walk(definition.body)) {
    if (!isA(node, "Attribute") || !isAssigned(node) || !isA(node.object, "Name")) continue;
    if (instanceClass(node.object, model) === definition) own.add(node.name.text);
  }
  const isWhole = [...assigned].every(name => own.has(name) && !bindings.has(name));
  return isWhole ? own : null;
}

function withSlots(definition: ClassDef, names: ReadonlySet<string>, model: Model): Fix | null {
  const quoted = [...names].map(name => `"${name}"`);
  const edit = addSlots(definition, `(${quoted.join(", ")}${names.size === 1 ? "," : ""})`, model);
  if (!edit) return null;
  return {
    title: "Add __slots__",
    safety: "review",
    changes: "instances take no other attributes and no weak references",
    edits: [edit],
  };
}
