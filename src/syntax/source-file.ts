import { type Edit, editedLines, type LineMap, lineMap, type Span } from "#base";
import type { Comment, Module } from "./ast";
import { type Tokens, tokenize } from "./lexer/lexer";
import { parseModule, type ParsedLines } from "./parser/containers";
import { type ContainerWatch, PlacedSpan, type Segment } from "./segment";

/** One Python text with its tree. Broken Python is ordinary input: parts that parse are there. */
export interface SourceFile {
  readonly text: string;
  readonly module: Module;
  /** Sorted by place. */
  readonly comments: readonly Comment[];
  readonly lines: LineMap;
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
  text: string;
  readonly module: Module;
  readonly segments: Segment[];
  readonly watch: ContainerWatch;
  /** Both are made when asked for; an edit drops them. */
  #lines: LineMap | null = null;
  #comments: readonly Comment[] | null = null;

  constructor(text: string) {
    const tokens = tokenize(text);
    const parsed = parseModule(tokens);
    this.text = text;
    this.module = parsed.module;
    this.segments = [...parsed.segments];
    this.watch = parsed.watch;
    distribute(parsed, tokens);
  }

  get lines(): LineMap {
    return (this.#lines ??= lineMap(this.text));
  }

  get comments(): readonly Comment[] {
    return (this.#comments ??= this.segments.flatMap(each => each.comments));
  }

  get errors(): readonly Span[] {
    return this.segments.flatMap(each => each.errors);
  }

  /** Takes another text, whose segments are those that stand here now. */
  setText(text: string, edit: Edit): void {
    this.text = text;
    this.#comments = null;
    this.#lines = this.#lines && editedLines(this.#lines, edit, text);
    (this.module as { span: Span }).span = { start: 0, end: text.length };
  }
}

/** Gives each segment the comments and errors that stand in its lines. */
export function distribute(parsed: ParsedLines, tokens: Tokens): void {
  const { segments } = parsed;
  let index = 0;
  const segmentAt = (offset: number): Segment | undefined => {
    while (index + 1 < segments.length && (segments[index + 1]?.offset ?? 0) <= offset) index++;
    return segments[index];
  };
  for (const { span, text } of tokens.comments) {
    const segment = segmentAt(span.start);
    segment?.comments.push({ span: new PlacedSpan(segment, span.start, span.end), text });
  }
  index = 0;
  const errors = [...tokens.errors, ...parsed.errors].sort((a, b) => a.start - b.start);
  for (const { start, end } of errors) {
    const segment = segmentAt(start);
    segment?.errors.push(new PlacedSpan(segment, start, end));
  }
}
