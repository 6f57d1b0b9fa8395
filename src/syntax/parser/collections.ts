import type { Span } from "#base";
import type { DictEntry, Expression } from "../ast";
import { is } from "../lexer/token";
import { comprehensionClauses, isAsync, startsComprehension } from "./comprehensions";
import { expression, starOrNamed, startsExpression } from "./expressions";
import { closing } from "./primaries";
import { adopt, none, type ParserState } from "./state";

/** A list or a list comprehension. */
export function list(state: ParserState): Expression {
  const { start } = state;
  const errors = state.errorCount;
  const open = state.tokenSpan(state.at);
  state.advance();
  if (state.kind === is.closeBracket) return listNode(state, start, errors, none, open);
  const first = element(state);
  if (!startsComprehension(state)) {
    return listNode(state, start, errors, moreElements(state, first, is.closeBracket), open);
  }
  const clauses = comprehensionClauses(state);
  const close = closing(state, is.closeBracket);
  return adopt({
    kind: "ListComprehension",
    span: state.spanFrom(start),
    parent: null,
    children: [first, ...clauses],
    isBroken: state.errorCount > errors,
    element: first,
    clauses,
    isAsync: isAsync([first], clauses),
    open,
    close,
  });
}

function listNode(
  state: ParserState,
  start: number,
  errors: number,
  elements: readonly Expression[],
  open: Span,
): Expression {
  const close = closing(state, is.closeBracket);
  const span = state.spanFrom(start);
  const isBroken = state.errorCount > errors;
  return adopt({
    kind: "List",
    span,
    parent: null,
    children: elements,
    isBroken,
    elements,
    open,
    close,
  });
}

/** A dictionary, a set, or a comprehension of either. */
export function braces(state: ParserState): Expression {
  const { start } = state;
  const errors = state.errorCount;
  const open = state.tokenSpan(state.at);
  state.advance();
  if (state.kind === is.closeBrace) return dictNode(state, start, errors, [], open);
  if (state.kind === is.doubleStar) return dict(state, start, errors, dictEntry(state), open);
  const first = element(state);
  if (state.kind === is.colon) return dict(state, start, errors, entryAfter(state, first), open);
  if (!startsComprehension(state)) {
    const elements = moreElements(state, first, is.closeBrace);
    const close = closing(state, is.closeBrace);
    const span = state.spanFrom(start);
    const isBroken = state.errorCount > errors;
    return adopt({
      kind: "Set",
      span,
      parent: null,
      children: elements,
      isBroken,
      elements,
      open,
      close,
    });
  }
  const clauses = comprehensionClauses(state);
  const close = closing(state, is.closeBrace);
  return adopt({
    kind: "SetComprehension",
    span: state.spanFrom(start),
    parent: null,
    children: [first, ...clauses],
    isBroken: state.errorCount > errors,
    element: first,
    clauses,
    isAsync: isAsync([first], clauses),
    open,
    close,
  });
}

function dict(
  state: ParserState,
  start: number,
  errors: number,
  first: DictEntry,
  open: Span,
): Expression {
  if (startsComprehension(state) && first.key) {
    const { key, value } = first;
    const clauses = comprehensionClauses(state);
    const close = closing(state, is.closeBrace);
    return adopt({
      kind: "DictComprehension",
      span: state.spanFrom(start),
      parent: null,
      children: [key, value, ...clauses],
      isBroken: state.errorCount > errors,
      key,
      value,
      clauses,
      isAsync: isAsync([key, value], clauses),
      open,
      close,
    });
  }
  const entries = [first];
  while (state.eat(is.comma)) {
    if (state.kind === is.closeBrace) break;
    if (state.kind !== is.doubleStar && !startsExpression(state.kind)) break;
    entries.push(dictEntry(state));
  }
  return dictNode(state, start, errors, entries, open);
}

function dictEntry(state: ParserState): DictEntry {
  const { start } = state;
  const errors = state.errorCount;
  if (!state.eat(is.doubleStar)) return entryAfter(state, expression(state));
  const value = expression(state);
  const span = state.spanFrom(start);
  const isBroken = state.errorCount > errors;
  return adopt({
    kind: "DictEntry",
    span,
    parent: null,
    children: [value],
    isBroken,
    key: null,
    value,
  });
}

function entryAfter(state: ParserState, key: Expression): DictEntry {
  const errors = state.errorCount;
  const value = state.expect(is.colon) ? expression(state) : state.missing();
  const span = state.span(key.span.start, Math.max(key.span.end, state.end));
  const isBroken = key.isBroken || state.errorCount > errors;
  return adopt({
    kind: "DictEntry",
    span,
    parent: null,
    children: [key, value],
    isBroken,
    key,
    value,
  });
}

function dictNode(
  state: ParserState,
  start: number,
  errors: number,
  entries: readonly DictEntry[],
  open: Span,
): Expression {
  const close = closing(state, is.closeBrace);
  const span = state.spanFrom(start);
  const isBroken = state.errorCount > errors;
  return adopt({
    kind: "Dict",
    span,
    parent: null,
    children: entries,
    isBroken,
    entries,
    open,
    close,
  });
}

export function element(state: ParserState): Expression {
  return startsExpression(state.kind) ? starOrNamed(state) : state.missing();
}

/** The elements after the first, up to the closing bracket, which is left. */
export function moreElements(state: ParserState, first: Expression, close: number): Expression[] {
  const elements = [first];
  while (state.eat(is.comma)) {
    if (state.kind === close || !startsExpression(state.kind)) break;
    elements.push(starOrNamed(state));
  }
  return elements;
}
