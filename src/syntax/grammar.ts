import type { Language } from "web-tree-sitter";
import type { ReaderTypes } from "./flat-tree";

/** Names of the grammar's node types and fields behind the numbers in a flat tree. */
export interface Grammar extends ReaderTypes {
  /** `typeNames[type]`; tokens have their own text as a name, such as `(` or `async`. */
  readonly typeNames: readonly string[];
  /** `isNamed[type]` is false for tokens: the keyword `yield` is not a `yield` expression. */
  readonly isNamed: readonly boolean[];
  readonly functionDefinition: number;
  /** Id of a field. @throws Error when the grammar has none of that name. */
  field(name: string): number;
}

/** tree-sitter's number of the error type in every grammar. */
const errorType = 0xffff;

/** Reads the numbers of a loaded grammar. */
export function grammarOf(language: Language): Grammar {
  const typeNames: string[] = [];
  const isNamed: boolean[] = [];
  for (let id = 0; id < language.nodeTypeCount; id++) {
    typeNames.push(language.nodeTypeForId(id) ?? "");
    isNamed.push(language.nodeTypeIsNamed(id));
  }
  const fields = new Map<string, number>();
  language.fields.forEach((name, id) => {
    if (name) fields.set(name, id);
  });
  const type = (name: string): number => language.idForNodeType(name, true) ?? -1;
  return {
    typeNames,
    isNamed,
    error: errorType,
    functionDefinition: type("function_definition"),
    comment: type("comment"),
    lineContinuation: type("line_continuation"),
    field(name) {
      const id = fields.get(name);
      if (id === undefined) throw new Error(`the grammar has no field ${name}`);
      return id;
    },
  };
}
