import type {
  ClassDef,
  FunctionDef,
  Lambda,
  Module,
  Name,
  Node,
  NodeOf,
  TypeParameters,
} from "#syntax";

export type ComprehensionNode = NodeOf<
  "ListComprehension" | "SetComprehension" | "DictComprehension" | "Generator"
>;

/** A region of code with names of its own, as CPython's symbol table has it. */
export interface Scope {
  readonly kind: "module" | "class" | "function" | "lambda" | "comprehension" | "type-parameters";
  readonly node: Module | ClassDef | FunctionDef | Lambda | ComprehensionNode | TypeParameters;
  readonly parent: Scope | null;
  /** Names bound here; those declared `global` or `nonlocal` are bound in another scope. */
  readonly bindings: BindingTable;
  /** Names that this scope declares `global`. */
  readonly globals: ReadonlySet<string>;
  readonly nonlocals: ReadonlySet<string>;
}

/** The names of a scope. */
export interface BindingTable {
  get(name: string): Binding | undefined;
  has(name: string): boolean;
  values(): Iterable<Binding>;
}

/** How a name gets its value. */
export type BindingForm =
  | "assignment"
  | "annotation"
  | "augmented"
  | "named-expression"
  | "for"
  | "comprehension"
  | "with"
  | "except"
  | "import"
  | "function"
  | "class"
  | "parameter"
  | "match"
  | "type-alias"
  | "type-parameter";

/** One place where a name stands. */
export interface Reference {
  readonly node: Name;
  readonly binding: Binding;
  /** The scope whose code the name is part of; another than the binding's for closures and globals. */
  readonly scope: Scope;
  /** `augmented` both reads and writes. */
  readonly use: "read" | "write" | "augmented" | "delete";
  /** Null for reads and deletes. */
  readonly form: BindingForm | null;
  /** The statement, parameter, alias or clause that binds; null for reads and deletes. */
  readonly by: Node | null;
}

/** A name in a scope, with every place that refers to it, in source order. */
export interface Binding {
  readonly name: string;
  readonly scope: Scope;
  readonly references: readonly Reference[];
  /** Those that are no plain reads: where the name is bound, changed in place or deleted. */
  readonly writes: readonly Reference[];
  /** The dotted name that it imports; null when not every write of it imports the same. */
  readonly importedName: string | null;
}
