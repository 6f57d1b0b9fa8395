import type { TypeParameter, TypeParameters } from "../ast";
import * as token from "../lexer/token";
import { is } from "../lexer/token";
import { expression, starOrNamed } from "./expressions";
import { adopt, type ParserState, present } from "./state";

/** `[T: int, *Ts]` after the name of a function, a class or a type; null where there is none. */
export function typeParameters(state: ParserState): TypeParameters | null {
  if (state.kind !== is.openBracket) return null;
  const { start } = state;
  const errors = state.errorCount;
  state.advance();
  const parameters: TypeParameter[] = [];
  while (!isEnd(state.kind)) {
    const before = state.at;
    parameters.push(typeParameter(state));
    if (state.kind === is.closeBracket || state.eat(is.comma)) continue;
    state.fail();
    if (state.at === before) state.advance();
  }
  if (parameters.length === 0) state.fail();
  state.expect(is.closeBracket);
  return adopt({
    kind: "TypeParameters",
    span: state.spanFrom(start),
    parent: null,
    children: parameters,
    isBroken: state.errorCount > errors,
    parameters,
  });
}

function isEnd(kind: number): boolean {
  return kind === is.closeBracket || kind === token.newline || kind === token.endOfFile;
}

function typeParameter(state: ParserState): TypeParameter {
  const { start } = state;
  const errors = state.errorCount;
  const shape = state.eat(is.doubleStar) ? "doubleStar" : state.eat(is.star) ? "star" : "plain";
  const name = state.name();
  const bound = state.eat(is.colon) ? expression(state) : null;
  const value = state.eat(is.equals) ? starOrNamed(state) : null;
  return adopt({
    kind: "TypeParameter",
    span: state.spanFrom(start),
    parent: null,
    children: present(name, bound, value),
    isBroken: state.errorCount > errors,
    name,
    bound,
    default: value,
    shape,
  });
}
