import type { Expression, Parameter } from "../ast";
import * as token from "../lexer/token";
import { is } from "../lexer/token";
import { expression, starOrNamed } from "./expressions";
import { adopt, type ParserState, present } from "./state";

/** Reads parameters up to a closing token, which is left; the separators `/` and `*` are left out. */
export function parametersUntil(
  state: ParserState,
  close: number,
  mayAnnotate: boolean,
): Parameter[] {
  const parameters: Parameter[] = [];
  while (state.kind !== close && state.kind !== token.newline && state.kind !== token.endOfFile) {
    const before = state.at;
    const parameter = parameterOrSeparator(state, mayAnnotate);
    if (parameter) parameters.push(parameter);
    if (state.kind !== close && !state.eat(is.comma)) {
      state.fail();
      if (state.at === before) state.advance();
    }
  }
  return parameters;
}

function parameterOrSeparator(state: ParserState, mayAnnotate: boolean): Parameter | null {
  const { start } = state;
  if (state.eat(is.slash)) return null;
  const shape = state.eat(is.doubleStar) ? "doubleStar" : state.eat(is.star) ? "star" : "plain";
  if (shape === "star" && state.kind === is.comma) return null;
  if (state.kind !== token.name) {
    state.fail();
    return null;
  }
  const errors = state.errorCount;
  const name = state.name();
  let annotation: Expression | null = null;
  let value: Expression | null = null;
  if (mayAnnotate && state.eat(is.colon)) annotation = starOrNamed(state);
  if (state.eat(is.equals)) value = expression(state);
  return adopt({
    kind: "Parameter",
    span: state.spanFrom(start),
    parent: null,
    children: present(name, annotation, value),
    isBroken: state.errorCount > errors,
    name,
    annotation,
    default: value,
    shape,
  });
}
