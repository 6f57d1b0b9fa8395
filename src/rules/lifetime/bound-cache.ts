import { type Model, referencesIn } from "#semantics";
import { type Decorator, type FunctionDef, isA } from "#syntax";
import type { Fix } from "../rule";
import { sizeArgument } from "./lru-caches";
import { memberBeside } from "./member-beside";

/** Entries of the caches that fixes write. */
const maxsize = 1024;

/** Gives a cache a limit. Null for a function that calls itself and may need all of its results. */
export function boundCache(definition: FunctionDef, cache: Decorator, model: Model): Fix | null {
  const binding = model.bindingOf(definition.name);
  if (binding && referencesIn(binding, definition.body.span).length > 0) return null;
  const edits = limitEdits(cache, model);
  if (!edits) return null;
  return {
    title: `Keep the ${maxsize} results that were used last`,
    safety: "review",
    changes: "results that drop out are computed again, and are then other objects",
    edits,
  };
}

/** Writes the limit into `lru_cache(None)`, or `lru_cache` for `cache`. */
function limitEdits({ expression }: Decorator, model: Model): Fix["edits"] | null {
  const size = isA(expression, "Call") ? sizeArgument(expression) : null;
  if (size) return [{ span: size.span, text: String(maxsize) }];
  const callee = isA(expression, "Call") ? expression.callee : expression;
  const bounded = memberBeside(callee, "lru_cache", model);
  if (!bounded) return null;
  const text = `${bounded.name}(maxsize=${maxsize})`;
  return [{ span: expression.span, text }, ...bounded.edits];
}
