import type { Span } from "#base";
import type { Base } from "./base";
import type { Parameter } from "./statements";

/** A name where it is read, bound or deleted; also a function's, a parameter's, an alias's. */
export interface Name extends Base<"Name"> {
  readonly text: string;
  /** A place for whoever resolves names, which spares a table of them all; null until then. */
  reference: object | null;
}
export interface NumberLiteral extends Base<"Number"> {
  readonly text: string;
}
/** A string or bytes literal; adjacent ones are one node, whose `prefix` is the first's. */
export interface StringLiteral extends Base<"String"> {
  /** Lower case and sorted: `""`, `"b"`, `"br"`, `"f"`, `"fr"`, `"r"`, `"u"`. */
  readonly prefix: string;
  readonly isBytes: boolean;
  /** Expressions between braces of f-strings. */
  readonly interpolations: readonly Expression[];
  /** The text between the quotes as written; null when there are interpolations or several parts. */
  readonly raw: string | null;
}
/** `True`, `False`, `None` or `...`. */
export interface Constant extends Base<"Constant"> {
  readonly value: "True" | "False" | "None" | "Ellipsis";
}
interface Bracketed {
  readonly open: Span;
  readonly close: Span;
}
export interface List extends Base<"List">, Bracketed {
  readonly elements: readonly Expression[];
}
export interface Tuple extends Base<"Tuple"> {
  readonly elements: readonly Expression[];
}
export interface SetLiteral extends Base<"Set">, Bracketed {
  readonly elements: readonly Expression[];
}
export interface Dict extends Base<"Dict">, Bracketed {
  readonly entries: readonly DictEntry[];
}
/** `key` is null for `**value`. */
export interface DictEntry extends Base<"DictEntry"> {
  readonly key: Expression | null;
  readonly value: Expression;
}
interface Comprehension extends Bracketed {
  /** The first is always a `ForClause`. */
  readonly clauses: readonly (ForClause | IfClause)[];
  /** True with an `async for` or an `await` in it. */
  readonly isAsync: boolean;
}
export interface ListComprehension extends Base<"ListComprehension">, Comprehension {
  readonly element: Expression;
}
export interface SetComprehension extends Base<"SetComprehension">, Comprehension {
  readonly element: Expression;
}
/** Its span and brackets are the call's parentheses where it is the only argument. */
export interface Generator extends Base<"Generator">, Comprehension {
  readonly element: Expression;
}
export interface DictComprehension extends Base<"DictComprehension">, Comprehension {
  readonly key: Expression;
  readonly value: Expression;
}
export interface ForClause extends Base<"ForClause"> {
  readonly isAsync: boolean;
  readonly target: Expression;
  readonly iterable: Expression;
}
export interface IfClause extends Base<"IfClause"> {
  readonly test: Expression;
}
/** For `f(x for x in y)` the generator is the only argument, and the brackets are its own. */
export interface Call extends Base<"Call">, Bracketed {
  readonly callee: Expression;
  readonly args: readonly Argument[];
  readonly trailingComma: Span | null;
}
export interface Argument extends Base<"Argument"> {
  /** Name of a keyword argument; null otherwise. */
  readonly name: Name | null;
  /** What stands there; for `*value` and `**value` without the stars. */
  readonly value: Expression;
  readonly shape: "positional" | "keyword" | "star" | "doubleStar";
}
export interface Attribute extends Base<"Attribute"> {
  readonly object: Expression;
  readonly name: Name;
}
export interface Subscript extends Base<"Subscript"> {
  readonly object: Expression;
  /** `x[a, b]` has one index, a tuple. */
  readonly index: Expression;
}
export interface Slice extends Base<"Slice"> {
  readonly lower: Expression | null;
  readonly upper: Expression | null;
  readonly step: Expression | null;
}
export interface Binary extends Base<"Binary"> {
  readonly left: Expression;
  readonly operator: string;
  readonly right: Expression;
}
export interface BooleanOperation extends Base<"Boolean"> {
  readonly left: Expression;
  readonly operator: "and" | "or";
  readonly right: Expression;
}
export interface Compare extends Base<"Compare"> {
  /** `a < b < c` has three operands and two operators; `not in` and `is not` are one operator. */
  readonly operands: readonly Expression[];
  readonly operators: readonly string[];
}
/** `not`, `+`, `-` or `~`. */
export interface Unary extends Base<"Unary"> {
  readonly operator: string;
  readonly operand: Expression;
}
export interface Conditional extends Base<"Conditional"> {
  readonly body: Expression;
  readonly test: Expression;
  readonly orElse: Expression;
}
export interface Lambda extends Base<"Lambda"> {
  readonly parameters: readonly Parameter[];
  readonly body: Expression;
}
export interface NamedExpression extends Base<"NamedExpression"> {
  readonly target: Name;
  readonly value: Expression;
}
export interface Starred extends Base<"Starred"> {
  readonly value: Expression;
}
export interface Await extends Base<"Await"> {
  readonly value: Expression;
}
export interface Yield extends Base<"Yield"> {
  readonly value: Expression | null;
  readonly isFrom: boolean;
}
/** What the parser could not make sense of, or what rules need not see; its children may be whole. */
export type Unknown = Base<"Unknown">;

export type Expression =
  | Name
  | NumberLiteral
  | StringLiteral
  | Constant
  | List
  | Tuple
  | SetLiteral
  | Dict
  | ListComprehension
  | SetComprehension
  | Generator
  | DictComprehension
  | Call
  | Attribute
  | Subscript
  | Slice
  | Binary
  | BooleanOperation
  | Compare
  | Unary
  | Conditional
  | Lambda
  | NamedExpression
  | Starred
  | Await
  | Yield
  | Unknown;
