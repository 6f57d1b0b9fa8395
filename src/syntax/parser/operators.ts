import type { Await, Binary, BooleanOperation, Compare, Expression, Unary } from "../ast";
import * as token from "../lexer/token";
import { is, kindOf, spellingOf } from "../lexer/token";
import { primary } from "./primaries";
import { adopt, maxDepth, none, type ParserState, unknown } from "./state";

/** `or` and all that binds tighter: what may stand before `if` in a comprehension. */
export function disjunction(state: ParserState): Expression {
  const { start } = state;
  const errors = state.errorCount;
  let left = conjunction(state);
  while (state.eat(is.or)) left = booleanNode(state, start, errors, left, "or", conjunction(state));
  return left;
}

function conjunction(state: ParserState): Expression {
  const { start } = state;
  const errors = state.errorCount;
  let left = inversion(state);
  while (state.eat(is.and)) left = booleanNode(state, start, errors, left, "and", inversion(state));
  return left;
}

function booleanNode(
  state: ParserState,
  start: number,
  errors: number,
  left: Expression,
  operator: "and" | "or",
  right: Expression,
): BooleanOperation {
  const span = state.spanFrom(start);
  const isBroken = state.errorCount > errors;
  const children = [left, right];
  return adopt({ kind: "Boolean", span, parent: null, children, isBroken, left, operator, right });
}

function inversion(state: ParserState): Expression {
  return state.kind === is.not ? prefixed(state, inversion) : comparison(state);
}

/** `not`, `-`, `+` or `~` before an operand. */
function prefixed(state: ParserState, operand: (state: ParserState) => Expression): Expression {
  if (state.depth >= maxDepth) return tooDeep(state);
  state.depth++;
  const { start } = state;
  const errors = state.errorCount;
  const operator = spellingOf(state.kind);
  state.advance();
  const value = operand(state);
  state.depth--;
  const span = state.spanFrom(start);
  const isBroken = state.errorCount > errors;
  const node: Unary = {
    kind: "Unary",
    span,
    parent: null,
    children: [value],
    isBroken,
    operator,
    operand: value,
  };
  return adopt(node);
}

const comparisons: ReadonlySet<number> = new Set(
  (["==", "!=", "<", "<=", ">", ">=", "<>", "in", "is", "not"] as const).map(kindOf),
);

function comparison(state: ParserState): Expression {
  const { start } = state;
  const errors = state.errorCount;
  const first = binary(state, bitwiseOr);
  if (!comparisons.has(state.kind)) return first;
  const operands = [first];
  const operators: string[] = [];
  for (let operator = comparator(state); operator !== null; operator = comparator(state)) {
    operators.push(operator);
    operands.push(binary(state, bitwiseOr));
  }
  if (operators.length === 0) return first;
  const span = state.spanFrom(start);
  const isBroken = state.errorCount > errors;
  const node: Compare = {
    kind: "Compare",
    span,
    parent: null,
    children: operands,
    isBroken,
    operands,
    operators,
  };
  return adopt(node);
}

/** Reads a comparison operator, one word or two. */
function comparator(state: ParserState): string | null {
  const { kind } = state;
  if (!comparisons.has(kind)) return null;
  if (kind === is.not) {
    if (state.kindAt(1) !== is.in) return null;
    state.advance();
    state.advance();
    return "not in";
  }
  state.advance();
  if (kind === is.is && state.eat(is.not)) return "is not";
  return spellingOf(kind);
}

/** The loosest of the binary operators, below comparisons. */
export const bitwiseOr = 1;
const precedences: ReadonlyMap<number, number> = new Map(
  (
    [
      ["|", bitwiseOr],
      ["^", 2],
      ["&", 3],
      ["<<", 4],
      [">>", 4],
      ["+", 5],
      ["-", 5],
      ["*", 6],
      ["/", 6],
      ["//", 6],
      ["%", 6],
      ["@", 6],
    ] as const
  ).map(([spelling, precedence]) => [kindOf(spelling), precedence]),
);

/** Binary operators of at least a precedence, those of one level from left to right. */
export function binary(state: ParserState, least: number): Expression {
  const { start } = state;
  const errors = state.errorCount;
  let left = factor(state);
  for (;;) {
    const { kind } = state;
    const precedence = precedences.get(kind);
    if (precedence === undefined || precedence < least) return left;
    state.advance();
    const right = binary(state, precedence + 1);
    left = binaryNode(state, start, errors, left, spellingOf(kind), right);
  }
}

function binaryNode(
  state: ParserState,
  start: number,
  errors: number,
  left: Expression,
  operator: string,
  right: Expression,
): Binary {
  const span = state.spanFrom(start);
  const isBroken = state.errorCount > errors;
  const children = [left, right];
  return adopt({ kind: "Binary", span, parent: null, children, isBroken, left, operator, right });
}

function factor(state: ParserState): Expression {
  const { kind } = state;
  if (kind === is.minus || kind === is.plus || kind === is.tilde) return prefixed(state, factor);
  const { start } = state;
  const errors = state.errorCount;
  const base = kind === is.await ? awaited(state) : primary(state);
  if (!state.eat(is.doubleStar)) return base;
  return binaryNode(state, start, errors, base, "**", guarded(state, factor));
}

/** `a ** b ** c` nests to the right. */
function guarded(state: ParserState, read: (state: ParserState) => Expression): Expression {
  if (state.depth >= maxDepth) return tooDeep(state);
  state.depth++;
  const node = read(state);
  state.depth--;
  return node;
}

function awaited(state: ParserState): Expression {
  const { start } = state;
  const errors = state.errorCount;
  state.advance();
  const value = guarded(state, inner =>
    inner.kind === is.await ? awaited(inner) : primary(inner),
  );
  const span = state.spanFrom(start);
  const isBroken = state.errorCount > errors;
  const node: Await = { kind: "Await", span, parent: null, children: [value], isBroken, value };
  return adopt(node);
}

/** Reads over what nests too deep, by its brackets. */
export function tooDeep(state: ParserState): Expression {
  const { start } = state;
  let depth = 0;
  for (;;) {
    const { kind } = state;
    if (kind === token.endOfFile || kind === token.newline) break;
    if (kind === is.openParen || kind === is.openBracket || kind === is.openBrace) depth++;
    if (kind === is.closeParen || kind === is.closeBracket || kind === is.closeBrace) {
      if (depth === 0) break;
      depth--;
    }
    if (depth === 0 && (kind === is.comma || kind === is.colon)) break;
    state.advance();
  }
  return unknown(state.spanFrom(start), none, false);
}
