import {
  type ClassDef,
  type Container,
  type Expression,
  type FunctionDef,
  isA,
  type Lambda,
  type Name,
  type Node,
  type Segment,
  type TypeParameters,
} from "#syntax";
import type { LocalBinding, LocalScope } from "./local-names";
import type { OuterScope } from "./outer-names";
import type { BindingForm, ComprehensionNode, Scope } from "./scope";

export type AnyScope = LocalScope | OuterScope;
export type Target = { readonly form: BindingForm; readonly by: Node } | "delete";

/**
 * The names of a segment where they stand, in source order: the scopes whose code they are part of,
 * and what they bind there. As columns that the next segment overwrites, since a file has very many.
 */
export class Uses {
  readonly names: Name[] = [];
  readonly scopes: AnyScope[] = [];
  readonly targets: (Target | null)[] = [];
  size = 0;

  add(name: Name, scope: AnyScope, target: Target | null): void {
    this.names[this.size] = name;
    this.scopes[this.size] = scope;
    this.targets[this.size] = target;
    this.size++;
  }

  /** Goes over all of them. */
  each(visit: (name: Name, scope: AnyScope, target: Target | null) => void): void {
    for (let i = 0; i < this.size; i++) {
      const name = this.names[i];
      const scope = this.scopes[i];
      if (name && scope) visit(name, scope, this.targets[i] ?? null);
    }
  }
}

/** What the names of one segment are, before it is known what they refer to. */
export interface Collected {
  /** Until the next segment is collected. */
  readonly uses: Uses;
  /** Scopes that open in the segment, in source order. */
  readonly scopes: readonly LocalScope[];
  readonly starImports: number;
  /** True with a `global` in the body of a class or module, which speaks for other segments too. */
  readonly declaresOutside: boolean;
}

/** Most scopes declare no names `global` or `nonlocal`, and share this. */
export const noNames: ReadonlySet<string> = new Set();

/** Adds to the scope's own set; a function may have a statement for each of many names. */
function withNames(before: ReadonlySet<string>, names: readonly Name[]): ReadonlySet<string> {
  const grown = before === noNames ? new Set<string>() : (before as Set<string>);
  for (const { text } of names) grown.add(text);
  return grown;
}

/** Finds which scope each name of a segment stands in, and which names bind: one for many segments. */
export class Collector {
  readonly #openOuter: (container: Container, node: ClassDef, parent: OuterScope) => void;
  readonly #targets = new Map<Name, Target>();
  readonly #uses = new Uses();
  /** What is still to be visited, and the scope that each stands in; of both the first `#size`. */
  readonly #pending: Node[] = [];
  readonly #pendingScopes: AnyScope[] = [];
  #size = 0;
  #container: Container | null = null;
  #scopes: LocalScope[] = [];
  #starImports = 0;
  #declaresOutside = false;

  constructor(openOuter: (container: Container, node: ClassDef, parent: OuterScope) => void) {
    this.#openOuter = openOuter;
  }

  collect({ statements, inner }: Segment, around: OuterScope): Collected {
    this.#container = inner;
    this.#scopes = [];
    this.#starImports = 0;
    this.#declaresOutside = false;
    this.#uses.size = 0;
    this.#pushAll(statements, around);
    this.#visitPending();
    this.#targets.clear();
    return {
      uses: this.#uses,
      scopes: this.#scopes,
      starImports: this.#starImports,
      declaresOutside: this.#declaresOutside,
    };
  }

  #visitPending(): void {
    while (this.#size > 0) {
      this.#size--;
      const node = this.#pending[this.#size];
      const scope = this.#pendingScopes[this.#size];
      if (!node || !scope) continue;
      if (node.kind === "Name") this.#uses.add(node, scope, this.#targets.get(node) ?? null);
      else this.#visit(node, scope);
    }
  }

  #openContainer(node: ClassDef, container: Container, scope: AnyScope): void {
    if ("names" in scope) this.#openOuter(container, node, scope);
  }

  #open(kind: Scope["kind"], node: Scope["node"], parent: AnyScope): LocalScope {
    const scope: LocalScope = {
      kind,
      node,
      parent,
      bindings: new Map<string, LocalBinding>(),
      globals: noNames,
      nonlocals: noNames,
    };
    this.#scopes.push(scope);
    return scope;
  }

  #push(node: Node, scope: AnyScope): void {
    this.#pending[this.#size] = node;
    this.#pendingScopes[this.#size] = scope;
    this.#size++;
  }

  /** Nodes are taken from the end, so the first goes on last. */
  #pushAll(nodes: readonly (Node | null)[], scope: AnyScope): void {
    for (let i = nodes.length - 1; i >= 0; i--) {
      const node = nodes[i];
      if (node) this.#push(node, scope);
    }
  }

  #visit(node: Node, scope: AnyScope): void {
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
        // The members of a class that holds segments have their own turn.
        const around = this.#typeScope(node.typeParameters, scope);
        if (node === this.#container?.node) this.#openContainer(node, this.#container, scope);
        else this.#pushAll([node.body], this.#open("class", node, around));
        this.#pushAll([node.typeParameters, ...node.args], around);
        this.#pushAll([...node.decorators, node.name], scope);
        return;
      }
      case "TypeAlias": {
        this.#targetsIn(node.name, "type-alias", node);
        const around = this.#typeScope(node.typeParameters, scope);
        this.#pushAll([node.typeParameters, node.value], around);
        this.#pushAll([node.name], scope);
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
        this.#push(node.object, scope);
        return;
      case "Argument":
        this.#push(node.value, scope);
        return;
      case "Global":
        this.#declaresOutside ||= "names" in scope;
        scope.globals = withNames(scope.globals, node.names);
        return;
      case "Nonlocal":
        scope.nonlocals = withNames(scope.nonlocals, node.names);
        return;
      default:
        this.#markTargets(node);
        this.#pushAll(node.children, scope);
    }
  }

  #visitFunction(node: FunctionDef | Lambda, scope: AnyScope): void {
    const isNamed = node.kind === "FunctionDef";
    const around = isNamed ? this.#typeScope(node.typeParameters, scope) : scope;
    const inside = this.#open(isNamed ? "function" : "lambda", node, around);
    for (const parameter of node.parameters) this.#target(parameter.name, "parameter", parameter);
    this.#push(node.body, inside);
    for (let i = node.parameters.length - 1; i >= 0; i--) {
      const parameter = node.parameters[i];
      if (parameter) this.#push(parameter.name, inside);
    }
    if (isNamed && node.returns) this.#push(node.returns, around);
    for (let i = node.parameters.length - 1; i >= 0; i--) {
      const parameter = node.parameters[i];
      if (parameter?.default) this.#push(parameter.default, scope);
      if (parameter?.annotation) this.#push(parameter.annotation, around);
    }
    if (!isNamed) return;
    if (node.typeParameters) this.#push(node.typeParameters, around);
    this.#push(node.name, scope);
    this.#pushAll(node.decorators, scope);
  }

  /** Type parameters have a scope of their own around what they belong to. */
  #typeScope(node: TypeParameters | null, scope: AnyScope): AnyScope {
    if (!node) return scope;
    for (const each of node.parameters) this.#target(each.name, "type-parameter", each);
    return this.#open("type-parameters", node, scope);
  }

  /** The first iterable is evaluated outside; everything else has a scope of its own. */
  #visitComprehension(node: ComprehensionNode, scope: AnyScope): void {
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
        if (node.isStar) this.#starImports++;
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
