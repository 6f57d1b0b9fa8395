import { canStandInComprehension, type Model, writtenSpan } from "#semantics";
import { type Call, type Expression, type For, type If, isA, type Name, type Node } from "#syntax";
import { type Filling, fillingOf, nestOf, partOf } from "./fill-loop";

/** A loop that does nothing but fill a list that was made empty before it. */
export interface AppendLoop extends Filling {
  readonly loop: For;
  readonly list: Name;
  /** The loops and conditions, outermost first. */
  readonly clauses: readonly (For | If)[];
  readonly append: Call;
  readonly element: Expression;
}

/** Reads a loop as one that a comprehension could stand for; null when it is none. */
export function appendLoopOf(loop: For, model: Model): AppendLoop | null {
  const nest = nestOf(loop);
  if (!isA(nest?.statement, "ExpressionStatement")) return null;
  const append = nest.statement.value;
  if (!isA(append, "Call")) return null;
  const { callee, args } = append;
  const [argument, second] = args;
  if (!isA(callee, "Attribute") || callee.name.text !== "append" || !isA(callee.object, "Name"))
    return null;
  if (argument?.shape !== "positional" || second) return null;
  const list = callee.object;
  const filling = fillingOf(list, nest, value => isEmptyList(value, model), model);
  const element = argument.value;
  const parts = [...nest.clauses.map(partOf), element];
  if (!filling || !parts.every(canStandInComprehension)) return null;
  return { ...filling, loop, list, clauses: nest.clauses, append, element };
}

function isEmptyList(value: Expression, model: Model): boolean {
  if (isA(value, "List")) return value.elements.length === 0;
  return (
    isA(value, "Call") && value.args.length === 0 && model.builtinName(value.callee) === "list"
  );
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
