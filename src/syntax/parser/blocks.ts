import type { Block, Statement } from "../ast";
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
import { openSegment } from "./containers";
import { expressionList, startsExpression } from "./expressions";
import { isMatch, matchStatement } from "./match";
import { simpleStatement } from "./simple-statements";
import { adopt, maxDepth, none, type ParserState, unknown } from "./state";

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
export function statements(state: ParserState, into: Statement[]): void {
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
