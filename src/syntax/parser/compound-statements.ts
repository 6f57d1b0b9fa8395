import type {
  Argument,
  Block,
  ClassDef,
  Decorator,
  ExceptHandler,
  Expression,
  FunctionDef,
  If,
  Statement,
  Try,
  WithItem,
} from "../ast";
import * as token from "../lexer/token";
import { is } from "../lexer/token";
import { ListSpan } from "../segment";
import { block } from "./blocks";
import { classBlock } from "./containers";
import {
  expression,
  expressionList,
  named,
  startsExpression,
  targetList,
  tupleNode,
} from "./expressions";
import { parametersUntil } from "./parameters";
import { callArguments } from "./primaries";
import { adopt, type ParserState, present, unknown } from "./state";
import { typeParameters } from "./type-parameters";

/** `if`, with its `elif`s nested in each other, the last one innermost. */
export function ifStatement(state: ParserState): If {
  const parts: { start: number; errors: number; test: Expression; body: Block }[] = [];
  do {
    const { start } = state;
    const errors = state.errorCount;
    state.advance();
    const test = condition(state);
    parts.push({ start, errors, test, body: block(state) });
  } while (state.kind === is.elif);
  let orElse: Block | If | null = state.eat(is.else) ? block(state) : null;
  const [first, ...rest] = parts;
  for (const part of rest.reverse()) orElse = ifNode(state, part, orElse);
  return ifNode(state, first ?? failPart(state), orElse);
}

function failPart(state: ParserState): never {
  throw new Error(`an if statement without a part at ${state.start}`);
}

function ifNode(
  state: ParserState,
  { start, errors, test, body }: { start: number; errors: number; test: Expression; body: Block },
  orElse: Block | If | null,
): If {
  const span = state.spanFrom(start);
  const isBroken = state.errorCount > errors;
  const children = present(test, body, orElse);
  return adopt({ kind: "If", span, parent: null, children, isBroken, test, body, orElse });
}

function condition(state: ParserState): Expression {
  return startsExpression(state.kind) ? named(state) : state.missing();
}

export function whileStatement(state: ParserState): Statement {
  const { start } = state;
  const errors = state.errorCount;
  state.advance();
  const test = condition(state);
  const body = block(state);
  const orElse = state.eat(is.else) ? block(state) : null;
  const span = state.spanFrom(start);
  const isBroken = state.errorCount > errors;
  const children = present(test, body, orElse);
  return adopt({ kind: "While", span, parent: null, children, isBroken, test, body, orElse });
}

export function forStatement(state: ParserState, start: number, isAsync: boolean): Statement {
  const errors = state.errorCount;
  state.advance();
  const target = startsExpression(state.kind) ? targetList(state) : state.missing();
  const hasIterable = state.expect(is.in) && startsExpression(state.kind);
  const iterable = hasIterable ? expressionList(state) : state.missing();
  const body = block(state);
  const orElse = state.eat(is.else) ? block(state) : null;
  return adopt({
    kind: "For",
    span: state.spanFrom(start),
    parent: null,
    children: present(target, iterable, body, orElse),
    isBroken: state.errorCount > errors,
    isAsync,
    target,
    iterable,
    body,
    orElse,
  });
}

export function withStatement(state: ParserState, start: number, isAsync: boolean): Statement {
  const errors = state.errorCount;
  state.advance();
  const isBracketed = state.kind === is.openParen && hasBracketedItems(state);
  if (isBracketed) state.advance();
  const items: WithItem[] = [];
  do {
    if (isBracketed && state.kind === is.closeParen) break;
    items.push(withItem(state));
  } while (state.eat(is.comma));
  if (isBracketed) state.expect(is.closeParen);
  const body = block(state);
  return adopt({
    kind: "With",
    span: state.spanFrom(start),
    parent: null,
    children: [...items, body],
    isBroken: state.errorCount > errors,
    isAsync,
    items,
    body,
  });
}

/** `with (a as b, c as d):` and not `with (a or b).c:`: the bracket closes right before the colon. */
function hasBracketedItems(state: ParserState): boolean {
  let depth = 0;
  let hasItems = false;
  for (let offset = 0; ; offset++) {
    const kind = state.kindAt(offset);
    if (kind === token.endOfFile || kind === token.newline) return false;
    if (kind === is.openParen || kind === is.openBracket || kind === is.openBrace) depth++;
    if (kind === is.closeParen || kind === is.closeBracket || kind === is.closeBrace) depth--;
    if (depth === 1 && (kind === is.as || kind === is.comma)) hasItems = true;
    if (depth === 0) return hasItems && state.kindAt(offset + 1) === is.colon;
  }
}

function withItem(state: ParserState): WithItem {
  const { start } = state;
  const errors = state.errorCount;
  const context = startsExpression(state.kind) ? expression(state) : state.missing();
  const target = state.eat(is.as) ? aliasTarget(state) : null;
  const span = state.spanFrom(start);
  const isBroken = state.errorCount > errors;
  const children = present(context, target);
  return adopt({ kind: "WithItem", span, parent: null, children, isBroken, context, target });
}

/** After `as`: one target, since a comma begins the next item. */
function aliasTarget(state: ParserState): Expression {
  return startsExpression(state.kind) ? expression(state) : state.missing();
}

export function tryStatement(state: ParserState): Try {
  const { start, at } = state;
  const errors = state.errorCount;
  state.advance();
  const body = block(state);
  const handlers: ExceptHandler[] = [];
  while (state.kind === is.except) handlers.push(exceptHandler(state));
  const orElse = state.eat(is.else) ? block(state) : null;
  const finalBody = state.eat(is.finally) ? block(state) : null;
  if (handlers.length === 0 && !finalBody) state.failAt(at);
  return adopt({
    kind: "Try",
    span: state.spanFrom(start),
    parent: null,
    children: present(body, ...handlers, orElse, finalBody),
    isBroken: state.errorCount > errors,
    body,
    handlers,
    orElse,
    finalBody,
  });
}

function exceptHandler(state: ParserState): ExceptHandler {
  const { start } = state;
  const errors = state.errorCount;
  state.advance();
  state.eat(is.star);
  const exception = startsExpression(state.kind) ? expressionList(state) : null;
  const name = state.eat(is.as) ? state.name() : null;
  const body = block(state);
  const span = state.spanFrom(start);
  const isBroken = state.errorCount > errors;
  const children = present(exception, name, body);
  return adopt({
    kind: "ExceptHandler",
    span,
    parent: null,
    children,
    isBroken,
    exception,
    name,
    body,
  });
}

/** Reads decorators and the definition they belong to, whose span begins with the first of them. */
export function decorated(state: ParserState): Statement {
  const { start } = state;
  const errors = state.errorCount;
  const decorators: Decorator[] = [];
  while (state.kind === is.at) decorators.push(decorator(state));
  const isAsync = state.kind === is.async && state.kindAt(1) === is.def;
  if (isAsync) state.advance();
  if (state.kind === is.def) return functionDef(state, start, decorators, isAsync, errors);
  if (state.kind === is.class) return classDef(state, start, decorators, errors);
  // At what is there, since what is missing may be in another segment.
  state.failAt(state.at - 1);
  return unknown(state.spanFrom(start), decorators, true);
}

function decorator(state: ParserState): Decorator {
  const { start } = state;
  const errors = state.errorCount;
  state.advance();
  const value = startsExpression(state.kind) ? named(state) : state.missing();
  const span = state.spanFrom(start);
  const isBroken = state.errorCount > errors;
  if (!state.eat(token.newline)) state.fail();
  return adopt({
    kind: "Decorator",
    span,
    parent: null,
    children: [value],
    isBroken,
    expression: value,
  });
}

export function functionDef(
  state: ParserState,
  start: number,
  decorators: readonly Decorator[],
  isAsync: boolean,
  errors = state.errorCount,
): FunctionDef {
  state.advance();
  const name = state.name();
  const types = typeParameters(state);
  const hasParameters = state.expect(is.openParen);
  const parameters = hasParameters ? parametersUntil(state, is.closeParen, true) : [];
  if (hasParameters) state.expect(is.closeParen);
  const returns = state.eat(is.arrow) ? expressionOrTuple(state) : null;
  const body = block(state);
  return adopt({
    kind: "FunctionDef",
    span: state.spanFrom(start),
    parent: null,
    children: present(...decorators, name, types, ...parameters, returns, body),
    isBroken: state.errorCount > errors,
    name,
    isAsync,
    decorators,
    typeParameters: types,
    parameters,
    returns,
    body,
  });
}

function expressionOrTuple(state: ParserState): Expression {
  const { start } = state;
  const errors = state.errorCount;
  const first = expression(state);
  if (state.kind !== is.comma) return first;
  const elements = [first];
  while (state.eat(is.comma)) elements.push(expression(state));
  return tupleNode(state, start, elements, errors);
}

export function classDef(
  state: ParserState,
  start: number,
  decorators: readonly Decorator[],
  errors = state.errorCount,
): ClassDef {
  const { home, segment } = state;
  state.advance();
  const name = state.name();
  const types = typeParameters(state);
  let args: readonly Argument[] = [];
  const open = state.tokenSpan(state.at);
  if (state.eat(is.openParen)) {
    args = callArguments(state, open).args;
    state.expect(is.closeParen);
  }
  // The members of a generic class see its type parameters, which belong to this segment alone.
  const body = home && !types ? classBlock(state, home) : block(state);
  const hasMembers = state.segment !== segment;
  state.segment = segment;
  const span = state.spanFrom(start);
  const node = adopt<ClassDef>({
    kind: "ClassDef",
    span: hasMembers ? new ListSpan(span, body.body) : span,
    parent: null,
    children: present(...decorators, name, types, ...args, body),
    isBroken: state.errorCount > errors,
    name,
    decorators,
    typeParameters: types,
    args,
    body,
  });
  if (segment.inner && hasMembers) segment.inner.node = node;
  return node;
}
