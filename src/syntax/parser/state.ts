import type { Span } from "#base";
import type { Expression, Name, Node, Unknown } from "../ast";
import type { Tokens } from "../lexer/lexer";
import * as token from "../lexer/token";
import { type Container, PlacedSpan, type Segment } from "../segment";

/**
 * How deep expressions and blocks may nest before what is inside is left unread. CPython itself
 * stops at 200 brackets and 100 blocks; a limit keeps a hostile file from exhausting the stack.
 */
export const maxDepth = 220;

/** Where the parser stands in the tokens, and the errors that it has met. */
export class ParserState {
  readonly tokens: Tokens;
  readonly text: string;
  /** Index of the next token. */
  at = 0;
  depth = 0;
  /** Where the nodes that are read now are placed. */
  segment: Segment;
  /** The list of statements that is being read, when its statements get segments of their own. */
  container: Container | null = null;
  /** The container in which the statement that is being read stands directly, if in any. */
  home: Container | null = null;
  /** Those opened so far, in source order. */
  readonly segments: Segment[] = [];
  /** Errors of the parser; a node is broken when this grew while it was read. */
  readonly errors: Span[] = [];
  /** Index into the errors of the lexer: those before have been counted. */
  #lexerErrors = 0;
  #errorCount = 0;
  readonly #begin: number;

  /** `begin` is the offset at which the tokens begin. */
  constructor(tokens: Tokens, segment: Segment, begin = 0) {
    this.tokens = tokens;
    this.text = tokens.text;
    this.segment = segment;
    this.#begin = begin;
  }

  get kind(): number {
    return this.tokens.kinds[this.at] ?? token.endOfFile;
  }

  kindAt(offset: number): number {
    return this.tokens.kinds[this.at + offset] ?? token.endOfFile;
  }

  /** Offset of the next token. */
  get start(): number {
    return this.tokens.starts[this.at] ?? this.text.length;
  }

  /** Offset after the token read last. */
  get end(): number {
    return this.at === 0 ? this.#begin : (this.tokens.ends[this.at - 1] ?? this.#begin);
  }

  /** Number of errors up to here; compare two of them to tell whether a node is broken. */
  get errorCount(): number {
    const { errors, kinds } = this.tokens;
    // This is asked of every node, and nearly always all have been counted.
    if (this.#lexerErrors === errors.length) return this.#errorCount;
    // Blocks begin and end where a statement begins, whose errors are its own.
    const before = this.at === 0 ? token.indent : kinds[this.at - 1];
    const isBetween = before === token.indent || before === token.dedent;
    const end = isBetween && this.kind !== token.endOfFile ? this.end - 1 : this.end;
    while (this.#lexerErrors < errors.length && (errors[this.#lexerErrors]?.start ?? 0) <= end) {
      this.#lexerErrors++;
      this.#errorCount++;
    }
    return this.#errorCount;
  }

  advance(): void {
    if (this.at < this.tokens.size - 1) this.at++;
  }

  /** Reads the next token if it is of a kind. */
  eat(kind: number): boolean {
    if (this.kind !== kind) return false;
    this.advance();
    return true;
  }

  /** Reads a token that must be there; says so and goes on when it is not. */
  expect(kind: number): boolean {
    if (this.eat(kind)) return true;
    this.fail();
    return false;
  }

  /** Notes an error at the next token. */
  fail(): void {
    this.failAt(this.at);
  }

  /** Notes an error at a token. */
  failAt(index: number): void {
    const start = this.tokens.starts[index] ?? this.text.length;
    this.errors.push({ start, end: this.tokens.ends[index] ?? start });
    this.#errorCount++;
  }

  tokenText(index = this.at): string {
    return this.text.slice(this.tokens.starts[index], this.tokens.ends[index]);
  }

  tokenSpan(index: number): PlacedSpan {
    return this.span(this.tokens.starts[index] ?? 0, this.tokens.ends[index] ?? 0);
  }

  /** A place in the segment that is being read. */
  span(start: number, end: number): PlacedSpan {
    return new PlacedSpan(this.segment, start, end);
  }

  /**
   * The span from an offset to the token read last; never negative. A compound statement ends with
   * its last statement, not with the empty lines that come before the dedent.
   */
  spanFrom(start: number): PlacedSpan {
    let last = this.at - 1;
    while (last >= 0 && isLayout(this.tokens.kinds[last])) last--;
    return this.span(start, Math.max(start, this.tokens.ends[last] ?? 0));
  }

  /** Reads the next token as a name, whatever it is spelled like; an empty one when it is no word. */
  name(): Name {
    const { at } = this;
    if (this.kind !== token.name) {
      this.fail();
      const span = this.span(this.start, this.start);
      return {
        kind: "Name",
        span,
        parent: null,
        children: none,
        isBroken: true,
        text: "",
        reference: null,
      };
    }
    this.advance();
    return nameNode(this.tokenText(at), this.tokenSpan(at));
  }

  missing(): Unknown {
    this.fail();
    const span = this.span(this.end, this.end);
    return { kind: "Unknown", span, parent: null, children: none, isBroken: true };
  }
}

export const none: readonly never[] = [];

export function nameNode(text: string, span: Span): Name {
  return {
    kind: "Name",
    span,
    parent: null,
    children: none,
    isBroken: false,
    text,
    reference: null,
  };
}

/** Makes a node the holder of its children. */
export function adopt<T extends Node>(node: T): T {
  for (const child of node.children) (child as { parent: Node | null }).parent = node;
  return node;
}

/** What could not be read, or what no rule looks at, with the nodes found in it. */
export function unknown(span: Span, children: readonly Node[], isBroken: boolean): Unknown {
  return adopt({ kind: "Unknown", span, parent: null, children, isBroken });
}

/** Drops absent nodes from a list of children. */
export function present(...nodes: readonly (Node | null)[]): Node[] {
  return nodes.filter(node => node !== null);
}

/** Where an expression begins: before the brackets around it, which its own span leaves out. */
export interface Placed<T extends Expression = Expression> {
  readonly node: T;
  readonly start: number;
}

function isLayout(kind: number | undefined): boolean {
  return kind === token.newline || kind === token.indent || kind === token.dedent;
}
