import type { Span } from "#base";
import type { Argument, DictEntry, Expression, ForClause, IfClause } from "./expressions";
import type {
  Block,
  Decorator,
  ExceptHandler,
  ImportAlias,
  MatchCase,
  Module,
  Parameter,
  Statement,
  TypeParameter,
  TypeParameters,
  WithItem,
} from "./statements";

export type Node =
  | Module
  | Block
  | Statement
  | Expression
  | Decorator
  | Parameter
  | TypeParameters
  | TypeParameter
  | WithItem
  | MatchCase
  | ExceptHandler
  | ImportAlias
  | DictEntry
  | ForClause
  | IfClause
  | Argument;

export type NodeKind = Node["kind"];
export type NodeOf<K extends NodeKind> = Extract<Node, { readonly kind: K }>;

/** A comment, from its `#` to the end of the line. */
export interface Comment {
  readonly span: Span;
  readonly text: string;
}
