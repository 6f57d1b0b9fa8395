import type { ClassDef, Module, Name, Node, Segment, SourceFile } from "#syntax";
import { type AnyScope, type Collected, Collector, noNames, type Target } from "./collect-uses";
import { LocalBinding, type LocalScope } from "./local-names";
import {
  type ClassRead,
  OuterName,
  OuterNames,
  type OuterScope,
  outside,
  type Watch,
} from "./outer-names";
import type { Binding, Reference, Scope } from "./scope";

/** How many names edits may add, each some hundred bytes, before all of a file is bound anew. */
const spareNames = 2000;

/** What one segment has put into the tables, so that it can be taken out again. */
interface BoundSegment extends Omit<Collected, "uses"> {
  readonly outer: ReadonlySet<OuterName>;
  readonly containers: readonly ClassDef[];
}

/** Segments whose own code, or the meaning of whose names, is another than before. */
export interface NameChanges {
  /** Those that are there now; the ones that went are not among them. */
  readonly segments: ReadonlySet<Segment>;
  /** Names that a changed segment mentions, or that one that went mentioned. */
  readonly mentioned: ReadonlySet<OuterName>;
  /** Those of them that such a segment binds. */
  readonly written: ReadonlySet<OuterName>;
}

/**
 * The scopes of a file and what each name in it refers to, as CPython's compiler sees it. Kept by
 * segment: an edit takes the names of the segments that went out and puts in those that came.
 */
export class FileNames {
  readonly moduleScope: OuterScope;
  readonly #watch: Watch;
  readonly #scopes = new Map<Node, Scope>();
  readonly #containers = new Map<ClassDef | Module, OuterScope>();
  readonly #segments = new Map<Segment, BoundSegment>();
  #starImports = 0;
  #outsideDeclarations = 0;
  /** With more names than this, most are of what was typed once and is no longer there. */
  readonly #mostNames: number;

  constructor(file: SourceFile, watch: Watch) {
    this.#watch = watch;
    this.moduleScope = this.#openOuter("module", file.module, null);
    this.#addAll(file.segments);
    this.#mostNames = this.#nameCount() + spareNames;
  }

  /** True when a name may come from anywhere. */
  get hasStarImport(): boolean {
    return this.#starImports > 0;
  }

  scopeOpenedBy(node: Node): Scope | null {
    return this.#scopes.get(node) ?? null;
  }

  /** All scopes, each after the one around it. */
  get scopes(): Iterable<Scope> {
    if (this.#watch.reads) this.#watch.reads.allScopes = true;
    return this.#scopes.values();
  }

  /** The reference that a name is; null for builtins, unknown names and attribute names. */
  referenceOf(name: Name): Reference | null {
    const reference = this.#resolved(name);
    return reference?.binding instanceof OuterName && !reference.binding.isBound ? null : reference;
  }

  /** Tells whether a name is one that no scope binds. */
  isFree(name: Name): boolean {
    const binding = this.#resolved(name)?.binding;
    return binding instanceof OuterName && !binding.isBound;
  }

  #resolved(name: Name): Reference | null {
    // Only this class writes there, and one model at a time speaks of a file.
    const reference = name.reference as Reference | null;
    if (!reference) return null;
    const beyond = outside(reference);
    return beyond && reference.binding instanceof OuterName && !reference.binding.isBound
      ? beyond
      : reference;
  }

  /**
   * Exchanges segments, and tells which others' names may mean something else now. Null when
   * everything may: after a star import or a declaration that speaks for the whole file. Null too
   * when there are too many names that nobody mentions any more: what looked at a name rests on its
   * entry, so these go only all at once.
   */
  update(removed: readonly Segment[], added: readonly Segment[]): NameChanges | null {
    const speaksForAll = () => `${this.hasStarImport} ${this.#outsideDeclarations}`;
    const before = speaksForAll();
    const mentioned = new Set<OuterName>();
    const written = new Set<OuterName>();
    const signatures = new Map<OuterName, string>();
    const note = (segment: Segment) => {
      for (const name of this.#segments.get(segment)?.outer ?? []) {
        mentioned.add(name);
        if (!writes(name, segment)) continue;
        written.add(name);
      }
    };
    for (const segment of removed) note(segment);
    for (const name of written) signatures.set(name, name.signature);
    for (const segment of removed) this.#remove(segment);
    const inOrder = [...added].sort((a, b) => a.offset - b.offset);
    this.#addAll(inOrder);
    for (const segment of added) note(segment);
    if (before !== speaksForAll() || this.#outsideDeclarations > 0) return null;
    if (this.#nameCount() > this.#mostNames) return null;
    const segments = new Set(added);
    for (const name of written) {
      // A name that nothing bound before has the signature of nothing.
      if ((signatures.get(name) ?? "") === name.signature) continue;
      for (const segment of mentioners(name)) segments.add(segment);
    }
    for (const segment of segments) {
      for (const name of this.#segments.get(segment)?.outer ?? []) mentioned.add(name);
    }
    return { segments, mentioned, written };
  }

  #nameCount(): number {
    let count = 0;
    for (const { names } of this.#containers.values()) count += names.size;
    return count;
  }

  #openOuter(kind: OuterScope["kind"], node: ClassDef | Module, parent: OuterScope | null) {
    const names = new OuterNames(this.#watch);
    const scope: OuterScope = {
      kind,
      node,
      parent,
      names,
      bindings: names,
      globals: noNames,
      nonlocals: noNames,
    };
    names.setScope(scope);
    this.#scopes.set(node, scope);
    this.#containers.set(node, scope);
    return scope;
  }

  #addAll(segments: readonly Segment[]): void {
    let containers: ClassDef[] = [];
    const collector = new Collector((_, node, parent) => {
      this.#openOuter("class", node, parent);
      containers.push(node);
    });
    for (const segment of segments) {
      containers = [];
      const collected = collector.collect(segment, this.#around(segment));
      this.#add(segment, collected, containers);
    }
  }

  #add(segment: Segment, collected: Collected, containers: readonly ClassDef[]): void {
    for (const scope of collected.scopes) this.#scopes.set(scope.node, scope);
    const outer = new Set<OuterName>();
    collected.uses.each((name, scope, target) => {
      if (target) bindIn(scopeBoundBy(name, scope, target), name.text);
    });
    const into = { segment, outer };
    collected.uses.each((name, scope, target) => {
      this.#refer(name, scope, target, into);
    });
    this.#starImports += collected.starImports;
    if (collected.declaresOutside) this.#outsideDeclarations++;
    // The uses are known to their names now.
    const { scopes, starImports, declaresOutside } = collected;
    this.#segments.set(segment, { scopes, starImports, declaresOutside, outer, containers });
  }

  #around(segment: Segment): OuterScope {
    const { node } = segment.container;
    return (node && this.#containers.get(node)) ?? this.moduleScope;
  }

  #refer(
    name: Name,
    scope: AnyScope,
    target: Target | null,
    { segment, outer }: { readonly segment: Segment; readonly outer: Set<OuterName> },
  ): void {
    const home = target ? scopeBoundBy(name, scope, target) : scopeReadBy(name.text, scope);
    if (!isOuter(home)) {
      const binding = bindIn(home, name.text);
      const reference = referenceTo(binding, name, scope, target);
      binding.references.push(reference);
      name.reference = reference;
      return;
    }
    const binding = home.names.entry(name.text);
    const reference =
      target === null && home.kind === "class"
        ? this.#classRead(name, scope, binding, outer)
        : referenceTo(binding, name, scope, target);
    outer.add(binding);
    binding.add(segment, reference);
    name.reference = reference;
  }

  /** A read in a class's body means the class's name or the module's, as other segments decide. */
  #classRead(name: Name, scope: Scope, binding: OuterName, outer: Set<OuterName>): ClassRead {
    const beyond = this.moduleScope.names.entry(binding.name);
    beyond.addClass(binding);
    outer.add(beyond);
    return {
      ...referenceTo(binding, name, scope, null),
      outside: referenceTo(beyond, name, scope, null),
    };
  }

  #remove(segment: Segment): void {
    const bound = this.#segments.get(segment);
    if (!bound) return;
    for (const { node } of bound.scopes) this.#scopes.delete(node);
    for (const node of bound.containers) this.#closeContainer(node);
    for (const name of bound.outer) name.remove(segment);
    this.#starImports -= bound.starImports;
    if (bound.declaresOutside) this.#outsideDeclarations--;
    this.#segments.delete(segment);
  }

  #closeContainer(node: ClassDef): void {
    for (const name of this.#containers.get(node)?.names.entries() ?? []) {
      name.beyond?.inClasses?.delete(name);
      name.beyond?.forget();
    }
    this.#scopes.delete(node);
    this.#containers.delete(node);
  }
}

function isOuter(scope: AnyScope): scope is OuterScope {
  return "names" in scope;
}

function writes(name: OuterName, segment: Segment): boolean {
  return name.uses.get(segment)?.some(({ use }) => use !== "read") ?? false;
}

/** Every segment that mentions a name, also those whose class may bind it instead. */
function* mentioners(name: OuterName): Generator<Segment, void> {
  yield* name.uses.keys();
  for (const each of name.inClasses ?? []) yield* each.uses.keys();
}

/** A walrus binds outside its comprehensions; `global` and `nonlocal` move a name outwards. */
function scopeBoundBy(name: Name, scope: AnyScope, target: Target): AnyScope {
  let home = scope;
  if (target !== "delete" && target.form === "named-expression") {
    while (home.kind === "comprehension") home = home.parent as AnyScope;
  }
  if (home.globals.has(name.text)) return moduleOf(home);
  if (!home.nonlocals.has(name.text)) return home;
  for (let outer = home.parent; outer; outer = outer.parent) {
    if (outer.kind === "function" || outer.kind === "lambda" || outer.kind === "comprehension") {
      if (outer.bindings.has(name.text)) return outer as LocalScope;
    }
  }
  return home;
}

/** The scope in which a name is looked up: a local one that binds it, else the one around all. */
function scopeReadBy(name: string, from: AnyScope): AnyScope {
  let last = from;
  for (let scope: Scope | null = from; scope; scope = scope.parent) {
    last = scope as AnyScope;
    // A class's names are seen in its body and in type parameters there, not in the functions in it.
    const isSeen = last === from || (from.kind === "type-parameters" && from.parent === last);
    if (last.kind === "class" && !isSeen) continue;
    if (last.globals.has(name)) return moduleOf(last);
    if (isOuter(last) || last.bindings.has(name)) return last;
  }
  return last;
}

function moduleOf(scope: AnyScope): OuterScope {
  let top: Scope = scope;
  while (top.parent) top = top.parent;
  return top as OuterScope;
}

/** Makes sure that a local scope binds a name. */
function bindIn(scope: LocalScope, name: string): LocalBinding;
function bindIn(scope: AnyScope, name: string): LocalBinding | OuterName;
function bindIn(scope: AnyScope, name: string): LocalBinding | OuterName {
  if (isOuter(scope)) return scope.names.entry(name);
  const found = scope.bindings.get(name);
  if (found) return found;
  const binding = new LocalBinding(name, scope);
  scope.bindings.set(name, binding);
  return binding;
}

/** Written out as one literal: there is one for each name of a file. */
function referenceTo(binding: Binding, node: Name, scope: Scope, target: Target | null): Reference {
  if (target === null) return { node, binding, scope, use: "read", form: null, by: null };
  if (target === "delete") return { node, binding, scope, use: "delete", form: null, by: null };
  const { form, by } = target;
  return { node, binding, scope, use: form === "augmented" ? "augmented" : "write", form, by };
}
