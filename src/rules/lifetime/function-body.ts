import { type FunctionDef, isA, type Statement } from "#syntax";

/** The statements of a function, with the docstring apart. */
export function bodyWithoutDocstring({ body }: FunctionDef): {
  readonly docstring: Statement | null;
  readonly rest: readonly Statement[];
} {
  const [first, ...rest] = body.body;
  const isDocstring = isA(first, "ExpressionStatement") && first.value.kind === "String";
  return isDocstring ? { docstring: first, rest } : { docstring: null, rest: body.body };
}

/** Tells whether a function does nothing: a declaration for a type checker, or an abstract method. */
export function isStub(definition: FunctionDef): boolean {
  return bodyWithoutDocstring(definition).rest.every(
    statement =>
      isA(statement, "Pass", "Raise") ||
      (isA(statement, "ExpressionStatement") && statement.value.kind === "Constant"),
  );
}
