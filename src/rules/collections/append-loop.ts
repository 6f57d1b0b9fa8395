import {
  type Binding,
  canStandInComprehension,
  type Model,
  namesBoundBy,
  writtenSpan,
} from "#semantics";
import {
  ancestors,
  type AnnotatedAssign,
  type Assign,
  type Call,
  type Expression,
  type For,
  type If,
  isA,
  type Name,
  type Node,
  type Statement,
} from "#syntax";
import { contains } from "#base";
import { suppresses } from "./handles-errors";

/** A loop that does nothing but fill a list that was made empty before it. */
export interface AppendLoop {
  readonly loop: For;
  /** What makes the list. */
  readonly definition: Assign | AnnotatedAssign;
  readonly list: Name;
  /** The loops and conditions, outermost first. */
  readonly clauses: readonly (For | If)[];
  readonly append: Call;
  readonly element: Expression;
  /** Names that the loops bind. */
  readonly targets: ReadonlySet<Binding>;
}

/** A name with more uses is one of generated code, where each loop would look at all of them. */
const mostUses = 2000;

/** Reads a loop as one that a comprehension could stand for; null when it is none. */
export function appendLoopOf(loop: For, model: Model): AppendLoop | null {
  const nest = nestOf(loop);
  if (!nest) return null;
  const { clauses, append } = nest;
  const { callee, args } = append;
  const [argument, second] = args;
  if (!isA(callee, "Attribute") || callee.name.text !== "append" || !isA(callee.object, "Name"))
    return null;
  if (argument?.shape !== "positional" || second) return null;
  const list = callee.object;
  const uses = model.bindingOf(list)?.references.length ?? 0;
  if (uses > mostUses) return null;
  const definition = emptyListBefore(loop, list, model);
  if (!definition || !isFilledOnly(list, loop, model)) return null;
  const targets = targetsOf(clauses, model);
  if (!targets || !areUsedInLoops(targets, model)) return null;
  const element = argument.value;
  const parts = [...clauses.map(partOf), element];
  if (!parts.every(canStandInComprehension)) return null;
  return { loop, definition, list, clauses, append, element, targets };
}

/** The loops and conditions around one call, when there is nothing else in them. */
function nestOf(loop: For): { clauses: readonly (For | If)[]; append: Call } | null {
  const clauses: (For | If)[] = [];
  let only: Statement | undefined = loop;
  while (isA(only, "For", "If")) {
    if (only.orElse || (only.kind === "For" && only.isAsync)) return null;
    clauses.push(only);
    const { body }: { body: readonly Statement[] } = only.body;
    only = body.length === 1 ? body[0] : undefined;
  }
  if (!isA(only, "ExpressionStatement") || !isA(only.value, "Call")) return null;
  return { clauses, append: only.value };
}

/** What of a clause stays in a comprehension. */
export function partOf(clause: For | If): Expression {
  return clause.kind === "For" ? clause.iterable : clause.test;
}

/** The statement before the loop, in its block, that makes the list; nothing between uses it. */
function emptyListBefore(loop: For, list: Name, model: Model): AppendLoop["definition"] | null {
  const reference = model.referenceOf(list);
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
  return by.value && isEmptyList(by.value, model) ? by : null;
}

function isEmptyList(value: Expression, model: Model): boolean {
  if (isA(value, "List")) return value.elements.length === 0;
  return (
    isA(value, "Call") && value.args.length === 0 && model.builtinName(value.callee) === "list"
  );
}

/** Whether the loop only fills the list, and nobody sees it half filled after an error. */
function isFilledOnly(list: Name, loop: For, model: Model): boolean {
  const references = model.bindingOf(list)?.references ?? [];
  const isElsewhere = (span: Node["span"]): boolean =>
    references.some(({ node }) => !contains(span, node.span));
  if (references.some(({ node }) => node !== list && contains(loop.span, node.span))) return false;
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
  return [...targets].every(
    binding =>
      binding.references.length <= mostUses &&
      binding.references.every(
        ({ node, use }) => use === "write" || isBoundByLoopAround(node, binding, model),
      ),
  );
}

function isBoundByLoopAround(name: Name, binding: Binding, model: Model): boolean {
  for (const holder of ancestors(name)) {
    if (!isA(holder, "For") || !contains(holder.body.span, name.span)) continue;
    if (namesBoundBy(holder.target).some(target => model.bindingOf(target) === binding))
      return true;
  }
  return false;
}

/** The comprehension's inside, one clause to a line. */
export function comprehensionLines(appendLoop: AppendLoop, model: Model): readonly string[] {
  const { clauses, append, element } = appendLoop;
  const limits = { start: append.open.end, end: append.close.start };
  return [
    textOf(element, model, limits),
    ...clauses.map(clause =>
      clause.kind === "For"
        ? `for ${textOf(clause.target, model)} in ${grouped(clause.iterable, model)}`
        : `if ${grouped(clause.test, model)}`,
    ),
  ];
}

function textOf(expression: Expression, model: Model, limits?: Node["span"]): string {
  const { start, end } = writtenSpan(expression, model, limits);
  return model.file.text.slice(start, end);
}

/** Gives what a comprehension takes only in parentheses a pair of its own. */
function grouped(expression: Expression, model: Model): string {
  const text = textOf(expression, model);
  const needsGroup = isA(expression, "Conditional", "Tuple") && !/^\([^()]*\)$/.test(text);
  return needsGroup ? `(${text})` : text;
}
