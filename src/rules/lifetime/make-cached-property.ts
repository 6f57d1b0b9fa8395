import type { Edit } from "#base";
import type { Model } from "#semantics";
import { type ClassDef, type Decorator, type FunctionDef, isA, walk } from "#syntax";
import type { Fix } from "../rule";
import { memberBeside } from "./member-beside";

/**
 * Turns `@property` over `@lru_cache` into `@cached_property`, which callers cannot tell apart. Other
 * methods have no fix: their callers would have to drop the parentheses, and not all are in sight.
 */
export function makeCachedProperty(
  definition: FunctionDef,
  cache: Decorator,
  owner: ClassDef,
  model: Model,
): Fix | null {
  const [outer, inner] = definition.decorators;
  if (!outer || inner !== cache || definition.decorators.length !== 2) return null;
  if (model.builtinName(outer.expression) !== "property") return null;
  if (hasComment(outer, definition, model)) return null;
  if (hasSlots(owner) || usesProperty(definition, owner)) return null;
  const edits = decoratorEdits(outer, cache, model);
  if (!edits) return null;
  return {
    title: "Use cached_property",
    safety: "review",
    changes: "each instance needs a `__dict__`, in which the value can be replaced or deleted",
    edits,
  };
}

function hasComment(outer: Decorator, definition: FunctionDef, model: Model): boolean {
  const { start } = outer.span;
  const end = definition.name.span.start;
  return model.file.comments.some(({ span }) => span.start > start && span.end < end);
}

function hasSlots({ body }: ClassDef): boolean {
  return body.body.some(
    statement =>
      isA(statement, "Assign") &&
      statement.targets.some(target => isA(target, "Name") && target.text === "__slots__"),
  );
}

/** `@name.setter`, or a use of the cache's own methods such as `Class.name.fget.cache_clear()`. */
function usesProperty({ name }: FunctionDef, owner: ClassDef): boolean {
  for (const node of walk(owner)) {
    if (!isA(node, "Attribute")) continue;
    if (isA(node.object, "Name") && node.object.text === name.text) return true;
    if (node.name.text.startsWith("cache_")) return true;
  }
  return false;
}

function decoratorEdits(outer: Decorator, cache: Decorator, model: Model): Edit[] | null {
  const callee = cache.expression.kind === "Call" ? cache.expression.callee : cache.expression;
  const property = memberBeside(callee, "cached_property", model);
  if (!property) return null;
  const between = { start: outer.span.start, end: cache.span.end };
  return [{ span: between, text: `@${property.name}` }, ...property.edits];
}
