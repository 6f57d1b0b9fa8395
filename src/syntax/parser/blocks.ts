import type { Span } from "#base";
import type { Block, Module, Statement } from "../ast";
import { columnOf } from "../lexer/characters";
import type { Tokens } from "../lexer/lexer";
import * as token from "../lexer/token";
import { is } from "../lexer/token";
import {
  classDef,
  decorated,
  forStatement,
  functionDef,
  ifStatement,
  tryStatement,
  whileStatement,
  withStatement,
} from "./compound-statements";
import { expressionList, startsExpression } from "./expressions";
import { type Container, createSegment, ListSpan, type Segment } from "../segment";
import { isMatch, matchStatement } from "./match";
import { simpleStatement } from "./simple-statements";
import { adopt, maxDepth, none, ParserState, unknown } from "./state";

/** What was read of a module, or of some lines of it. */
export interface ParsedLines {
  /** In source order; at least one. */
  readonly segments: readonly Segment[];
  readonly statements: readonly Statement[];
  readonly errors: readonly Span[];
}

/** Parses tokens into a module. Never throws; what is no Python is marked and noted as an error. */
export function parseModule(tokens: Tokens): ParsedLines & { readonly module: Module } {
  const body: Statement[] = [];
  const container: Container = {
    node: null,
    outer: null,
    head: null,
    body,
    column: 0,
    depth: 0,
  };
  const state = startIn(container, tokens, 0);
  while (state.kind !== token.endOfFile) statements(state, body);
  const { segments, errors } = state;
  const module = adopt<Module>({
    kind: "Module",
    span: { start: 0, end: tokens.text.length },
    parent: null,
    children: body,
    isBroken: errors.length > 0 || tokens.errors.length > 0,
    body,
  });
  container.node = module;
  return { module, segments, statements: body, errors };
}

/**
 * Parses lines that stand in a container as if all around them had been read as well. Gives null
 * when they cannot be told from what stands around them: another column, an open bracket.
 */
export function parseLines(
  tokens: Tokens,
  container: Container,
  start: number,
): ParsedLines | null {
  if (tokens.isOpen) return null;
  const state = startIn(container, tokens, start);
  const body: Statement[] = [];
  if (state.kind !== token.endOfFile) {
    const isIndented = state.eat(token.indent);
    if (isIndented !== container.column > 0) return null;
    while (state.kind !== token.dedent && state.kind !== token.endOfFile) statements(state, body);
    if (isIndented) state.eat(token.dedent);
    if (state.kind !== token.endOfFile) return null;
  }
  const { segments, errors } = state;
  return segments.every(each => each.isRegular) ? { segments, statements: body, errors } : null;
}

function startIn(container: Container, tokens: Tokens, start: number): ParserState {
  const state = new ParserState(tokens, createSegment(container, start));
  state.segments.push(state.segment);
  state.container = container;
  state.depth = container.depth;
  return state;
}

/** A colon and what it holds: an indented block, or statements on the same line. */
export function block(state: ParserState): Block {
  const errors = state.errorCount;
  const hasColon = state.expect(is.colon);
  if (!hasColon) skipLine(state);
  if (state.kind !== token.newline) {
    const body: Statement[] = [];
    if (hasColon && state.kind !== token.endOfFile) simpleLine(state, body);
    else state.fail();
    return blockNode(state, body, errors);
  }
  if (state.kindAt(1) !== token.indent) {
    state.fail();
    state.advance();
    return blockNode(state, [], errors);
  }
  state.advance();
  state.advance();
  const body = state.depth >= maxDepth ? skipBlock(state) : indented(state);
  return blockNode(state, body, errors);
}

/** The block of a class whose own statement stands in a container: its statements get segments. */
export function classBlock(state: ParserState, outer: Container): Block {
  const opensBlock =
    state.kind === is.colon &&
    state.kindAt(1) === token.newline &&
    state.kindAt(2) === token.indent &&
    state.depth < maxDepth;
  if (!opensBlock) return block(state);
  const errors = state.errorCount;
  for (let i = 0; i < 3; i++) state.advance();
  const body = members(state, outer);
  return adopt({
    kind: "Block",
    span: new ListSpan(null, body),
    parent: null,
    children: body,
    isBroken: state.errorCount > errors,
    body,
  });
}

function members(state: ParserState, outer: Container): Statement[] {
  const body: Statement[] = [];
  const head = state.segment;
  const column = columnOf(state.text, lineStart(state) ?? state.start, state.start);
  const container = { node: null, outer, head, body, column, depth: state.depth + 1 };
  head.inner = container;
  state.container = container;
  state.depth++;
  while (state.kind !== token.dedent && state.kind !== token.endOfFile) statements(state, body);
  state.container = null;
  state.depth--;
  state.eat(token.dedent);
  return body;
}

function blockNode(state: ParserState, body: readonly Statement[], errors: number): Block {
  const start = body[0]?.span.start ?? state.end;
  const end = body.at(-1)?.span.end ?? start;
  const isBroken = state.errorCount > errors;
  return adopt({
    kind: "Block",
    span: state.span(start, end),
    parent: null,
    children: body,
    isBroken,
    body,
  });
}

/** Statements up to the end of the block. */
function indented(state: ParserState): Statement[] {
  const body: Statement[] = [];
  state.depth++;
  while (state.kind !== token.dedent && state.kind !== token.endOfFile) statements(state, body);
  state.depth--;
  state.eat(token.dedent);
  return body;
}

/** Reads over a block that nests too deep. */
function skipBlock(state: ParserState): Statement[] {
  const { start } = state;
  for (let depth = 1; depth > 0 && state.kind !== token.endOfFile;) {
    if (state.kind === token.indent) depth++;
    if (state.kind === token.dedent) depth--;
    state.advance();
  }
  return [unknown(state.spanFrom(start), none, false)];
}

/** Reads one line or one compound statement, in a container as a segment of its own. */
function statements(state: ParserState, into: Statement[]): void {
  const { container } = state;
  state.home = container;
  if (!container) {
    lineOrCompound(state, into);
    return;
  }
  openSegment(state, container);
  const { segment } = state;
  const before = into.length;
  state.container = null;
  lineOrCompound(state, into);
  state.container = container;
  segment.statements.push(...into.slice(before));
}

/** Begins a segment where a statement begins a line; the first one of all began before its lines. */
function openSegment(state: ParserState, container: Container): void {
  const start = lineStart(state);
  if (start === null) return;
  const isFirst = state.segments.length === 1 && state.segment.statements.length === 0;
  if (!isFirst || state.segment.container !== container) {
    state.segment = createSegment(container, start);
    state.segments.push(state.segment);
  }
  const column = columnOf(state.text, start, state.text.length);
  state.segment.isRegular = !isStray(state.kind) && column === container.column;
}

/** What continues a statement whose head is lost: with the head back, it belongs to that again. */
function isStray(kind: number): boolean {
  return (
    kind === token.indent ||
    kind === is.elif ||
    kind === is.else ||
    kind === is.except ||
    kind === is.finally
  );
}

/** Where the line of the next token starts; null when something stands before it on the line. */
function lineStart(state: ParserState): number | null {
  let at = state.start;
  for (; at > 0; at--) {
    const code = state.text.charCodeAt(at - 1);
    if (code === 10 || code === 13) return at;
    if (code !== 32 && code !== 9 && code !== 12 && code !== 0xfeff) return null;
  }
  return at;
}

function lineOrCompound(state: ParserState, into: Statement[]): void {
  const { start, kind } = state;
  switch (kind) {
    case is.if:
      into.push(ifStatement(state));
      return;
    case is.while:
      into.push(whileStatement(state));
      return;
    case is.for:
      into.push(forStatement(state, start, false));
      return;
    case is.try:
      into.push(tryStatement(state));
      return;
    case is.with:
      into.push(withStatement(state, start, false));
      return;
    case is.def:
      into.push(functionDef(state, start, none, false));
      return;
    case is.class:
      into.push(classDef(state, start, none));
      return;
    case is.at:
      into.push(decorated(state));
      return;
    case is.async:
      if (asyncStatement(state, into)) return;
      break;
    case token.indent:
    case token.dedent:
      strayIndent(state, into);
      return;
    case is.elif:
    case is.else:
    case is.except:
    case is.finally:
      strayClause(state, into);
      return;
    default:
      if (isMatch(state)) {
        into.push(matchStatement(state));
        return;
      }
  }
  simpleLine(state, into);
}

function asyncStatement(state: ParserState, into: Statement[]): boolean {
  const { start } = state;
  const next = state.kindAt(1);
  if (next !== is.def && next !== is.for && next !== is.with) return false;
  state.advance();
  if (next === is.def) into.push(functionDef(state, start, none, true));
  else if (next === is.for) into.push(forStatement(state, start, true));
  else into.push(withStatement(state, start, true));
  return true;
}

/** A block that nothing opens, as when its head was deleted: its statements are still worth reading. */
function strayIndent(state: ParserState, into: Statement[]): void {
  state.fail();
  const isIndent = state.kind === token.indent;
  state.advance();
  if (!isIndent) return;
  state.depth++;
  if (state.depth >= maxDepth) into.push(...skipBlock(state));
  else into.push(...indented(state));
  state.depth--;
}

/** `else:` without `if`: the clause's head is lost, its block is not. */
function strayClause(state: ParserState, into: Statement[]): void {
  state.fail();
  state.advance();
  if (startsExpression(state.kind)) expressionList(state);
  if (state.eat(is.as)) state.name();
  into.push(...block(state).body);
}

/** Simple statements up to the end of the line; what is left over makes the last one unknown. */
function simpleLine(state: ParserState, into: Statement[]): void {
  for (;;) {
    const { start } = state;
    const statement = simpleStatement(state);
    if (
      state.kind !== is.semicolon &&
      state.kind !== token.newline &&
      state.kind !== token.endOfFile
    ) {
      state.fail();
      skipLine(state);
      into.push(unknown(state.spanFrom(start), [statement], true));
    } else into.push(statement);
    if (!state.eat(is.semicolon)) break;
    if (state.kind === token.newline || state.kind === token.endOfFile) break;
  }
  state.eat(token.newline);
}

function skipLine(state: ParserState): void {
  while (state.kind !== token.newline && state.kind !== token.endOfFile) state.advance();
}
