import type { Constant, Expression, Generator, NumberLiteral } from "../ast";
import * as token from "../lexer/token";
import { is } from "../lexer/token";
import { braces, element, list, moreElements } from "./collections";
import { generatorFrom, startsComprehension } from "./comprehensions";
import { tupleNode, yieldExpression } from "./expressions";
import { closing } from "./primaries";
import { nameNode, none, type ParserState } from "./state";
import { strings } from "./strings";

/** A name, a literal, or something in brackets. */
export function atom(state: ParserState): Expression {
  const { at, kind } = state;
  switch (kind) {
    case token.name:
      state.advance();
      return nameNode(state.tokenText(at), state.tokenSpan(at));
    case token.number: {
      state.advance();
      const span = state.tokenSpan(at);
      const text = state.tokenText(at);
      const node: NumberLiteral = {
        kind: "Number",
        span,
        parent: null,
        children: none,
        isBroken: false,
        text,
      };
      return node;
    }
    case token.string:
      return strings(state);
    case is.true:
      return constant(state, "True");
    case is.false:
      return constant(state, "False");
    case is.none:
      return constant(state, "None");
    case is.ellipsis:
      return constant(state, "Ellipsis");
    case is.openParen:
      return parenthesized(state);
    case is.openBracket:
      return list(state);
    case is.openBrace:
      return braces(state);
    default:
      return state.missing();
  }
}

function constant(state: ParserState, value: Constant["value"]): Constant {
  const span = state.tokenSpan(state.at);
  state.advance();
  return { kind: "Constant", span, parent: null, children: none, isBroken: false, value };
}

/** `()`, a tuple, a generator, or an expression that stands for itself. */
function parenthesized(state: ParserState): Expression {
  const { start } = state;
  const errors = state.errorCount;
  const open = state.tokenSpan(state.at);
  state.advance();
  if (state.kind === is.closeParen) {
    state.advance();
    return tupleNode(state, start, none, errors);
  }
  if (state.kind === is.yield) {
    const value = yieldExpression(state);
    closing(state, is.closeParen);
    return value;
  }
  const first = element(state);
  if (startsComprehension(state)) {
    const generator = generatorFrom(state, first, open) as {
      -readonly [K in keyof Generator]: Generator[K];
    };
    generator.close = closing(state, is.closeParen);
    generator.span = state.spanFrom(start);
    return generator;
  }
  if (state.kind !== is.comma) {
    closing(state, is.closeParen);
    return first;
  }
  const elements = moreElements(state, first, is.closeParen);
  closing(state, is.closeParen);
  return tupleNode(state, start, elements, errors);
}
