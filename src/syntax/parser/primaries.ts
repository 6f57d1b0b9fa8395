import type { Span } from "#base";
import type { Argument, Call, Expression, Generator, Name, Slice } from "../ast";
import * as token from "../lexer/token";
import { is } from "../lexer/token";
import { atom } from "./atoms";
import { generatorFrom, startsComprehension } from "./comprehensions";
import { expression, named, starOrNamed, startsExpression, tupleNode } from "./expressions";
import { adopt, nameNode, type ParserState, present } from "./state";

/** An atom with its attributes, calls and subscripts. */
export function primary(state: ParserState): Expression {
  const { start } = state;
  const errors = state.errorCount;
  let node = atom(state);
  for (;;) {
    const { kind } = state;
    if (kind === is.dot) node = attribute(state, start, errors, node);
    else if (kind === is.openParen) node = call(state, start, errors, node);
    else if (kind === is.openBracket) node = subscript(state, start, errors, node);
    else return node;
  }
}

function attribute(
  state: ParserState,
  start: number,
  errors: number,
  object: Expression,
): Expression {
  state.advance();
  const name = state.name();
  const span = state.spanFrom(start);
  const isBroken = state.errorCount > errors;
  const children = [object, name];
  return adopt({ kind: "Attribute", span, parent: null, children, isBroken, object, name });
}

function call(state: ParserState, start: number, errors: number, callee: Expression): Call {
  const open = state.tokenSpan(state.at);
  state.advance();
  const { args, trailingComma } = callArguments(state, open);
  const close = closing(state, is.closeParen);
  const [only] = args;
  if (args.length === 1 && only?.value.kind === "Generator" && only.value.open === open) {
    // A bare generator's brackets are the call's; they are known only now.
    finishBareGenerator(only, state, close);
  }
  return adopt({
    kind: "Call",
    span: state.spanFrom(start),
    parent: null,
    children: [callee, ...args],
    isBroken: state.errorCount > errors,
    callee,
    args,
    trailingComma,
    open,
    close,
  });
}

function finishBareGenerator(argument: Argument, state: ParserState, close: Span): void {
  const span: Span = state.span((argument.value as Generator).open.start, state.end);
  const generator = argument.value as { span: Span; close: Span };
  generator.span = span;
  generator.close = close;
  (argument as { span: Span }).span = span;
}

/** The bracket that closes, or an empty place where it should be. */
export function closing(state: ParserState, kind: number): Span {
  const { at } = state;
  if (state.expect(kind)) return state.tokenSpan(at);
  return state.span(state.end, state.end);
}

/** Arguments of a call or of a class, up to the closing parenthesis, which is left. */
export function callArguments(state: ParserState, open: Span) {
  let args: Argument[] | null = null;
  let trailingComma: Span | null = null;
  while (
    state.kind !== is.closeParen &&
    state.kind !== token.newline &&
    state.kind !== token.endOfFile
  ) {
    const before = state.at;
    const next = argument(state, open);
    // Most calls have one argument, and a list that is begun with it takes no more room than that.
    if (args) args.push(next);
    else args = [next];
    trailingComma = null;
    const comma = state.at;
    if (state.eat(is.comma)) trailingComma = state.tokenSpan(comma);
    else if (state.kind !== is.closeParen) {
      state.fail();
      // Two expressions without a comma: go on with the second; anything else is given up.
      if (!startsExpression(state.kind) || state.at === before) break;
    }
  }
  return { args: args ?? [], trailingComma };
}

function argument(state: ParserState, open: Span): Argument {
  const { start } = state;
  const errors = state.errorCount;
  let name: Name | null = null;
  let shape: Argument["shape"] = "positional";
  let value: Expression;
  if (state.kind === token.name && state.kindAt(1) === is.equals) {
    name = nameNode(state.tokenText(), state.tokenSpan(state.at));
    state.advance();
    state.advance();
    shape = "keyword";
    value = expression(state);
  } else if (state.eat(is.star)) {
    shape = "star";
    value = expression(state);
  } else if (state.eat(is.doubleStar)) {
    shape = "doubleStar";
    value = expression(state);
  } else {
    value = startsExpression(state.kind) ? named(state) : state.missing();
    if (startsComprehension(state)) value = generatorFrom(state, value, open);
  }
  return adopt({
    kind: "Argument",
    span: state.spanFrom(start),
    parent: null,
    children: name ? [name, value] : [value],
    isBroken: state.errorCount > errors,
    name,
    value,
    shape,
  });
}

function subscript(
  state: ParserState,
  start: number,
  errors: number,
  object: Expression,
): Expression {
  state.advance();
  const index = subscriptIndex(state);
  closing(state, is.closeBracket);
  const span = state.spanFrom(start);
  const isBroken = state.errorCount > errors;
  const children = [object, index];
  return adopt({ kind: "Subscript", span, parent: null, children, isBroken, object, index });
}

function subscriptIndex(state: ParserState): Expression {
  const { start } = state;
  const errors = state.errorCount;
  const first = sliceOrValue(state);
  if (state.kind !== is.comma) return first;
  const elements = [first];
  while (state.eat(is.comma)) {
    if (state.kind === is.closeBracket) break;
    elements.push(sliceOrValue(state));
  }
  return tupleNode(state, start, elements, errors);
}

function sliceOrValue(state: ParserState): Expression {
  const { start } = state;
  const errors = state.errorCount;
  if (state.kind !== is.colon && !startsExpression(state.kind)) return state.missing();
  const lower = state.kind === is.colon ? null : starOrNamed(state);
  if (lower && state.kind !== is.colon) return lower;
  state.advance();
  const upper = bound(state);
  const step = state.eat(is.colon) ? bound(state) : null;
  const span = state.spanFrom(start);
  const isBroken = state.errorCount > errors;
  const children = present(lower, upper, step);
  const node: Slice = { kind: "Slice", span, parent: null, children, isBroken, lower, upper, step };
  return adopt(node);
}

function bound(state: ParserState): Expression | null {
  return startsExpression(state.kind) ? expression(state) : null;
}
