import type { ClassDef, Expression, FunctionDef, Module, Name, Node, SourceFile } from "#syntax";
import { bindNames } from "./bind";
import { createNames, type Names } from "./names";
import type { Reference, Scope } from "./scope";
import { createTypes, type TypeName } from "./types";

/** A version of Python 3: `{ minor: 9 }` is 3.9. */
export interface PythonTarget {
  readonly minor: number;
}

/** What a file means: the questions that rules ask of it. A question without an answer gives null. */
export interface Model extends Names {
  readonly file: SourceFile;
  readonly module: Module;
  readonly moduleScope: Scope;
  /** The oldest Python that the file has to run on; null when nobody says. */
  readonly target: PythonTarget | null;
  /** All scopes, in source order. */
  readonly scopes: readonly Scope[];
  /** The scope that a scope's own node opens; null for other nodes. */
  scopeOpenedBy(node: Node): Scope | null;
  /** The reference that a name is; null for builtins, unknown names and attribute names. */
  referenceOf(name: Name): Reference | null;
  /** The type of a value, where it is plain to see. */
  typeOf(expression: Expression): TypeName | null;
  /** The text of a node as it was written. */
  textOf(node: Node): string;
  /** The function or class that a name stands for, when it is defined once and in this file. */
  definitionOf(expression: Expression): FunctionDef | ClassDef | null;
}

/** Makes the model of a file. Never throws; broken parts have no names. */
export function createModel(file: SourceFile, target: PythonTarget | null = null): Model {
  const bindings = bindNames(file.module);
  const names = createNames(bindings);
  const referenceOf = (name: Name): Reference | null => bindings.references.get(name) ?? null;
  return {
    ...names,
    file,
    module: file.module,
    moduleScope: bindings.moduleScope,
    target,
    scopes: [...bindings.scopes.values()],
    scopeOpenedBy: node => bindings.scopes.get(node) ?? null,
    referenceOf,
    typeOf: createTypes(names),
    textOf: node => file.text.slice(node.span.start, node.span.end),
    definitionOf(expression) {
      if (expression.kind !== "Name") return null;
      const writes = referenceOf(expression)?.binding.references.filter(
        each => each.use !== "read",
      );
      const by = writes?.length === 1 ? writes[0]?.by : null;
      return by?.kind === "FunctionDef" || by?.kind === "ClassDef" ? by : null;
    },
  };
}
