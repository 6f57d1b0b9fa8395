export type * from "./ast";
export { type EditedSource, editSource } from "./edit-source";
export type { Container, Segment } from "./segment";
export { ListSpan, PlacedSpan, segmentAt } from "./segment";
export { parseSource, type SourceFile } from "./source-file";
export {
  ancestors,
  enclosingClass,
  enclosingFunction,
  enclosingLoop,
  enclosingStatement,
  isA,
  siblingAfter,
  siblings,
  walk,
  walkExecuted,
} from "./walk";
