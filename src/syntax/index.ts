export type * from "./ast";
export { createParser, type Document, type Parser, type ParserWasm } from "./parser";
export { editSource, parseSource, type SourceFile } from "./source-file";
export {
  ancestors,
  enclosingClass,
  enclosingFunction,
  enclosingLoop,
  enclosingStatement,
  isA,
  siblings,
  walk,
  walkExecuted,
} from "./walk";
