import type { Model } from "#semantics";
import { type Call, type Decorator, type Expression, type FunctionDef, isA } from "#syntax";

const caches: ReadonlySet<string> = new Set(["functools.lru_cache", "functools.cache"]);
const withoutInstance: ReadonlySet<string> = new Set([
  "builtins.staticmethod",
  "builtins.classmethod",
]);

/** The cache that a decorator puts around a function. */
export interface FunctionCache {
  readonly decorator: Decorator;
  /** Entries that it holds at most; null without a limit. Unknown sizes count as limits. */
  readonly size: number | null;
}

/** The `functools` cache around a function; null without one. */
export function cacheOf({ decorators }: FunctionDef, model: Model): FunctionCache | null {
  const decorator = decorators.find(({ expression }) => {
    const callee = expression.kind === "Call" ? expression.callee : expression;
    if (isA(callee, "Attribute") && !/^(lru_)?cache$/.test(callee.name.text)) return false;
    return caches.has(calledName(expression, model) ?? "");
  });
  return decorator ? { decorator, size: sizeOf(decorator, model) } : null;
}

/** Tells whether a function in a class is given no instance: static methods and class methods. */
export function isWithoutInstance({ decorators }: FunctionDef, model: Model): boolean {
  return decorators.some(each => withoutInstance.has(calledName(each.expression, model) ?? ""));
}

/** What a decorator is, called or not: `functools.cache` for `@cache` and `@cache()`. */
function calledName(decorator: Expression, model: Model): string | null {
  return model.qualifiedName(decorator.kind === "Call" ? decorator.callee : decorator);
}

function sizeOf({ expression }: Decorator, model: Model): number | null {
  const isCache = calledName(expression, model) === "functools.cache";
  if (isCache) return null;
  const value = expression.kind === "Call" ? sizeArgument(expression) : null;
  if (isA(value, "Constant") && value.value === "None") return null;
  return isA(value, "Number") ? Number(value.text.replaceAll("_", "")) : 128;
}

/** The argument that says how many entries a call of `lru_cache` allows. */
export function sizeArgument({ args }: Call): Expression | null {
  const [first] = args;
  if (first?.shape === "positional") return first.value;
  return args.find(({ name }) => name?.text === "maxsize")?.value ?? null;
}
