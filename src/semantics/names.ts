import type { Expression, Name } from "#syntax";
import type { FileNames } from "./bind";
import { builtinNames } from "./builtins";
import type { Binding } from "./scope";

/** Resolves what a name or a dotted expression stands for. */
export interface Names {
  /** The binding of a name; null for builtins and unknown names. */
  bindingOf(name: Name): Binding | null;
  /** The builtin's name when the expression is one that nothing shadows, else null. */
  builtinName(expression: Expression): string | null;
  /**
   * The dotted name that an expression stands for through the imports of the file, such as
   * `pandas.concat` for `pd.concat`; builtins are `builtins.open`. Null when it is not an import or
   * the name is bound a second time.
   */
  qualifiedName(expression: Expression): string | null;
}

/** Nothing that anybody knows by name lies deeper in its module. */
const mostMembers = 16;

export function createNames(names: FileNames): Names {
  const bindingOf = (name: Name): Binding | null => names.referenceOf(name)?.binding ?? null;

  function builtinName(expression: Expression): string | null {
    // A star import may bring in anything: numpy's has a `sum` of its own.
    if (expression.kind !== "Name" || !builtinNames.has(expression.text)) return null;
    return !names.hasStarImport && names.isFree(expression) ? expression.text : null;
  }

  function qualifiedName(expression: Expression): string | null {
    const members: string[] = [];
    let root = expression;
    while (root.kind === "Attribute") {
      if (members.length === mostMembers) return null;
      members.unshift(root.name.text);
      root = root.object;
    }
    if (root.kind !== "Name") return null;
    const builtin = builtinName(root);
    const base = builtin === null ? bindingOf(root)?.importedName : `builtins.${builtin}`;
    return base === null || base === undefined ? null : [base, ...members].join(".");
  }

  return { bindingOf, builtinName, qualifiedName };
}
