import type { Expression, ImportAlias, Name } from "#syntax";
import type { Bindings } from "./bind";
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

export function createNames({ references, free, hasStarImport }: Bindings): Names {
  const bindingOf = (name: Name): Binding | null => references.get(name)?.binding ?? null;

  function builtinName(expression: Expression): string | null {
    // A star import may bring in anything: numpy's has a `sum` of its own.
    if (expression.kind !== "Name" || hasStarImport || !free.has(expression)) return null;
    return builtinNames.has(expression.text) ? expression.text : null;
  }

  /** By binding: each is asked once for every place that mentions it. */
  const imported = new Map<Binding, string | null>();
  function importOfBinding(binding: Binding | null): string | null {
    if (!binding) return null;
    const known = imported.get(binding);
    if (known !== undefined) return known;
    const name = importedName(binding);
    imported.set(binding, name);
    return name;
  }

  function qualifiedName(expression: Expression): string | null {
    const members: string[] = [];
    let root = expression;
    while (root.kind === "Attribute") {
      members.unshift(root.name.text);
      root = root.object;
    }
    if (root.kind !== "Name") return null;
    const builtin = builtinName(root);
    const base = builtin === null ? importOfBinding(bindingOf(root)) : `builtins.${builtin}`;
    return base === null ? null : [base, ...members].join(".");
  }

  return { bindingOf, builtinName, qualifiedName };
}

/** The dotted name that a binding imports; null when not every write of it imports the same. */
function importedName(binding: Binding | null): string | null {
  if (!binding) return null;
  let found: string | null = null;
  for (const { use, form, by } of binding.references) {
    if (use === "read") continue;
    if (form !== "import" || by?.kind !== "ImportAlias") return null;
    const name = importOf(by);
    // `try: import ujson as json / except: import json` binds two things: not known.
    if (name === null || (found !== null && found !== name)) return null;
    found = name;
  }
  return found;
}

function importOf(alias: ImportAlias): string | null {
  const statement = alias.parent;
  if (statement?.kind === "ImportFrom") {
    return statement.level > 0 ? null : `${statement.module}.${alias.name}`;
  }
  // `import os.path` binds `os`; `import os.path as p` binds the module itself.
  return alias.hasAlias ? alias.name : alias.binds.text;
}
