import type {
  Conditional,
  Expression,
  Lambda,
  NamedExpression,
  Starred,
  Tuple,
  Yield,
} from "../ast";
import * as token from "../lexer/token";
import { is, kindOf, kindTable } from "../lexer/token";
import { binary, bitwiseOr, disjunction, tooDeep } from "./operators";
import { parametersUntil } from "./parameters";
import { adopt, maxDepth, nameNode, type ParserState, present } from "./state";

/** A value with commas and stars: the right side of an assignment, of `return`, of `for … in`. */
export function expressionList(state: ParserState): Expression {
  if (state.kind === is.yield) return yieldExpression(state);
  return commaList(state, starOrNamed);
}

/** Targets of `for` and of comprehensions: without `in`, which ends them. */
export function targetList(state: ParserState): Expression {
  return commaList(state, starOrTarget);
}

function commaList(state: ParserState, item: (state: ParserState) => Expression): Expression {
  const { start } = state;
  const errors = state.errorCount;
  const first = item(state);
  if (state.kind !== is.comma) return first;
  const elements = [first];
  while (state.eat(is.comma)) {
    if (!startsExpression(state.kind)) break;
    elements.push(item(state));
  }
  return tupleNode(state, start, elements, errors);
}

export function tupleNode(
  state: ParserState,
  start: number,
  elements: readonly Expression[],
  errors: number,
): Tuple {
  return adopt({
    kind: "Tuple",
    span: state.spanFrom(start),
    parent: null,
    children: elements,
    isBroken: state.errorCount > errors,
    elements,
  });
}

/** Tells whether an expression can begin with a token of the kind. */
export function startsExpression(kind: number): boolean {
  return expressionStarts[kind] === 1;
}

const expressionStarts = kindTable([
  token.name,
  token.number,
  token.string,
  ...(
    [
      "None",
      "True",
      "False",
      "...",
      "(",
      "[",
      "{",
      "-",
      "+",
      "~",
      "not",
      "lambda",
      "await",
      "yield",
      "*",
      "**",
    ] as const
  ).map(kindOf),
]);

function starOrTarget(state: ParserState): Expression {
  return state.kind === is.star ? starred(state) : binary(state, bitwiseOr);
}

export function starOrNamed(state: ParserState): Expression {
  return state.kind === is.star ? starred(state) : named(state);
}

function starred(state: ParserState): Starred {
  const { start } = state;
  const errors = state.errorCount;
  state.advance();
  const value = binary(state, bitwiseOr);
  const span = state.spanFrom(start);
  const isBroken = state.errorCount > errors;
  return adopt({ kind: "Starred", span, parent: null, children: [value], isBroken, value });
}

/** An expression that may be `name := value`. */
export function named(state: ParserState): Expression {
  if (state.kind !== token.name || state.kindAt(1) !== is.walrus) return expression(state);
  const { start } = state;
  const errors = state.errorCount;
  const target = nameNode(state.tokenText(), state.tokenSpan(state.at));
  state.advance();
  state.advance();
  const value = expression(state);
  const span = state.spanFrom(start);
  const isBroken = state.errorCount > errors;
  const children = [target, value];
  const node: NamedExpression = {
    kind: "NamedExpression",
    span,
    parent: null,
    children,
    isBroken,
    target,
    value,
  };
  return adopt(node);
}

/** Any expression but a walrus, a star, a `yield` or a bare tuple. */
export function expression(state: ParserState): Expression {
  if (state.depth >= maxDepth) return tooDeep(state);
  state.depth++;
  const node = state.kind === is.lambda ? lambda(state) : conditional(state);
  state.depth--;
  return node;
}

function conditional(state: ParserState): Expression {
  const { start } = state;
  const errors = state.errorCount;
  const body = disjunction(state);
  if (state.kind !== is.if) return body;
  state.advance();
  const test = disjunction(state);
  const orElse = state.expect(is.else) ? expression(state) : state.missing();
  const span = state.spanFrom(start);
  const isBroken = state.errorCount > errors;
  const children = [body, test, orElse];
  const node: Conditional = {
    kind: "Conditional",
    span,
    parent: null,
    children,
    isBroken,
    body,
    test,
    orElse,
  };
  return adopt(node);
}

function lambda(state: ParserState): Lambda {
  const { start } = state;
  const errors = state.errorCount;
  state.advance();
  const parameters = parametersUntil(state, is.colon, false);
  const body = state.expect(is.colon) ? expression(state) : state.missing();
  const span = state.spanFrom(start);
  const isBroken = state.errorCount > errors;
  const children = [...parameters, body];
  return adopt({ kind: "Lambda", span, parent: null, children, isBroken, parameters, body });
}

export function yieldExpression(state: ParserState): Yield {
  const { start } = state;
  const errors = state.errorCount;
  state.advance();
  const isFrom = state.eat(is.from);
  const value = startsExpression(state.kind) ? expressionList(state) : null;
  const span = state.spanFrom(start);
  const isBroken = state.errorCount > errors;
  return adopt({
    kind: "Yield",
    span,
    parent: null,
    children: present(value),
    isBroken,
    value,
    isFrom,
  });
}
