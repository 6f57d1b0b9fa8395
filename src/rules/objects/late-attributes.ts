import { instanceClass, type Model } from "#semantics";
import { type Attribute, type ClassDef, type FunctionDef, isA, walk } from "#syntax";
import { defineRule } from "../rule";
import { hasOnlyEmptyBases, hasSlots, isAssigned } from "./class-shape";
import { manyMade } from "./many-made";

/** Where many instances were made without them, CPython still has room for one more attribute. */
const leastLate = 2;

/** Methods that run while an instance is made, or made again. */
const makers: ReadonlySet<string> = new Set(["__init__", "__new__", "__setstate__", "__copy__"]);

/** Attributes that come after construction break the table of names that all instances share. */
export const lateAttributes = defineRule({
  meta: {
    name: "late-attributes",
    code: "MEM505",
    summary: "Instances kept in numbers get attributes that their constructor did not set",
    severity: "information",
    gains: ["retained"],
    peers: ["W0201", "attribute-defined-outside-init"],
  },
  visits: ["ClassDef"],

  *check(definition, model) {
    if (definition.decorators.length > 0 || !hasOnlyEmptyBases(definition, model)) return;
    const making = manyMade(definition, model);
    // What is bound to a name first may get its attributes there, before the next one is made.
    if (!making || hasSlots(definition) || isA(making.parent, "Assign")) return;
    const late = lateOf(definition, model);
    const [first, second] = late.values();
    if (late.size < leastLate || !first || !second) return;
    yield {
      span: first.span,
      message: messageFor(first, second, late.size),
      related: [
        ...[...late.values()].slice(1).map(each => ({ span: each.span, message: "Late as well" })),
        { span: making.span, message: "Made here in numbers" },
      ],
      allocations: [...late.values()].map(each => each.span),
    };
  },
});

function messageFor(first: Attribute, second: Attribute, count: number): string {
  const names = [first, second].map(({ name }) => `\`${shortened(name.text)}\``).join(", ");
  const more = count > 2 ? "…" : "";
  return `Late ${names}${more} take the shared keys from many instances; set them in \`__init__\``;
}

function shortened(name: string): string {
  return name.length > 12 ? `${name.slice(0, 11)}…` : name;
}

/** The first place of each attribute that only later methods set. */
function lateOf(definition: ClassDef, model: Model): ReadonlyMap<string, Attribute> {
  const methods = new Map<string, FunctionDef>();
  for (const each of definition.body.body) {
    if (isA(each, "FunctionDef")) methods.set(each.name.text, each);
  }
  const making = methodsWhileMade(methods, definition, model);
  const early = new Set<string>();
  const late = new Map<string, Attribute>();
  for (const [name, method] of methods) {
    for (const attribute of attributesSetBy(method, definition, model)) {
      if (making.has(name)) early.add(attribute.name.text);
      else if (!late.has(attribute.name.text)) late.set(attribute.name.text, attribute);
    }
  }
  for (const name of early) late.delete(name);
  return late;
}

/** The constructor and the methods that it names, and those that they name. */
function methodsWhileMade(
  methods: ReadonlyMap<string, FunctionDef>,
  definition: ClassDef,
  model: Model,
): ReadonlySet<string> {
  const found = new Set([...methods.keys()].filter(name => makers.has(name)));
  for (const name of found) {
    const method = methods.get(name);
    for (const node of method ? walk(method.body) : []) {
      if (!isA(node, "Attribute") || !methods.has(node.name.text)) continue;
      if (isOwn(node, definition, model)) found.add(node.name.text);
    }
  }
  return found;
}

function* attributesSetBy(
  method: FunctionDef,
  definition: ClassDef,
  model: Model,
): Generator<Attribute> {
  for (const node of walk(method.body)) {
    if (!isA(node, "Attribute") || !isOwn(node, definition, model)) continue;
    if (isAssigned(node) && !isA(node.parent, "Delete")) yield node;
  }
}

function isOwn({ object }: Attribute, definition: ClassDef, model: Model): boolean {
  return isA(object, "Name") && instanceClass(object, model) === definition;
}
