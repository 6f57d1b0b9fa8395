import type { Expression, StringLiteral } from "../ast";
import { tokenizeBraces } from "../lexer/lexer";
import * as token from "../lexer/token";
import { is } from "../lexer/token";
import { expressionList, startsExpression } from "./expressions";
import { adopt, none, ParserState } from "./state";

/** One literal, or several side by side, which are one value. */
export function strings(state: ParserState): StringLiteral {
  const { start, at } = state;
  const errors = state.errorCount;
  const interpolations: Expression[] = [];
  while (state.kind === token.string) {
    for (const braces of state.tokens.braces.get(state.at) ?? none) {
      interpolations.push(interpolation(state, braces));
    }
    state.advance();
  }
  const first = state.tokenText(at);
  const opening = /^([a-zA-Z]*)('''|"""|'|")/.exec(first);
  const prefix = Array.from((opening?.[1] ?? "").toLowerCase())
    .sort()
    .join("");
  const quotes = opening?.[2]?.length ?? 0;
  const isOne = state.at === at + 1;
  const isPlain =
    isOne && interpolations.length === 0 && !prefix.includes("f") && !prefix.includes("t");
  return adopt({
    kind: "String",
    span: state.spanFrom(start),
    parent: null,
    children: interpolations,
    isBroken: state.errorCount > errors,
    prefix,
    isBytes: prefix.includes("b"),
    interpolations,
    raw: isPlain ? first.slice(prefix.length + quotes, first.length - quotes) : null,
  });
}

function interpolation(state: ParserState, place: { start: number; end: number }): Expression {
  const inside = new ParserState(tokenizeBraces(state.text, place), state.segment, place.start);
  inside.depth = state.depth;
  const value = startsExpression(inside.kind) ? expressionList(inside) : inside.missing();
  // `{total=}` shows the expression's text too.
  inside.eat(is.equals);
  if (inside.kind !== token.endOfFile) inside.fail();
  if (inside.errorCount > 0) state.fail();
  return value;
}
