import type { Binding, Model } from "#semantics";
import {
  type AnnotatedAssign,
  type Assign,
  type Call,
  type Expression,
  isA,
  type Name,
  walk,
} from "#syntax";
import { lastNames } from "../last-names";

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

/** The container that a name of the module is bound to; null when other modules may empty it. */
export function moduleCache(binding: Binding, model: Model): Cache | null {
  const cache = binding.name.startsWith("__") ? null : cacheBoundBy(binding, model);
  return cache && !isExported(binding.name, model) ? cache : null;
}

/** The container that a name of a module or a class is bound to, once; null when it is none. */
export function cacheBoundBy(binding: Binding, model: Model): Cache | null {
  const writes = binding.writes.filter(({ use }) => use === "write" || use === "delete");
  const by = writes[0]?.by;
  const name = writes[0]?.node;
  if (!name || !isA(by, "Assign", "AnnotatedAssign")) return null;
  const isOnly = by.kind === "Assign" ? by.targets.length === 1 : true;
  const type = by.value && isOnly ? containerType(by.value, model) : null;
  if (type === null || (by.kind === "Assign" && by.targets[0] !== name)) return null;
  const uses = binding.references.filter(({ node }) => node !== name).map(({ node }) => node);
  return { name, type, isKeyed: keyedTypes.has(type), uses };
}

const constructorNames: ReadonlySet<string> = new Set(lastNames(constructors.keys()));

/** The name that a statement binds to what may be such a container, told from the code alone. */
export function containerName(statement: Assign | AnnotatedAssign): Name | null {
  const target = statement.kind === "Assign" ? statement.targets[0] : statement.target;
  if (!isA(target, "Name") || !statement.value) return null;
  return mayContain(statement.value) ? target : null;
}

function mayContain(value: Expression): boolean {
  if (!isA(value, "Call")) return isA(value, "List", "Dict", "Set");
  // What a plain name stands for may have been imported under another.
  return !isA(value.callee, "Attribute") || constructorNames.has(value.callee.name.text);
}

function containerType(value: Expression, model: Model): string | null {
  if (isA(value, "List")) return "list";
  if (isA(value, "Dict")) return "dict";
  if (isA(value, "Set")) return "set";
  if (value.kind !== "Call" || !mayContain(value)) return null;
  const type = constructors.get(model.qualifiedName(value.callee) ?? "") ?? null;
  return type === "deque" && isBoundedDeque(value, model) ? null : type;
}

/** `deque(rows, 100)` or `deque(maxlen=100)`: for what comes in, something goes out. */
export function isBoundedDeque({ callee, args }: Call, model: Model): boolean {
  if (args.length < 2 && !args.some(({ name }) => name?.text === "maxlen")) return false;
  return model.qualifiedName(callee) === "collections.deque";
}

/** Whether a name stands in `__all__`, as far as that is written there. */
function isExported(name: string, model: Model): boolean {
  for (const { by } of model.moduleScope.bindings.get("__all__")?.references ?? []) {
    for (const node of by ? walk(by) : []) {
      if (node.kind === "String" && node.raw === name) return true;
    }
  }
  return false;
}
