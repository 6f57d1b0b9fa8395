import type { Binding, Model } from "#semantics";
import {
  type Attribute,
  type Call,
  type ClassDef,
  enclosingClass,
  type Expression,
  isA,
  type Name,
  walk,
} from "#syntax";

/** A container that a module or a class holds, and every place in the file that names it. */
export interface Cache {
  /** Where it is bound. */
  readonly name: Name;
  readonly type: string;
  /** True for those whose items have keys or are unique: an item put in twice takes no more room. */
  readonly isKeyed: boolean;
  /** The names or attributes that stand for it, but for the one that binds it; in source order. */
  readonly uses: readonly Expression[];
}

const keyedTypes: ReadonlySet<string> = new Set(["dict", "defaultdict", "Counter", "set"]);

const constructors: ReadonlyMap<string, string> = new Map([
  ["builtins.list", "list"],
  ["builtins.dict", "dict"],
  ["builtins.set", "set"],
  ["collections.OrderedDict", "dict"],
  ["collections.defaultdict", "defaultdict"],
  ["collections.Counter", "Counter"],
  ["collections.deque", "deque"],
]);

/** Names of the module that are bound once, to a container without a bound of its own. */
export function* moduleCaches(model: Model): Generator<Cache> {
  const exported = exportedNames(model);
  for (const binding of model.moduleScope.bindings.values()) {
    // Other modules may take out of what this one exports by name.
    if (binding.name.startsWith("__") || exported.has(binding.name)) continue;
    const cache = cacheBoundBy(binding, model);
    if (cache) yield cache;
  }
}

/** As `moduleCaches`, for names of class bodies that all instances share. */
export function* classCaches(model: Model): Generator<Cache> {
  let attributes: ReadonlyMap<string, readonly Attribute[]> | null = null;
  for (const scope of model.scopes) {
    if (scope.node.kind !== "ClassDef") continue;
    for (const binding of scope.bindings.values()) {
      const cache = binding.name.startsWith("__") ? null : cacheBoundBy(binding, model);
      if (!cache) continue;
      attributes ??= attributesByName(model);
      const uses = attributes.get(binding.name) ?? [];
      if (!uses.every(use => standsFor(use, scope.node as ClassDef, model))) continue;
      yield { ...cache, uses: [...cache.uses, ...uses] };
    }
  }
}

function cacheBoundBy({ references }: Binding, model: Model): Cache | null {
  const writes = references.filter(({ use }) => use === "write" || use === "delete");
  const by = writes[0]?.by;
  const name = writes[0]?.node;
  if (!name || !isA(by, "Assign", "AnnotatedAssign")) return null;
  const isOnly = by.kind === "Assign" ? by.targets.length === 1 : true;
  const type = by.value && isOnly ? containerType(by.value, model) : null;
  if (type === null || (by.kind === "Assign" && by.targets[0] !== name)) return null;
  const uses = references.filter(({ node }) => node !== name).map(({ node }) => node);
  return { name, type, isKeyed: keyedTypes.has(type), uses };
}

function containerType(value: Expression, model: Model): string | null {
  if (isA(value, "List")) return "list";
  if (isA(value, "Dict")) return "dict";
  if (isA(value, "Set")) return "set";
  if (value.kind !== "Call") return null;
  if (isBoundedDeque(value, model)) return null;
  return constructors.get(model.qualifiedName(value.callee) ?? "") ?? null;
}

/** `deque(rows, 100)` or `deque(maxlen=100)`: for what comes in, something goes out. */
export function isBoundedDeque({ callee, args }: Call, model: Model): boolean {
  if (model.qualifiedName(callee) !== "collections.deque") return false;
  return args.length > 1 || args.some(({ name }) => name?.text === "maxlen");
}

/** Names in `__all__`, as far as they are written there. */
function exportedNames(model: Model): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { by } of model.moduleScope.bindings.get("__all__")?.references ?? []) {
    for (const node of by ? walk(by) : []) {
      if (node.kind === "String" && node.raw !== null) names.add(node.raw);
    }
  }
  return names;
}

function attributesByName(model: Model): ReadonlyMap<string, readonly Attribute[]> {
  const found = new Map<string, Attribute[]>();
  for (const node of walk(model.module)) {
    if (node.kind !== "Attribute") continue;
    const others = found.get(node.name.text);
    if (others) others.push(node);
    else found.set(node.name.text, [node]);
  }
  return found;
}

/** `self.rows`, `cls.rows`, `Table.rows`, `type(self).rows`: all of them `Table`'s own `rows`. */
function standsFor({ object }: Attribute, owner: ClassDef, model: Model): boolean {
  let holder = object;
  if (holder.kind === "Attribute" && holder.name.text === "__class__") holder = holder.object;
  if (holder.kind === "Call" && model.builtinName(holder.callee) === "type") {
    holder = holder.args[0]?.value ?? holder;
  }
  if (holder.kind !== "Name") return false;
  if (model.definitionOf(holder) === owner) return true;
  const by = model.bindingOf(holder)?.references.find(({ use }) => use !== "read")?.by;
  const method = by?.kind === "Parameter" ? by.parent : null;
  return (
    isA(method, "FunctionDef") && method.parameters[0] === by && enclosingClass(method) === owner
  );
}
