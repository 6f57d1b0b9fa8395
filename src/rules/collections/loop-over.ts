import type { Model } from "#semantics";
import { type Expression, type For, type ForClause, isA, type Node } from "#syntax";

/** Builtins that go over their arguments one element at a time, when they are gone over themselves. */
const lazyBuiltins: ReadonlySet<string> = new Set(["enumerate", "filter", "map", "zip"]);

/** The loop or clause that goes over a value once, front to back, itself or through `enumerate`. */
export function loopOver(value: Expression, model: Model): For | ForClause | null {
  const reader = lazyCallOf(value, model) ?? value;
  const loop = reader.parent;
  if (!isA(loop, "For", "ForClause") || loop.iterable !== reader || loop.isAsync) return null;
  return loop;
}

function lazyCallOf({ parent }: Expression, model: Model): Expression | null {
  const call = isA(parent, "Argument") && parent.shape === "positional" ? parent.parent : null;
  if (!isA(call, "Call")) return null;
  return lazyBuiltins.has(model.builtinName(call.callee) ?? "") ? call : null;
}

/** What runs for each element: the loop's body, or the rest of the comprehension. */
export function repeatedParts(loop: For | ForClause): Node[] {
  if (loop.kind === "For") return [loop.body];
  const all = loop.parent?.children ?? [];
  return all.flatMap(part => (part === loop ? [loop.target] : [part]));
}

/** A generator expression goes over its iterable at a time of its own. */
export function isDelayed(loop: For | ForClause): boolean {
  return loop.parent?.kind === "Generator";
}
