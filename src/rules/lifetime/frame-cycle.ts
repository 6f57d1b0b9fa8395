import type { Model } from "#semantics";
import { ancestors, type Expression, isA, type Name } from "#syntax";
import type { Frames } from "./frames";

/** What frames are bound to, told from the assignment: all of them, or what of a triple holds some. */
export function targetsOf({ value, kind }: Frames): readonly Expression[] {
  const { parent } = value;
  if (!isA(parent, "Assign") || parent.value !== value) return [];
  const [target] = parent.targets;
  if (!target) return [];
  if (!isA(target, "Tuple")) return [target];
  return kind === "info" ? target.elements.slice(1) : [];
}

/**
 * The local name through which frames hold themselves: a function's own frame in a local of it, or a
 * caught exception's traceback, which shows the function that caught it. Null where the name is
 * deleted or bound again, which opens the cycle.
 */
export function nameInCycle(frames: Frames, model: Model): Name | null {
  if (frames.kind === "other") return null;
  if (frames.kind !== "own" && !isInHandler(frames, model)) return null;
  for (const target of targetsOf(frames)) {
    const binding = isA(target, "Name") ? model.bindingOf(target) : null;
    if (!binding || binding.scope.kind !== "function" || !isA(target, "Name")) continue;
    if (binding.writes.length === 1) return target;
  }
  return null;
}

/** In an `except`, and of the exception that it caught. */
function isInHandler({ value }: Frames, model: Model): boolean {
  for (const holder of ancestors(value)) {
    if (isA(holder, "FunctionDef", "Lambda")) return false;
    if (!isA(holder, "ExceptHandler")) continue;
    const owner = isA(value, "Attribute") ? value.object : null;
    if (!isA(owner, "Name")) return true;
    const caught = holder.name && model.bindingOf(holder.name);
    if (caught && model.bindingOf(owner) === caught) return true;
  }
  return false;
}
