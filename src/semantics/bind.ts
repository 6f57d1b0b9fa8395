import type { Expression, FunctionDef, Lambda, Module, Name, Node } from "#syntax";
import { isA } from "#syntax";
import type { Binding, BindingForm, ComprehensionNode, Reference, Scope } from "./scope";

/** The scopes of a file and what each name in it refers to. */
export interface Bindings {
  readonly moduleScope: Scope;
  /** Scopes by their node, in source order. */
  readonly scopes: ReadonlyMap<Node, Scope>;
  readonly references: ReadonlyMap<Name, Reference>;
  /** Names read that no scope binds: builtins, or names from a star import. */
  readonly free: ReadonlyMap<Name, Scope>;
  readonly hasStarImport: boolean;
}

interface OpenBinding extends Binding {
  readonly references: Reference[];
}
interface OpenScope extends Scope {
  readonly parent: OpenScope | null;
  readonly bindings: Map<string, OpenBinding>;
  readonly globals: Set<string>;
  readonly nonlocals: Set<string>;
}
type Target = { readonly form: BindingForm; readonly by: Node } | "delete";
interface Use {
  readonly name: Name;
  readonly scope: OpenScope;
  readonly target: Target | null;
}

/** Finds scopes and resolves names as CPython's compiler does. */
export function bindNames(module: Module): Bindings {
  const collector = new Collector(module);
  collector.collect();
  return collector.resolve();
}

/** First pass: which scope each name stands in, and which of them bind. */
class Collector {
  readonly #scopes = new Map<Node, OpenScope>();
  readonly #targets = new Map<Name, Target>();
  readonly #uses: Use[] = [];
  readonly #moduleScope: OpenScope;
  readonly #pending: (readonly [Node, OpenScope])[] = [];
  #hasStarImport = false;

  constructor(module: Module) {
    this.#moduleScope = this.#open("module", module, null);
    this.#pushAll(module.body, this.#moduleScope);
  }

  collect(): void {
    for (let next = this.#pending.pop(); next; next = this.#pending.pop()) {
      const [node, scope] = next;
      if (node.kind === "Name") {
        this.#uses.push({ name: node, scope, target: this.#targets.get(node) ?? null });
      } else this.#visit(node, scope);
    }
  }

  #open(kind: Scope["kind"], node: Scope["node"], parent: OpenScope | null): OpenScope {
    const scope: OpenScope = {
      kind,
      node,
      parent,
      bindings: new Map(),
      globals: new Set(),
      nonlocals: new Set(),
    };
    this.#scopes.set(node, scope);
    return scope;
  }

  /** Nodes are taken from the end, so the first goes on last. */
  #pushAll(nodes: readonly (Node | null)[], scope: OpenScope): void {
    for (let i = nodes.length - 1; i >= 0; i--) {
      const node = nodes[i];
      if (node) this.#pending.push([node, scope]);
    }
  }

  #visit(node: Node, scope: OpenScope): void {
    switch (node.kind) {
      case "FunctionDef":
        this.#target(node.name, "function", node);
        this.#visitFunction(node, scope);
        return;
      case "Lambda":
        this.#visitFunction(node, scope);
        return;
      case "ClassDef": {
        this.#target(node.name, "class", node);
        const inside = this.#open("class", node, scope);
        this.#pushAll([node.body], inside);
        this.#pushAll([...node.decorators, node.name, ...node.args], scope);
        return;
      }
      case "ListComprehension":
      case "SetComprehension":
      case "DictComprehension":
      case "Generator":
        this.#visitComprehension(node, scope);
        return;
      case "Attribute":
        // The attribute's own name belongs to the object, not to a scope.
        this.#pushAll([node.object], scope);
        return;
      case "Argument":
        this.#pushAll([node.value], scope);
        return;
      case "Global":
        for (const name of node.names) scope.globals.add(name.text);
        return;
      case "Nonlocal":
        for (const name of node.names) scope.nonlocals.add(name.text);
        return;
      default:
        this.#markTargets(node);
        this.#pushAll(node.children, scope);
    }
  }

  #visitFunction(node: FunctionDef | Lambda, scope: OpenScope): void {
    const inside = this.#open(node.kind === "Lambda" ? "lambda" : "function", node, scope);
    for (const parameter of node.parameters) this.#target(parameter.name, "parameter", parameter);
    const names = node.parameters.map(parameter => parameter.name);
    const outside = node.parameters.flatMap(each => [each.annotation, each.default]);
    this.#pushAll([...names, node.body], inside);
    const own = node.kind === "Lambda" ? [] : [...node.decorators, node.name];
    const returns = node.kind === "Lambda" ? null : node.returns;
    this.#pushAll([...own, ...outside, returns], scope);
  }

  /** The first iterable is evaluated outside; everything else has a scope of its own. */
  #visitComprehension(node: ComprehensionNode, scope: OpenScope): void {
    const inside = this.#open("comprehension", node, scope);
    const [first, ...rest] = node.clauses;
    for (const clause of node.clauses) {
      if (clause.kind === "ForClause") this.#targetsIn(clause.target, "comprehension", clause);
    }
    const elements = node.kind === "DictComprehension" ? [node.key, node.value] : [node.element];
    const target = first?.kind === "ForClause" ? first.target : null;
    this.#pushAll([target, ...rest.flatMap(clause => clause.children), ...elements], inside);
    if (first?.kind === "ForClause") this.#pushAll([first.iterable], scope);
  }

  #markTargets(node: Node): void {
    switch (node.kind) {
      case "Assign":
        for (const target of node.targets) this.#targetsIn(target, "assignment", node);
        return;
      case "AnnotatedAssign":
        this.#targetsIn(node.target, "annotation", node);
        return;
      case "AugmentedAssign":
        this.#targetsIn(node.target, "augmented", node);
        return;
      case "For":
        this.#targetsIn(node.target, "for", node);
        return;
      case "WithItem":
        if (node.target) this.#targetsIn(node.target, "with", node);
        return;
      case "ExceptHandler":
        if (node.name) this.#target(node.name, "except", node);
        return;
      case "NamedExpression":
        this.#target(node.target, "named-expression", node);
        return;
      case "MatchCase":
        for (const name of node.captures) this.#target(name, "match", node);
        return;
      case "ImportAlias":
        this.#target(node.binds, "import", node);
        return;
      case "ImportFrom":
        this.#hasStarImport ||= node.isStar;
        return;
      case "TypeAlias":
        this.#targetsIn(node.name, "type-alias", node);
        return;
      case "Delete":
        for (const target of node.targets) this.#deletionsIn(target);
        return;
      default:
    }
  }

  #target(name: Name, form: BindingForm, by: Node): void {
    this.#targets.set(name, { form, by });
  }

  #targetsIn(target: Expression, form: BindingForm, by: Node): void {
    for (const name of namesBoundBy(target)) this.#target(name, form, by);
  }

  #deletionsIn(target: Expression): void {
    for (const name of namesBoundBy(target)) this.#targets.set(name, "delete");
  }

  /** Second pass: all binding places are known, so each name finds its scope. */
  resolve(): Bindings {
    for (const { name, scope, target } of this.#uses) {
      if (target) bindingIn(this.#scopeBoundBy(name, scope, target), name.text);
    }
    const references = new Map<Name, Reference>();
    const free = new Map<Name, Scope>();
    for (const { name, scope, target } of this.#uses) {
      const binding = target
        ? bindingIn(this.#scopeBoundBy(name, scope, target), name.text)
        : this.#lookup(name.text, scope);
      if (!binding) {
        free.set(name, scope);
        continue;
      }
      const reference = { node: name, binding, scope, ...useOf(target) };
      binding.references.push(reference);
      references.set(name, reference);
    }
    return {
      moduleScope: this.#moduleScope,
      scopes: this.#scopes,
      references,
      free,
      hasStarImport: this.#hasStarImport,
    };
  }

  /** A walrus binds outside its comprehensions; `global` and `nonlocal` move a name outwards. */
  #scopeBoundBy(name: Name, scope: OpenScope, target: Target): OpenScope {
    let home = scope;
    if (target !== "delete" && target.form === "named-expression") {
      while (home.kind === "comprehension" && home.parent) home = home.parent;
    }
    if (home.globals.has(name.text)) return this.#moduleScope;
    if (!home.nonlocals.has(name.text)) return home;
    for (let outer = home.parent; outer; outer = outer.parent) {
      if (outer.kind !== "class" && outer.bindings.has(name.text)) return outer;
    }
    return home;
  }

  #lookup(name: string, from: OpenScope): OpenBinding | null {
    if (from.globals.has(name)) return this.#moduleScope.bindings.get(name) ?? null;
    for (let scope: OpenScope | null = from; scope; scope = scope.parent) {
      // A class's names are seen in its body only, not in the functions in it.
      if (scope.kind === "class" && scope !== from) continue;
      if (scope.globals.has(name)) return this.#moduleScope.bindings.get(name) ?? null;
      const binding = scope.bindings.get(name);
      if (binding) return binding;
    }
    return null;
  }
}

function useOf(target: Target | null): Pick<Reference, "use" | "form" | "by"> {
  if (!target) return { use: "read", form: null, by: null };
  if (target === "delete") return { use: "delete", form: null, by: null };
  const { form, by } = target;
  return { use: form === "augmented" ? "augmented" : "write", form, by };
}

function bindingIn(scope: OpenScope, name: string): OpenBinding {
  const found = scope.bindings.get(name);
  if (found) return found;
  const binding: OpenBinding = { name, scope, references: [] };
  scope.bindings.set(name, binding);
  return binding;
}

/** The names that an assignment target binds; attributes and subscripts bind none. */
export function namesBoundBy(target: Expression): Name[] {
  const names: Name[] = [];
  const pending: Expression[] = [target];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.kind === "Name") names.push(node);
    else if (isA(node, "Tuple", "List")) pending.push(...[...node.elements].reverse());
    else if (node.kind === "Starred") pending.push(node.value);
  }
  return names;
}
