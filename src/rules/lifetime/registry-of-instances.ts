import type { Model } from "#semantics";
import { type Call, type ClassDef, type Expression, isA, type NodeOf } from "#syntax";
import { defineRule } from "../rule";
import { type Cache, moduleCache } from "./caches";
import { growthOf } from "./cache-growth";
import { classCache, withBases } from "./class-caches";
import { holdWeakly } from "./hold-weakly";
import { classOfOwnInstance, isMetaclass } from "./own-instance";

const adders: ReadonlySet<string> = new Set(["add", "append", "appendleft", "setdefault"]);

/** An instance that puts itself into a table of its class or module stays until the program ends. */
export const registryOfInstances = defineRule({
  meta: {
    name: "registry-of-instances",
    code: "MEM313",
    summary: "Instances put themselves into a table that nothing takes them out of",
    severity: "warning",
    gains: ["retained", "lifetime"],
  },
  visits: ["Assign", "Call"],
  calls: [...adders],
  concerns: growth => growth.kind === "Call" || isA(growth.value, "Name"),

  *check(growth, model) {
    const kept = growth.kind === "Assign" ? storedItem(growth) : addedItem(growth);
    const owner = kept && classOfOwnInstance(kept.value, model);
    if (!owner || isMetaclass(owner)) return;
    const cache = cacheAt(kept.container, owner, model);
    if (!cache || growthOf(cache, model)[0] !== growth) return;
    const fix = holdWeakly(cache, owner, model);
    yield {
      span: kept.value.span,
      message: "This table keeps every instance and nothing here takes one out; hold them weakly",
      related: [{ span: cache.name.span, message: "Lives as long as the program" }],
      ...(fix && { fix }),
    };
  },
});

/** A value that is put into a container. */
interface Kept {
  readonly container: Expression;
  readonly value: Expression;
}

/** `table[key] = self`. */
function storedItem({ targets, value }: NodeOf<"Assign">): Kept | null {
  const [target, second] = targets;
  if (!isA(value, "Name") || !isA(target, "Subscript") || second) return null;
  return { container: target.object, value };
}

/** `table.add(self)`. */
function addedItem({ callee, args }: Call): Kept | null {
  if (!isA(callee, "Attribute") || !adders.has(callee.name.text)) return null;
  const value = args.at(-1)?.value;
  return isA(value, "Name") ? { container: callee.object, value } : null;
}

/** The container of the module, or of a class, that an expression stands for. */
function cacheAt(container: Expression, owner: ClassDef, model: Model): Cache | null {
  if (isA(container, "Name")) {
    const binding = model.bindingOf(container);
    return binding?.scope.kind === "module" ? moduleCache(binding, model) : null;
  }
  if (!isA(container, "Attribute")) return null;
  const named = model.definitionOf(container.object);
  const { text } = container.name;
  const holder = withBases(named?.kind === "ClassDef" ? named : owner, model).find(each =>
    model.scopeOpenedBy(each)?.bindings.has(text),
  );
  return holder ? classCache(holder, text, model) : null;
}
