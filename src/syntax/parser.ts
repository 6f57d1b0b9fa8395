import type { Edit, LineMap, Span } from "#base";
import { applyEdits, lineMap, positionAt } from "#base";
import { Edit as TreeSitterEdit, Language, Parser as TreeSitter, type Tree } from "web-tree-sitter";
import type { Comment, Module } from "./ast";
import { buildModule } from "./build/module";
import { type Grammar, grammarOf } from "./grammar";
import { type FlatTree, readFlatTree } from "./flat-tree";
import { blankOutOpenLines } from "./recover";

/** The two WebAssembly files of the parser; hosts read them, since the core does no I/O. */
export interface ParserWasm {
  /** `web-tree-sitter.wasm`. */
  readonly parser: Uint8Array;
  /** `tree-sitter-python.wasm`. */
  readonly language: Uint8Array;
}

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

/** A text that changes, parsed again from what an edit left whole. */
export interface Document {
  /** The state after the last edit. Each is a value of its own and stays as it is. */
  readonly file: SourceFile;
  /** Applies edits that refer to the text before them and do not overlap. */
  edit(edits: readonly Edit[]): SourceFile;
  /** Frees the parse tree, which WebAssembly does not collect. */
  dispose(): void;
}

/** Turns Python text into trees. Make one and keep it. */
export interface Parser {
  /** Parses a text once. Never throws on any text. */
  parse(text: string): SourceFile;
  /** Opens a text that will change. */
  open(text: string): Document;
  dispose(): void;
}

/** Loads the parser. @throws Error when a WebAssembly file is not what it should be. */
export async function createParser(wasm: ParserWasm): Promise<Parser> {
  await TreeSitter.init({ wasmBinary: wasm.parser });
  const language = await Language.load(wasm.language);
  const grammar = grammarOf(language);
  const parser = new TreeSitter();
  parser.setLanguage(language);

  function parseTree(text: string, previous: Tree | null): Tree {
    const tree = parser.parse(text, previous);
    // Null only without a language or when cancelled, and neither happens here.
    if (!tree) throw new Error("the parser gave no tree");
    return tree;
  }

  function toSourceFile(tree: Tree, text: string): SourceFile {
    const read = readFlatTree(tree, text, grammar);
    const flat = read.errors.length === 0 ? read : recovered(read);
    const { comments } = flat;
    const module = buildModule(flat, grammar);
    return { text, module, comments, lines: lineMap(text), errors: read.errors };
  }

  /** The tree without the lines that break the rest, where that saves functions. */
  function recovered(read: FlatTree): FlatTree {
    const { text, masked } = blankOutOpenLines(read.text);
    if (masked.length === 0) return read;
    const tree = parseTree(text, null);
    const flat = readFlatTree(tree, text, grammar, masked);
    tree.delete();
    return wholeFunctions(flat, grammar) > wholeFunctions(read, grammar) ? flat : read;
  }

  return {
    parse(text) {
      const tree = parseTree(text, null);
      const file = toSourceFile(tree, text);
      tree.delete();
      return file;
    },
    open(text) {
      let tree = parseTree(text, null);
      let file = toSourceFile(tree, text);
      return {
        get file() {
          return file;
        },
        edit(edits) {
          const next = applyEdits(file.text, edits);
          shiftTree(tree, file, edits, next);
          const newTree = parseTree(next, tree);
          tree.delete();
          tree = newTree;
          file = toSourceFile(tree, next);
          return file;
        },
        dispose: () => {
          tree.delete();
        },
      };
    },
    dispose: () => {
      parser.delete();
    },
  };
}

/** How many functions are without an error: what recovery is measured by. */
function wholeFunctions(flat: FlatTree, grammar: Grammar): number {
  let count = 0;
  for (let i = 0; i < flat.size; i++) {
    if (flat.broken[i] === 0 && flat.types[i] === grammar.functionDefinition) count++;
  }
  return count;
}

/** Tells the old tree where its text moved, last edit first, so that earlier offsets stay right. */
function shiftTree(tree: Tree, file: SourceFile, edits: readonly Edit[], next: string): void {
  const nextLines = edits.length === 1 ? lineMap(next) : null;
  for (const { span, text } of [...edits].sort((a, b) => b.span.start - a.span.start)) {
    const newEnd = span.start + text.length;
    const start = positionAt(file.lines, span.start);
    const end = positionAt(file.lines, span.end);
    const after = nextLines ? positionAt(nextLines, newEnd) : endOf(start, text);
    const change = new TreeSitterEdit({
      startIndex: span.start,
      oldEndIndex: span.end,
      newEndIndex: newEnd,
      startPosition: { row: start.line, column: start.column },
      oldEndPosition: { row: end.line, column: end.column },
      newEndPosition: { row: after.line, column: after.column },
    });
    tree.edit(change);
  }
}

function endOf(start: { line: number; column: number }, text: string) {
  const lines = lineMap(text);
  const last = positionAt(lines, text.length);
  const column = last.line === 0 ? start.column + last.column : last.column;
  return { line: start.line + last.line, column };
}
