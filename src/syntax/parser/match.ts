import type { Match, MatchCase, Name } from "../ast";
import * as token from "../lexer/token";
import { is } from "../lexer/token";
import { block } from "./blocks";
import { expressionList, named } from "./expressions";
import { adopt, nameNode, type ParserState, present } from "./state";

/**
 * `match` is a name everywhere but before a subject, a colon and an indented `case`: told by the
 * end of its line, so that `match(x)` stays a call.
 */
export function isMatch(state: ParserState): boolean {
  if (state.kind !== token.name || state.tokenText() !== "match") return false;
  if (state.kindAt(1) === is.colon) return false;
  for (let offset = 1; ; offset++) {
    const kind = state.kindAt(offset);
    if (kind === token.endOfFile) return false;
    if (kind !== token.newline) continue;
    const isHead =
      state.kindAt(offset - 1) === is.colon && state.kindAt(offset + 1) === token.indent;
    return isHead && state.tokenText(state.at + offset + 2) === "case";
  }
}

export function matchStatement(state: ParserState): Match {
  const { start } = state;
  const errors = state.errorCount;
  state.advance();
  const subject = expressionList(state);
  state.expect(is.colon);
  state.expect(token.newline);
  state.expect(token.indent);
  const cases: MatchCase[] = [];
  while (state.kind === token.name && state.tokenText() === "case") cases.push(matchCase(state));
  // What is no case is read over up to the end of the block.
  for (let depth = 1; depth > 0 && state.kind !== token.endOfFile;) {
    if (state.kind === token.indent) depth++;
    else if (state.kind === token.dedent) depth--;
    else if (depth > 0) state.fail();
    state.advance();
  }
  const last = cases.at(-1);
  const span = state.span(start, last ? last.span.end : state.end);
  const isBroken = state.errorCount > errors;
  const children = [subject, ...cases];
  return adopt({ kind: "Match", span, parent: null, children, isBroken, subject, cases });
}

function matchCase(state: ParserState): MatchCase {
  const { start } = state;
  const errors = state.errorCount;
  state.advance();
  const captures: Name[] = [];
  const names = patternNames(state, captures);
  const guard = state.eat(is.if) ? named(state) : null;
  const body = block(state);
  const span = state.span(start, Math.max(start, body.span.end));
  const isBroken = state.errorCount > errors;
  const children = present(...names, guard, body);
  return adopt({
    kind: "MatchCase",
    span,
    parent: null,
    children,
    isBroken,
    captures,
    guard,
    body,
  });
}

/** Names in a pattern up to its guard or colon; collects those it binds, `_` and keywords left out. */
function patternNames(state: ParserState, captures: Name[]): Name[] {
  const names: Name[] = [];
  let depth = 0;
  while (state.kind !== token.newline && state.kind !== token.endOfFile) {
    const { kind } = state;
    if (depth === 0 && (kind === is.colon || kind === is.if)) break;
    if (kind === is.openParen || kind === is.openBracket || kind === is.openBrace) depth++;
    if (kind === is.closeParen || kind === is.closeBracket || kind === is.closeBrace) depth--;
    if (kind === token.name && state.kindAt(1) !== is.equals) patternName(state, names, captures);
    else state.advance();
  }
  return names;
}

/** A dotted name or a class is read; a bare name is bound. */
function patternName(state: ParserState, names: Name[], captures: Name[]): void {
  const name = nameNode(state.tokenText(), state.tokenSpan(state.at));
  state.advance();
  const isRead = state.kind === is.dot || state.kind === is.openParen;
  while (state.eat(is.dot)) state.advance();
  if (!isRead && name.text === "_") return;
  names.push(name);
  if (!isRead) captures.push(name);
}
