import { applyEdits, type Edit, type LineMap, lineMap, type Span } from "#base";
import type { Comment, Module } from "./ast";
import { tokenize } from "./lexer/lexer";
import { parseModule } from "./parser/blocks";

/** One Python text with its tree. Broken Python is ordinary input: parts that parse are there. */
export interface SourceFile {
  readonly text: string;
  readonly module: Module;
  /** Sorted by place. */
  readonly comments: readonly Comment[];
  readonly lines: LineMap;
  /** Where the text is not Python; sorted, empty when all of it is. */
  readonly errors: readonly Span[];
}

/** Parses a text. Never throws on any text, and its time grows with the length of it. */
export function parseSource(text: string): SourceFile {
  const tokens = tokenize(text);
  const { module, errors } = parseModule(tokens);
  const all = [...tokens.errors, ...errors].sort((a, b) => a.start - b.start);
  return { text, module, comments: tokens.comments, lines: lineMap(text), errors: all };
}

/** Applies edits that refer to the text before them and do not overlap, and parses the result. */
export function editSource(file: SourceFile, edits: readonly Edit[]): SourceFile {
  return parseSource(applyEdits(file.text, edits));
}
