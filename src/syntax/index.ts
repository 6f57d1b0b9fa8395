export type * from "./ast";
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
