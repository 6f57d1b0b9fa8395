export type * from "./ast";
export {
  createParser,
  type Document,
  type Parser,
  type ParserWasm,
  type SourceFile,
} from "./parser";
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
