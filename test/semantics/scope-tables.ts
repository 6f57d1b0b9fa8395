import { positionAt } from "#base";
import type { Binding, Model, Reference, Scope } from "#semantics";
import { isA, type Name, type Node, type NodeOf, walk } from "#syntax";

/** What a scope knows of its names, in the terms that CPython's symtable and the model share. */
export interface ScopeTable {
  readonly kind: "module" | "class" | "function" | "type parameters" | "lazy";
  readonly name: string;
  /** 1-based; 0 for a module. */
  readonly line: number;
  /**
   * By name: `L`ocal, `G`lobal or `F`ree, and after a colon how the code of the scope uses it:
   * `a`ssigned or deleted, `d`eclared global, `i`mported, `n`onlocal, `p`arameter, `r`ead.
   */
  readonly names: Readonly<Record<string, string>>;
  readonly children: readonly ScopeTable[];
}

interface Use {
  reach: "L" | "G" | "F";
  readonly how: Set<string>;
}

/** What names in annotations are to the symbol table of a Python. */
export interface AnnotationRules {
  readonly areRead: boolean;
}

/** The scopes of a file as the model has them; comprehensions are scopes of their own. */
export function scopeTables(model: Model, annotations: AnnotationRules): ScopeTable {
  const uses = new Map<Scope, Map<string, Use>>(model.scopes().map(scope => [scope, new Map()]));
  const use = (scope: Scope, name: string, reach: Use["reach"]): Set<string> => {
    const names = uses.get(scope) ?? new Map<string, Use>();
    const found = names.get(name) ?? { reach, how: new Set() };
    names.set(name, found);
    return found.how;
  };
  for (const scope of model.scopes()) {
    for (const name of scope.globals) use(scope, name, "G").add("d");
    for (const name of scope.nonlocals) use(scope, name, "F").add("n");
    for (const binding of scope.bindings.values()) {
      for (const reference of binding.references) {
        if (!annotations.areRead && isInAnnotation(reference.node)) continue;
        use(reference.scope, binding.name, reachOf(binding, reference.scope)).add(howOf(reference));
        if (reference.form !== "named-expression") continue;
        // What a walrus in a comprehension binds is assigned around it; a module only declares it.
        const home = around(reference.scope);
        if (home.kind === "module" && home !== reference.scope) continue;
        use(home, binding.name, reachOf(binding, home)).add("a");
      }
    }
  }
  for (const name of unresolved(model)) {
    if (!annotations.areRead && isInAnnotation(name)) continue;
    use(scopeOf(name, model), name.text, "G").add("r");
  }
  const inside = new Map<Scope | null, Scope[]>();
  for (const scope of model.scopes()) {
    const siblings = inside.get(scope.parent) ?? [];
    siblings.push(scope);
    inside.set(scope.parent, siblings);
  }
  return tableOf(model.moduleScope, model, uses, inside);
}

/** The innermost scope that is no comprehension's. */
function around(scope: Scope): Scope {
  let home = scope;
  while (home.kind === "comprehension" && home.parent) home = home.parent;
  return home;
}

function tableOf(
  scope: Scope,
  model: Model,
  uses: ReadonlyMap<Scope, ReadonlyMap<string, Use>>,
  inside: ReadonlyMap<Scope | null, readonly Scope[]>,
): ScopeTable {
  const names = [...(uses.get(scope) ?? [])].map(([name, { reach, how }]) => {
    // A module's names are local to it by definition; what counts is whether its own code binds.
    const isBound = ["a", "i", "p"].some(each => how.has(each));
    const seen = scope.kind === "module" ? (isBound ? "L" : "G") : reach;
    return [name, `${seen}:${[...how].sort().join("")}`] as const;
  });
  return {
    ...headOf(scope, model),
    names: Object.fromEntries(names),
    children: (inside.get(scope) ?? []).map(each => tableOf(each, model, uses, inside)),
  };
}

const comprehensionNames: Readonly<Partial<Record<Node["kind"], string>>> = {
  ListComprehension: "listcomp",
  SetComprehension: "setcomp",
  DictComprehension: "dictcomp",
  Generator: "genexpr",
  Lambda: "lambda",
};

function headOf({ node }: Scope, model: Model): Pick<ScopeTable, "kind" | "name" | "line"> {
  if (node.kind === "Module") return { kind: "module", name: "top", line: 0 };
  if (node.kind === "TypeParameters") {
    const owner = isA(node.parent, "FunctionDef", "ClassDef", "TypeAlias") ? node.parent : null;
    const name = isA(owner?.name, "Name") ? owner.name.text : "";
    const line = positionAt(model.file.lines, node.span.start).line + 1;
    return { kind: "type parameters", name, line };
  }
  const isNamed = node.kind === "ClassDef" || node.kind === "FunctionDef";
  const name = isNamed ? node.name.text : (comprehensionNames[node.kind] ?? "");
  // A definition's span begins at its first decorator.
  const { start } = isNamed ? node.name.span : node.span;
  const line = positionAt(model.file.lines, start).line + 1;
  return { kind: node.kind === "ClassDef" ? "class" : "function", name, line };
}

function reachOf(binding: Binding, scope: Scope): Use["reach"] {
  if (binding.scope === scope) return "L";
  // From the scope of type parameters CPython looks a class's names up when the code runs.
  if (binding.scope.kind === "class" && scope.kind === "type-parameters") return "G";
  return binding.scope.kind === "module" ? "G" : "F";
}

function howOf({ use, form }: Reference): string {
  if (use === "read") return "r";
  if (form === "import") return "i";
  return form === "parameter" ? "p" : "a";
}

/** Names that no scope of the file binds, without those that are an attribute's or a keyword's. */
function* unresolved(model: Model): Iterable<Name> {
  for (const node of walk(model.module)) {
    if (node.kind !== "Name" || model.referenceOf(node)) continue;
    const { parent } = node;
    if (parent?.kind === "Attribute" && parent.name === node) continue;
    if (parent?.kind === "Argument" && parent.name === node) continue;
    if (parent?.kind === "Global" || parent?.kind === "Nonlocal") continue;
    yield node;
  }
}

/** The scope whose code a name that is read belongs to. */
function scopeOf(name: Name, model: Model): Scope {
  let inner: Node = name;
  for (let node: Node | null = name.parent; node; inner = node, node = node.parent) {
    // The first iterable of a comprehension is evaluated around it.
    if (node.kind === "ForClause" && node.iterable === inner && isFirstClause(node)) {
      node = node.parent ?? node;
      continue;
    }
    const around = "typeParameters" in node && node.typeParameters;
    if (around && isGeneric(inner, node, name))
      return model.scopeOpenedBy(around) ?? model.moduleScope;
    const scope = model.scopeOpenedBy(node);
    const body = isA(node, "FunctionDef", "ClassDef", "Lambda") ? node.body : null;
    if (scope && (!body || body === inner)) return scope;
  }
  return model.moduleScope;
}

/** Whether a child of a generic definition sees its type parameters and is not its body. */
function isGeneric(child: Node, owner: Node, name: Name): boolean {
  if (child.kind === "TypeParameters") return true;
  if (owner.kind === "ClassDef") return child.kind === "Argument";
  if (owner.kind === "TypeAlias") return child === owner.value;
  return child.kind !== "Decorator" && isInAnnotation(name);
}

function isFirstClause({ parent, ...clause }: NodeOf<"ForClause">): boolean {
  const first = parent && "clauses" in parent ? parent.clauses[0] : null;
  return first?.span.start === clause.span.start;
}

function isInAnnotation(name: Name): boolean {
  let inner: Node = name;
  for (let node: Node | null = name.parent; node; inner = node, node = node.parent) {
    if (node.kind === "Parameter" || node.kind === "AnnotatedAssign") {
      if (node.annotation === inner) return true;
    }
    if (node.kind === "FunctionDef" && node.returns === inner) return true;
  }
  return false;
}
