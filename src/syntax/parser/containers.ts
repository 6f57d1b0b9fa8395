import type { Span } from "#base";
import type { Block, Module, Statement } from "../ast";
import { columnOf } from "../lexer/characters";
import type { Tokens } from "../lexer/lexer";
import * as token from "../lexer/token";
import { is } from "../lexer/token";
import { ListedBlock, ListedModule } from "../listed-nodes";
import {
  type Container,
  type ContainerWatch,
  createSegment,
  ListSpan,
  type Segment,
} from "../segment";
import { block, statements } from "./blocks";
import { adopt, maxDepth, ParserState } from "./state";

/** What was read of a module, or of some lines of it. */
export interface ParsedLines {
  /** In source order; at least one. */
  readonly segments: readonly Segment[];
  readonly statements: readonly Statement[];
  readonly errors: readonly Span[];
}

/** Parses tokens into a module. Never throws; what is no Python is marked and noted as an error. */
export function parseModule(
  tokens: Tokens,
): ParsedLines & { readonly module: Module; readonly watch: ContainerWatch } {
  const body: Statement[] = [];
  const container: Container = {
    node: null,
    outer: null,
    head: null,
    body,
    column: 0,
    depth: 0,
    watch: { read: null },
  };
  const state = startIn(container, tokens);
  while (state.kind !== token.endOfFile) statements(state, body);
  const { segments, errors } = state;
  const isBroken = errors.length > 0 || tokens.errors.length > 0;
  const span = { start: 0, end: tokens.text.length };
  const module = adopt(new ListedModule(container, span, isBroken));
  container.node = module;
  return { module, segments, statements: body, errors, watch: container.watch };
}

/**
 * Parses lines that stand in a container as if all around them had been read as well; offsets are
 * those in the lines. Gives null when they cannot be told from what stands around them: another
 * column, an open bracket.
 */
export function parseLines(tokens: Tokens, container: Container): ParsedLines | null {
  if (tokens.isOpen) return null;
  const state = startIn(container, tokens);
  const body: Statement[] = [];
  if (state.kind !== token.endOfFile) {
    const isIndented = state.eat(token.indent);
    if (isIndented !== container.column > 0) return null;
    while (state.kind !== token.dedent && state.kind !== token.endOfFile) statements(state, body);
    const { start } = state;
    if (isIndented) state.eat(token.dedent);
    // A joined line with nothing on it may close the block before the lines end.
    if (state.kind !== token.endOfFile || start < state.start) return null;
  }
  const { segments, errors } = state;
  return segments.every(each => each.isRegular) ? { segments, statements: body, errors } : null;
}

function startIn(container: Container, tokens: Tokens): ParserState {
  const state = new ParserState(tokens, createSegment(container, 0));
  state.segments.push(state.segment);
  state.container = container;
  state.depth = container.depth;
  return state;
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
  const container = members(state, outer);
  const isBroken = state.errorCount > errors;
  return adopt(new ListedBlock(container, new ListSpan(null, container.body), isBroken));
}

function members(state: ParserState, outer: Container): Container {
  const body: Statement[] = [];
  const head = state.segment;
  const column = columnOf(state.text, lineStart(state) ?? state.start, state.start);
  const { watch } = outer;
  const container: Container = {
    node: null,
    outer,
    head,
    body,
    column,
    depth: state.depth + 1,
    watch,
  };
  head.inner = container;
  state.container = container;
  state.depth++;
  while (state.kind !== token.dedent && state.kind !== token.endOfFile) statements(state, body);
  state.container = null;
  state.depth--;
  state.eat(token.dedent);
  return container;
}

/** Begins a segment where a statement begins a line; the first one of all began before its lines. */
export function openSegment(state: ParserState, container: Container): void {
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
