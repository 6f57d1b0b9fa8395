import type { Model } from "#semantics";
import {
  ancestors,
  type Attribute,
  type ClassDef,
  enclosingClass,
  enclosingFunction,
  isA,
  type Name,
  type Node,
} from "#syntax";
import { isPutInto } from "./cache-growth";
import { type Cache, cacheBoundBy } from "./caches";

/**
 * The container that a class's body binds to a name, and that its methods may reach through any
 * instance; null when it is none or may be another's, or when nothing is ever put into it.
 */
export function classCache(owner: ClassDef, name: string, model: Model): Cache | null {
  // A class made by a function ends with it.
  if (enclosingFunction(owner)?.kind !== "Module") return null;
  const binding = model.scopeOpenedBy(owner)?.bindings.get(name);
  // Names with two underscores, such as `__slots__`, are Python's own.
  const cache = binding && !name.startsWith("__") ? cacheBoundBy(binding, model) : null;
  if (!cache) return null;
  const named = model.attributesNamed(name);
  // To tell whose they are takes every mention of the class.
  if (![...cache.uses, ...named].some(use => isPutInto(use, cache, model))) return null;
  const uses = usesOf(name, owner, { named, model });
  return uses ? { ...cache, uses: [...cache.uses, ...uses] } : null;
}

/** A class and the classes of the file that it inherits from, itself first. */
export function withBases(owner: ClassDef, model: Model): readonly ClassDef[] {
  const family = new Set([owner]);
  for (const each of family) {
    for (const { value } of each.args) {
      const base = model.definitionOf(value);
      if (base?.kind === "ClassDef") family.add(base);
    }
  }
  return [...family];
}

/** A class and the classes of the file that inherit from it, itself first. */
function withHeirs(owner: ClassDef, model: Model): readonly ClassDef[] {
  const heirs = new Set([owner]);
  for (const each of heirs) {
    for (const { node } of model.bindingOf(each.name)?.references ?? []) {
      const heir = isA(node.parent, "Argument") ? node.parent.parent : null;
      if (heir?.kind === "ClassDef") heirs.add(heir);
    }
  }
  return [...heirs];
}

/** The attributes that stand for a class's own name; null when one may stand for another's. */
function usesOf(
  name: string,
  owner: ClassDef,
  { named, model }: { readonly named: readonly Attribute[]; readonly model: Model },
): readonly Attribute[] | null {
  if (named.length === 0) return [];
  const family = new Set([...withBases(owner, model), ...withHeirs(owner, model)]);
  const uses = new Set<Attribute>();
  for (const node of named) {
    if (!isInBodyOfAny(family, node)) continue;
    if (!standsFor(node, family, model)) return null;
    uses.add(node);
  }
  for (const holder of holdersOf(owner, model)) {
    if (isA(holder.parent, "Attribute") && holder.parent.name.text === name)
      uses.add(holder.parent);
  }
  return [...uses].sort((a, b) => a.span.start - b.span.start);
}

function isInBodyOfAny(family: ReadonlySet<ClassDef>, node: Node): boolean {
  let below = node;
  for (const holder of ancestors(node)) {
    if (holder.kind === "ClassDef" && holder.body === below && family.has(holder)) return true;
    below = holder;
  }
  return false;
}

/** The names that stand for a class, or for an instance that a name is bound to. */
function* holdersOf(owner: ClassDef, model: Model): Generator<Name> {
  for (const { node } of model.bindingOf(owner.name)?.references ?? []) {
    yield node;
    const call = node.parent;
    if (!isA(call, "Call") || call.callee !== node || !isA(call.parent, "Assign")) continue;
    for (const target of call.parent.targets) {
      const binding = isA(target, "Name") ? model.bindingOf(target) : null;
      for (const reference of binding?.references ?? []) yield reference.node;
    }
  }
}

/** `self.rows`, `cls.rows`, `Table.rows`, `type(self).rows`: all of them `Table`'s own `rows`. */
function standsFor({ object }: Attribute, family: ReadonlySet<ClassDef>, model: Model): boolean {
  let holder = object;
  if (holder.kind === "Attribute" && holder.name.text === "__class__") holder = holder.object;
  if (holder.kind === "Call" && model.builtinName(holder.callee) === "type") {
    holder = holder.args[0]?.value ?? holder;
  }
  if (holder.kind !== "Name") return false;
  const definition = model.definitionOf(holder);
  if (definition?.kind === "ClassDef" && family.has(definition)) return true;
  const by = model.bindingOf(holder)?.writes[0]?.by;
  const method = by?.kind === "Parameter" ? by.parent : null;
  if (!isA(method, "FunctionDef") || method.parameters[0] !== by) return false;
  const definer = enclosingClass(method);
  return definer !== null && family.has(definer);
}
