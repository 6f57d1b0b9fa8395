import type { Base } from "./base";
import type { Argument, Expression, Name, Unknown } from "./expressions";

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
  readonly typeParameters: TypeParameters | null;
  readonly parameters: readonly Parameter[];
  readonly returns: Expression | null;
  readonly body: Block;
}
export interface ClassDef extends Base<"ClassDef"> {
  readonly name: Name;
  readonly decorators: readonly Decorator[];
  readonly typeParameters: TypeParameters | null;
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
/** `[T: int, *Ts]` after the name of a function, a class or a type. */
export interface TypeParameters extends Base<"TypeParameters"> {
  readonly parameters: readonly TypeParameter[];
}
export interface TypeParameter extends Base<"TypeParameter"> {
  readonly name: Name;
  readonly bound: Expression | null;
  readonly default: Expression | null;
  /** `star` is `*Ts`, `doubleStar` is `**P`. */
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
  readonly typeParameters: TypeParameters | null;
  readonly value: Expression;
}

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
