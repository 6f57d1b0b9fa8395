import { contains } from "#base";
import { type Binding, type Model, namesBoundBy } from "#semantics";
import {
  ancestors,
  type AnnotatedAssign,
  type Assign,
  type Expression,
  type For,
  type If,
  isA,
  type Name,
  type Node,
  type Statement,
} from "#syntax";
import { suppresses } from "./handles-errors";

/** A loop around one statement, with loops and conditions and nothing else between. */
export interface LoopNest {
  /** The loops and conditions, outermost first. */
  readonly clauses: readonly (For | If)[];
  readonly statement: Statement;
}

/** How a loop fills a container that was made empty before it. */
export interface Filling {
  /** What makes the container. */
  readonly definition: Assign | AnnotatedAssign;
  /** Names that the loops bind. */
  readonly targets: ReadonlySet<Binding>;
}

/** A name with more uses is one of generated code, where each loop would look at all of them. */
const mostUses = 2000;

/** Reads a loop as the loops and conditions around one statement; null when there is more in them. */
export function nestOf(loop: For): LoopNest | null {
  const clauses: (For | If)[] = [];
  let only: Statement | undefined = loop;
  while (isA(only, "For", "If")) {
    if (only.orElse || (only.kind === "For" && only.isAsync)) return null;
    clauses.push(only);
    const { body }: { body: readonly Statement[] } = only.body;
    only = body.length === 1 ? body[0] : undefined;
  }
  return only ? { clauses, statement: only } : null;
}

/**
 * Tells how a loop fills a container, where a comprehension could do it: the container was made empty
 * before the loop, nobody looks at it while it is filled, and the loop's names mean nothing after it.
 */
export function fillingOf(
  container: Name,
  { clauses }: LoopNest,
  isEmpty: (value: Expression) => boolean,
  model: Model,
): Filling | null {
  const [loop] = clauses;
  if (!isA(loop, "For")) return null;
  const uses = model.bindingOf(container)?.references.length ?? 0;
  if (uses > mostUses) return null;
  const definition = emptyBefore(loop, container, isEmpty, model);
  if (!definition || !isFilledOnly(container, loop, model)) return null;
  const targets = targetsOf(clauses, model);
  return targets && areUsedInLoops(targets, model) ? { definition, targets } : null;
}

/** What of a clause stays in a comprehension. */
export function partOf(clause: For | If): Expression {
  return clause.kind === "For" ? clause.iterable : clause.test;
}

/** The statement before the loop, in its block, that makes the container; nothing between uses it. */
function emptyBefore(
  loop: For,
  container: Name,
  isEmpty: (value: Expression) => boolean,
  model: Model,
): Filling["definition"] | null {
  const reference = model.referenceOf(container);
  if (!reference || reference.scope !== reference.binding.scope) return null;
  if (reference.scope.kind === "class") return null;
  const before = reference.binding.references.filter(
    ({ node }) => node.span.start < loop.span.start,
  );
  const last = before.reduce<(typeof before)[number] | null>(
    (latest, each) => (latest && latest.node.span.start > each.node.span.start ? latest : each),
    null,
  );
  const by = last?.by;
  if (!isA(by, "Assign", "AnnotatedAssign") || by.parent !== loop.parent) return null;
  const targets = by.kind === "Assign" ? by.targets : [by.target];
  if (targets.length !== 1 || targets[0] !== last?.node) return null;
  return by.value && isEmpty(by.value) ? by : null;
}

/** Whether the loop only fills the container, and nobody sees it half filled after an error. */
function isFilledOnly(container: Name, loop: For, model: Model): boolean {
  const references = model.bindingOf(container)?.references ?? [];
  const isElsewhere = (span: Node["span"]): boolean =>
    references.some(({ node }) => !contains(span, node.span));
  if (references.some(({ node }) => node !== container && contains(loop.span, node.span)))
    return false;
  let below: Node = loop;
  for (const holder of ancestors(loop)) {
    if (isA(holder, "FunctionDef", "Module")) break;
    if (isA(holder, "Try") && isElsewhere(below.span)) return false;
    if (isA(holder, "With") && suppresses(holder, model) && isElsewhere(below.span)) return false;
    below = holder;
  }
  return true;
}

/** The names that the loops bind; null when they bind something else too. */
function targetsOf(clauses: readonly (For | If)[], model: Model): ReadonlySet<Binding> | null {
  const targets = new Set<Binding>();
  for (const clause of clauses) {
    if (clause.kind === "If") continue;
    if (!isPlainTarget(clause.target)) return null;
    for (const name of namesBoundBy(clause.target)) {
      const reference = model.referenceOf(name);
      if (!reference || reference.scope !== reference.binding.scope) return null;
      targets.add(reference.binding);
    }
  }
  return targets;
}

function isPlainTarget(target: Expression): boolean {
  if (isA(target, "Name")) return true;
  if (isA(target, "Starred")) return isPlainTarget(target.value);
  return isA(target, "Tuple", "List") && target.elements.every(isPlainTarget);
}

/** Whether names have a meaning only in loops that bind them, this one or others. */
function areUsedInLoops(targets: ReadonlySet<Binding>, model: Model): boolean {
  const isUsed = (binding: Binding) =>
    binding.references.length <= mostUses &&
    binding.references.every(
      ({ node, use }) => use === "write" || isBoundByLoopAround(node, binding, model),
    );
  return [...targets].every(each => model.once(each, "used in loops", () => isUsed(each)));
}

function isBoundByLoopAround(name: Name, binding: Binding, model: Model): boolean {
  for (const holder of ancestors(name)) {
    if (!isA(holder, "For") || !contains(holder.body.span, name.span)) continue;
    if (namesBoundBy(holder.target).some(target => model.bindingOf(target) === binding))
      return true;
  }
  return false;
}
