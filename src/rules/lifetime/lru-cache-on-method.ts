import type { Model } from "#semantics";
import { type ClassDef, type Expression, type FunctionDef, isA } from "#syntax";
import { defineRule } from "../rule";
import { cacheOf, isWithoutInstance } from "./lru-caches";
import { makeCachedProperty } from "./make-cached-property";

/** Methods that Python makes static or class methods by itself. */
const implicitlyStatic: ReadonlySet<string> = new Set([
  "__new__",
  "__init_subclass__",
  "__class_getitem__",
]);

/** The cache is the function's, not the instance's, and its keys hold `self`. */
export const lruCacheOnMethod = defineRule({
  meta: {
    name: "lru-cache-on-method",
    code: "MEM303",
    summary: "A cached method's cache holds every instance that it was called on",
    severity: "warning",
    gains: ["retained", "lifetime"],
    peers: ["B019", "W1518", "method-cache-max-size-none"],
  },
  visits: ["FunctionDef"],
  concerns: ({ decorators }) => decorators.length > 0,

  *check(definition, model) {
    const owner = definition.parent?.parent;
    if (definition.decorators.length === 0 || !isA(owner, "ClassDef")) return;
    const cache = cacheOf(definition, model);
    if (!cache || cache.size === 0 || isWithoutInstance(definition, model)) return;
    if (definition.parameters.length === 0 || implicitlyStatic.has(definition.name.text)) return;
    if (hasFewInstances(owner, model)) return;
    const { decorator, size } = cache;
    const fix = makeCachedProperty(definition, decorator, owner, model);
    yield {
      span: decorator.span,
      message: messageFor(size, takesOnlySelf(definition)),
      // Memory that is taken on entry stands on the line of the `def`.
      allocations: [definition.span],
      ...(fix && { fix }),
    };
  },
});

function takesOnlySelf({ parameters }: FunctionDef): boolean {
  return parameters.length === 1 && parameters[0]?.shape === "plain";
}

function messageFor(size: number | null, onlySelf: boolean): string {
  const held =
    size === null ? "every `self` and all it holds for good" : "instances that are done with";
  const advice = onlySelf ? "use `cached_property`" : "cache per instance";
  return `This cache keeps ${held}; ${advice}`;
}

/** Members of an enumeration and classes live as long as the program anyway. */
function hasFewInstances({ args }: ClassDef, model: Model): boolean {
  return args.some(({ name, value }) => {
    if (name !== null) return false;
    const base = model.qualifiedName(value);
    return base === "builtins.type" || base === "abc.ABCMeta" || isEnum(value, model);
  });
}

function isEnum(base: Expression, model: Model): boolean {
  const last = isA(base, "Attribute") ? base.name.text : isA(base, "Name") ? base.text : "";
  if (/(Enum|Flag|EnumMeta|EnumType|Choices)$/.test(last)) return true;
  const definition = model.definitionOf(base);
  return isA(definition, "ClassDef") && hasFewInstances(definition, model);
}
