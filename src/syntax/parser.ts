import type { Edit } from "#base";
import { editSource, parseSource, type SourceFile } from "./source-file";

export interface ParserWasm {
  readonly parser: Uint8Array;
  readonly language: Uint8Array;
}
export interface Document {
  readonly file: SourceFile;
  edit(edits: readonly Edit[]): SourceFile;
  dispose(): void;
}
export interface Parser {
  parse(text: string): SourceFile;
  open(text: string): Document;
  dispose(): void;
}

/** Replaced by `parseSource` and `editSource`; goes when nobody calls it. */
export function createParser(_wasm?: ParserWasm): Promise<Parser> {
  const dispose = (): void => undefined;
  return Promise.resolve({
    parse: parseSource,
    open(text) {
      let file = parseSource(text);
      return {
        get file() {
          return file;
        },
        edit: edits => (file = editSource(file, edits)),
        dispose,
      };
    },
    dispose,
  });
}
