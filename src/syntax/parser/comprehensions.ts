import type { Span } from "#base";
import type { Expression, ForClause, Generator, IfClause, Node } from "../ast";
import * as token from "../lexer/token";
import { is } from "../lexer/token";
import { expression, named, targetList } from "./expressions";
import { disjunction } from "./operators";
import { adopt, maxDepth, type ParserState } from "./state";

/** Tells whether `for` or `async for` comes next. */
export function startsComprehension(state: ParserState): boolean {
  return state.kind === is.for || (state.kind === is.async && state.kindAt(1) === is.for);
}

/** A generator whose element was read. Its span and closing bracket are set by whoever closes it. */
export function generatorFrom(state: ParserState, first: Expression, open: Span): Generator {
  const errors = state.errorCount;
  const clauses = comprehensionClauses(state);
  return adopt({
    kind: "Generator",
    span: state.spanFrom(first.span.start),
    parent: null,
    children: [first, ...clauses],
    isBroken: first.isBroken || state.errorCount > errors,
    element: first,
    clauses,
    isAsync: isAsync([first], clauses),
    open,
    close: state.span(state.end, state.end),
  });
}

export function comprehensionClauses(state: ParserState): (ForClause | IfClause)[] {
  const clauses: (ForClause | IfClause)[] = [];
  for (;;) {
    if (startsComprehension(state)) clauses.push(forClause(state));
    else if (state.kind === is.if) clauses.push(ifClause(state));
    else return clauses;
  }
}

function forClause(state: ParserState): ForClause {
  const { start } = state;
  const errors = state.errorCount;
  const isAsyncFor = state.eat(is.async);
  state.advance();
  const target = targetList(state);
  const iterable = state.expect(is.in) ? disjunctionOrLambda(state) : state.missing();
  return adopt({
    kind: "ForClause",
    span: state.spanFrom(start),
    parent: null,
    children: [target, iterable],
    isBroken: state.errorCount > errors,
    isAsync: isAsyncFor,
    target,
    iterable,
  });
}

function disjunctionOrLambda(state: ParserState): Expression {
  if (state.kind === is.lambda || state.depth >= maxDepth) return expression(state);
  state.depth++;
  const node = disjunction(state);
  state.depth--;
  return node;
}

function ifClause(state: ParserState): IfClause {
  const { start } = state;
  const errors = state.errorCount;
  state.advance();
  const isNamed = state.kind === token.name && state.kindAt(1) === is.walrus;
  const test = isNamed ? named(state) : disjunctionOrLambda(state);
  const span = state.spanFrom(start);
  const isBroken = state.errorCount > errors;
  return adopt({ kind: "IfClause", span, parent: null, children: [test], isBroken, test });
}

/** An `async for`, or an `await` that is not inside a nested lambda or generator. */
export function isAsync(
  elements: readonly Node[],
  clauses: readonly (ForClause | IfClause)[],
): boolean {
  if (clauses.some(clause => clause.kind === "ForClause" && clause.isAsync)) return true;
  const pending: Node[] = [...elements, ...clauses];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.kind === "Await") return true;
    // A nested comprehension knows it already; looking into it again would cost the square of depth.
    if ("isAsync" in node && "clauses" in node) {
      if (node.isAsync && node.kind !== "Generator") return true;
    } else if (node.kind !== "Lambda") pending.push(...node.children);
  }
  return false;
}
