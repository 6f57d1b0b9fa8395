import type { Span } from "#base";

/**
 * The tree of one Python file. Kinds follow Python's own `ast` where it has them; what `ast` leaves
 * out and a fix needs (brackets, trailing commas, decorators' places) is kept.
 */
interface Base<K extends string> {
  readonly kind: K;
  /** Offsets into the text of the file. */
  readonly span: Span;
  /** Null only for the module. */
  readonly parent: Node | null;
  /** All child nodes in source order, whichever field holds them. */
  readonly children: readonly Node[];
  /** True when the node or something below it is not valid Python. */
  readonly isBroken: boolean;
}

// Statements

export interface Module extends Base<"Module"> {
  readonly body: readonly Statement[];
}
/** The indented statements of a compound statement. */
export interface Block extends Base<"Block"> {
  readonly body: readonly Statement[];
}
export interface FunctionDef extends Base<"FunctionDef"> {
  readonly name: Name;
  readonly isAsync: boolean;
  readonly decorators: readonly Decorator[];
  readonly parameters: readonly Parameter[];
  readonly returns: Expression | null;
  readonly body: Block;
}
export interface ClassDef extends Base<"ClassDef"> {
  readonly name: Name;
  readonly decorators: readonly Decorator[];
  /** Bases and keyword arguments such as `metaclass=`. */
  readonly args: readonly Argument[];
  readonly body: Block;
}
/** Its span starts at the `@`. */
export interface Decorator extends Base<"Decorator"> {
  readonly expression: Expression;
}
export interface Parameter extends Base<"Parameter"> {
  readonly name: Name;
  readonly annotation: Expression | null;
  readonly default: Expression | null;
  /** `star` is `*args`, `doubleStar` is `**kwargs`. */
  readonly shape: "plain" | "star" | "doubleStar";
}
export interface Return extends Base<"Return"> {
  readonly value: Expression | null;
}
export interface Delete extends Base<"Delete"> {
  readonly targets: readonly Expression[];
}
/** `a = b = value` has two targets. */
export interface Assign extends Base<"Assign"> {
  readonly targets: readonly Expression[];
  readonly value: Expression;
}
export interface AnnotatedAssign extends Base<"AnnotatedAssign"> {
  readonly target: Expression;
  readonly annotation: Expression;
  readonly value: Expression | null;
}
export interface AugmentedAssign extends Base<"AugmentedAssign"> {
  readonly target: Expression;
  /** With its equals sign: `+=`. */
  readonly operator: string;
  readonly value: Expression;
}
export interface For extends Base<"For"> {
  readonly isAsync: boolean;
  readonly target: Expression;
  readonly iterable: Expression;
  readonly body: Block;
  readonly orElse: Block | null;
}
export interface While extends Base<"While"> {
  readonly test: Expression;
  readonly body: Block;
  readonly orElse: Block | null;
}
/** `elif` is an `If` in `orElse`; its span starts at the `elif`. */
export interface If extends Base<"If"> {
  readonly test: Expression;
  readonly body: Block;
  readonly orElse: Block | If | null;
}
export interface With extends Base<"With"> {
  readonly isAsync: boolean;
  readonly items: readonly WithItem[];
  readonly body: Block;
}
export interface WithItem extends Base<"WithItem"> {
  readonly context: Expression;
  readonly target: Expression | null;
}
export interface Match extends Base<"Match"> {
  readonly subject: Expression;
  readonly cases: readonly MatchCase[];
}
/** Its pattern is kept as the names it binds and the expressions it reads. */
export interface MatchCase extends Base<"MatchCase"> {
  readonly captures: readonly Name[];
  readonly guard: Expression | null;
  readonly body: Block;
}
export interface Try extends Base<"Try"> {
  readonly body: Block;
  readonly handlers: readonly ExceptHandler[];
  readonly orElse: Block | null;
  readonly finalBody: Block | null;
}
export interface ExceptHandler extends Base<"ExceptHandler"> {
  readonly exception: Expression | null;
  readonly name: Name | null;
  readonly body: Block;
}
export interface Raise extends Base<"Raise"> {
  readonly exception: Expression | null;
  readonly cause: Expression | null;
}
export interface Assert extends Base<"Assert"> {
  readonly test: Expression;
  readonly message: Expression | null;
}
export interface Import extends Base<"Import"> {
  readonly names: readonly ImportAlias[];
}
export interface ImportFrom extends Base<"ImportFrom"> {
  /** Dotted name without leading dots; empty for `from . import x`. */
  readonly module: string;
  /** Number of leading dots. */
  readonly level: number;
  readonly names: readonly ImportAlias[];
  readonly isStar: boolean;
}
export interface ImportAlias extends Base<"ImportAlias"> {
  /** Dotted name as written. */
  readonly name: string;
  /** The name it binds: the alias, else the first part of the name. */
  readonly binds: Name;
  readonly hasAlias: boolean;
}
export interface Global extends Base<"Global"> {
  readonly names: readonly Name[];
}
export interface Nonlocal extends Base<"Nonlocal"> {
  readonly names: readonly Name[];
}
export interface ExpressionStatement extends Base<"ExpressionStatement"> {
  readonly value: Expression;
}
export type Pass = Base<"Pass">;
export type Break = Base<"Break">;
export type Continue = Base<"Continue">;
export interface TypeAlias extends Base<"TypeAlias"> {
  readonly name: Expression;
  readonly value: Expression;
}

// Expressions

/** A name where it is read, bound or deleted; also a function's, a parameter's, an alias's. */
export interface Name extends Base<"Name"> {
  readonly text: string;
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

export type Statement =
  | FunctionDef
  | ClassDef
  | Return
  | Delete
  | Assign
  | AnnotatedAssign
  | AugmentedAssign
  | For
  | While
  | If
  | With
  | Match
  | Try
  | Raise
  | Assert
  | Import
  | ImportFrom
  | Global
  | Nonlocal
  | ExpressionStatement
  | Pass
  | Break
  | Continue
  | TypeAlias
  | Unknown;

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

export type Node =
  | Module
  | Block
  | Statement
  | Expression
  | Decorator
  | Parameter
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
