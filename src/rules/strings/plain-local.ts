import type { Binding, Model, Scope } from "#semantics";
import { enclosingFunction, type Expression, isA, type Name, walkExecuted } from "#syntax";

/** Where a name's value lives, as CPython's `+=` sees it. */
export type NamePlace =
  /** A plain local of a function that runs through: CPython may grow its string in place. */
  | "local"
  | "global"
  /** A local that a nested function reads or writes. */
  | "closure"
  /** A local of a generator or coroutine, where it depends on the version, or of a class. */
  | "unknown";

/** Tells where a name lives. */
export function placeOf(name: Name, model: Model): NamePlace {
  const reference = model.referenceOf(name);
  if (!reference) return "unknown";
  const { binding, scope } = reference;
  if (binding.scope.kind === "module") return "global";
  if (binding.scope.kind !== "function") return "unknown";
  if (scope !== binding.scope || model.once(binding, "captured", () => isCaptured(binding)))
    return "closure";
  return runsThrough(name, model) ? "local" : "unknown";
}

/** Whether a nested function reads or writes the name, which then lives in a cell. */
function isCaptured(binding: Binding): boolean {
  return binding.references.some(({ scope }) => hasFunctionBelow(scope, binding.scope));
}

/** A list comprehension is part of its function from 3.12 on; a generator expression never is. */
function hasFunctionBelow(scope: Scope, home: Scope): boolean {
  for (let each: Scope | null = scope; each && each !== home; each = each.parent) {
    if (each.kind !== "comprehension" || each.node.kind === "Generator") return true;
  }
  return false;
}

function runsThrough(name: Expression, model: Model): boolean {
  const home = enclosingFunction(name);
  if (!isA(home, "FunctionDef") || home.isAsync) return false;
  return !model.once(home, "yields", () => {
    for (const node of walkExecuted(home)) if (isA(node, "Yield")) return true;
    return false;
  });
}
