import type { Node } from "#syntax";
import { hasEffects } from "./effects";
import type { ComprehensionNode } from "./scope";

/**
 * The parts of a comprehension that run anew for each element. Only the first iterable is not among
 * them: it is evaluated at once, also in a generator.
 */
export function partsPerElement(comprehension: ComprehensionNode): readonly Node[] {
  const [first] = comprehension.clauses;
  const once = first?.kind === "ForClause" ? first.iterable : null;
  return comprehension.children
    .flatMap(child => (child === first ? child.children : [child]))
    .filter(part => part !== once);
}

/** Tells whether making an element may run other code or change something. @see hasEffects */
export function hasEffectsPerElement(comprehension: ComprehensionNode): boolean {
  return partsPerElement(comprehension).some(hasEffects);
}
