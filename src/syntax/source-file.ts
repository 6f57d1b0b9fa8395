import { type LineMap, lineMap, type Span, withLines } from "#base";
import type { Comment, Module } from "./ast";
import { type Tokens, tokenize } from "./lexer/lexer";
import { parseModule, type ParsedLines } from "./parser/containers";
import { type ContainerWatch, PlacedSpan, type Segment, segmentAt } from "./segment";

/** One Python text with its tree. Broken Python is ordinary input: parts that parse are there. */
export interface SourceFile {
  /** Put together when it is asked for after an edit; `slice` costs less. */
  readonly text: string;
  readonly module: Module;
  /** Sorted by place. */
  readonly comments: readonly Comment[];
  /** Those that may speak to a tool: `# noqa`, `# pylint: disable=…`, `# type: ignore`. */
  readonly directives: readonly Comment[];
  readonly lines: LineMap;
  /** A part of the text. */
  slice(start: number, end: number): string;
  /** Where the text is not Python; sorted, empty when all of it is. */
  readonly errors: readonly Span[];
  /** The parts that are read again by themselves after an edit; in source order, at least one. */
  readonly segments: readonly Segment[];
  /** By whom reads across segments are noted. */
  readonly watch: ContainerWatch;
}

/** Parses a text. Never throws on any text, and its time grows with the length of it. */
export function parseSource(text: string): SourceFile {
  return new ParsedText(text);
}

/** A file whose parts are exchanged in place by edits. */
export class ParsedText implements SourceFile {
  readonly module: Module;
  readonly segments: Segment[];
  readonly watch: ContainerWatch;
  /** These are made when asked for; an edit drops them. */
  #text: string | null;
  #lines: LineMap | null = null;
  #comments: readonly Comment[] | null = null;

  constructor(text: string) {
    const tokens = tokenize(text);
    const parsed = parseModule(tokens);
    this.#text = text;
    this.module = parsed.module;
    this.segments = [...parsed.segments];
    this.watch = parsed.watch;
    distribute(parsed, tokens, text);
  }

  get text(): string {
    return (this.#text ??= this.segments.map(each => each.text).join(""));
  }

  get lines(): LineMap {
    return (this.#lines ??= lineMap(this.text));
  }

  get comments(): readonly Comment[] {
    return (this.#comments ??= this.segments.flatMap(each => each.comments));
  }

  slice(start: number, end: number): string {
    if (this.#text !== null) return this.#text.slice(start, end);
    const parts: string[] = [];
    for (let index = segmentAt(this.segments, start); ; index++) {
      const segment = this.segments[index];
      if (!segment || segment.offset >= end) return parts.join("");
      const { offset, text } = segment;
      parts.push(text.slice(Math.max(0, start - offset), end - offset));
    }
  }

  get directives(): readonly Comment[] {
    const found: Comment[] = [];
    for (const { directives } of this.segments) {
      if (directives.length > 0) found.push(...directives);
    }
    return found;
  }

  get errors(): readonly Span[] {
    const found: Span[] = [];
    for (const { errors } of this.segments) if (errors.length > 0) found.push(...errors);
    return found;
  }

  /** Notes that the segments of some lines were exchanged. */
  linesChanged(before: Span, text: string): void {
    const last = this.segments.at(-1);
    const length = last ? last.offset + last.text.length : 0;
    this.#text = null;
    this.#comments = null;
    this.#lines = this.#lines && withLines(this.#lines, before, text);
    (this.module as { span: Span }).span = { start: 0, end: length };
  }
}

/** A word with a colon at the start, or one of those that tools look for anywhere. */
const directive = /^#+\s*[\w-]+\s*:|noqa|noinspection|pylint|memory/i;

/** Gives each segment its text, and the comments and errors that stand in its lines. */
export function distribute(parsed: ParsedLines, tokens: Tokens, text: string): void {
  const { segments } = parsed;
  for (const [index, segment] of segments.entries()) {
    segment.text = text.slice(segment.offset, segments[index + 1]?.offset ?? text.length);
  }
  for (const { span, text: comment } of tokens.comments) {
    const segment = segments[segmentAt(segments, span.start)];
    if (!segment) continue;
    const placed = { span: new PlacedSpan(segment, span.start, span.end), text: comment };
    segment.comments.push(placed);
    if (directive.test(comment)) segment.directives.push(placed);
  }
  for (const offset of tokens.openQuotes) {
    const segment = segments[segmentAt(segments, offset)];
    if (segment) segment.hasOpenQuote = true;
  }
  const errors = [...tokens.errors, ...parsed.errors].sort((a, b) => a.start - b.start);
  for (const { start, end } of errors) {
    const segment = segments[segmentAt(segments, start)];
    segment?.errors.push(new PlacedSpan(segment, start, end));
  }
}
