import type { Await, Binary, BooleanOperation, Compare, Expression, Unary } from "../ast";
import * as token from "../lexer/token";
import { is, kindOf, kindTable, spellingOf } from "../lexer/token";
import { primary } from "./primaries";
import { adopt, maxDepth, none, type ParserState, unknown } from "./state";

/** `or` and all that binds tighter: what may stand before `if` in a comprehension. */
export function disjunction(state: ParserState): Expression {
  const { start } = state;
  const errors = state.errorCount;
  const first = state.kind === is.not ? null : binary(state, bitwiseOr);
  // So most expressions end; the others are read on level by level.
  if (first && looseOperators[state.kind] !== 1) return first;
  let left = conjunction(state, { start, errors, first });
  while (state.eat(is.or)) {
    left = booleanNode(state, start, errors, left, "or", conjunction(state, begin(state)));
  }
  return left;
}

/** Where an operand began, and what of it has been read. */
interface Begun {
  readonly start: number;
  readonly errors: number;
  /** What stands before the first operator; null when nothing has been read. */
  readonly first: Expression | null;
}

function begin(state: ParserState): Begun {
  return { start: state.start, errors: state.errorCount, first: null };
}

function conjunction(state: ParserState, begun: Begun): Expression {
  const { start, errors } = begun;
  let left = inversion(state, begun);
  while (state.eat(is.and)) {
    left = booleanNode(state, start, errors, left, "and", inversion(state, begin(state)));
  }
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

function inversion(state: ParserState, begun: Begun): Expression {
  if (begun.first || state.kind !== is.not) return comparison(state, begun);
  return prefixed(state, operand => inversion(operand, begin(operand)));
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

const comparators = (["==", "!=", "<", "<=", ">", ">=", "<>", "in", "is", "not"] as const).map(
  kindOf,
);
const comparisons = kindTable(comparators);
/** All that bind less tight than the binary ones. */
const looseOperators = kindTable([...comparators, is.and, is.or]);

function comparison(state: ParserState, { start, errors, first: read }: Begun): Expression {
  const first = read ?? binary(state, bitwiseOr);
  if (comparisons[state.kind] !== 1) return first;
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
  if (comparisons[kind] !== 1) return null;
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
/** By kind; 0 for what is no binary operator. */
const precedences = kindTable([]);
const levels = ["|", "^", "&", "<< >>", "+ -", "* / // % @"];
for (const [level, operators] of levels.entries()) {
  for (const each of operators.split(" ")) precedences[kindOf(each as "|")] = bitwiseOr + level;
}

/** Binary operators of at least a precedence, those of one level from left to right. */
export function binary(state: ParserState, least: number): Expression {
  const { start } = state;
  const errors = state.errorCount;
  let left = factor(state);
  for (;;) {
    const { kind } = state;
    const precedence = precedences[kind] ?? 0;
    if (precedence < least) return left;
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
