import type { Model } from "#semantics";
import {
  type Call,
  type ClassDef,
  type Decorator,
  type Expression,
  type FunctionDef,
  isA,
} from "#syntax";
import { defineRule } from "../rule";
import { makeCachedProperty } from "./make-cached-property";

const caches: ReadonlySet<string> = new Set(["functools.lru_cache", "functools.cache"]);
const withoutInstance: ReadonlySet<string> = new Set([
  "builtins.staticmethod",
  "builtins.classmethod",
]);
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

  *check(definition, model) {
    const owner = definition.parent?.parent;
    if (!isA(owner, "ClassDef") || hasFewInstances(owner, model)) return;
    if (definition.parameters.length === 0 || implicitlyStatic.has(definition.name.text)) return;
    const names = definition.decorators.map(({ expression }) => calledName(expression, model));
    if (names.some(name => withoutInstance.has(name ?? ""))) return;
    const decorator = definition.decorators.find((_, i) => caches.has(names[i] ?? ""));
    if (!decorator) return;
    const size = sizeOf(decorator, model);
    if (size === 0) return;
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

/** What a decorator is, called or not: `functools.cache` for `@cache` and `@cache()`. */
function calledName(decorator: Expression, model: Model): string | null {
  return model.qualifiedName(decorator.kind === "Call" ? decorator.callee : decorator);
}

/** Entries that the cache holds at most; null without a limit. Unknown sizes count as limits. */
function sizeOf({ expression }: Decorator, model: Model): number | null {
  const isCache = calledName(expression, model) === "functools.cache";
  if (isCache) return null;
  const value = expression.kind === "Call" ? sizeArgument(expression) : null;
  if (isA(value, "Constant") && value.value === "None") return null;
  return isA(value, "Number") ? Number(value.text.replaceAll("_", "")) : 128;
}

function sizeArgument({ args }: Call): Expression | null {
  const [first] = args;
  if (first?.shape === "positional") return first.value;
  return args.find(({ name }) => name?.text === "maxsize")?.value ?? null;
}

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
