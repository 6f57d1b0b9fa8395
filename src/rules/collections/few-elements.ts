import type { Model } from "#semantics";
import type { Expression, NodeOf } from "#syntax";

/** Below this many elements a list is small change: at most some tens of kilobytes. */
const fewest = 1000;

/** Tells whether a comprehension goes over no more than a few elements, as far as is written there. */
export function hasFewElements(comprehension: NodeOf<"ListComprehension">, model: Model): boolean {
  return comprehension.clauses.every(
    clause => clause.kind === "IfClause" || isFew(clause.iterable, model),
  );
}

/** Tells whether an iterable is written out, or a `range` with small limits. */
export function isFew(iterable: Expression, model: Model): boolean {
  switch (iterable.kind) {
    case "List":
    case "Tuple":
    case "Set":
      return iterable.elements.every(element => element.kind !== "Starred");
    case "Dict":
      return iterable.entries.every(entry => entry.key !== null);
    case "Call":
      return (
        model.builtinName(iterable.callee) === "range" &&
        iterable.args.every(({ value }) => value.kind === "Number" && Number(value.text) <= fewest)
      );
    default:
      return false;
  }
}
