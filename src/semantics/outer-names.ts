import type { Container, Segment } from "#syntax";
import { importedName } from "./imported-name";
import type { Binding, BindingTable, Reference, Scope } from "./scope";

/**
 * What a piece of analysis looked at beyond its own segment, so that it is known which changes make
 * it stale. What a name is bound to is not noted: whoever mentions a name is told of that anyway.
 */
export interface Reads {
  /** Names of which every mention was looked at. */
  readonly references: Set<OuterName>;
  /** Names of which the writes were looked at, with what they write. */
  readonly writes: Set<OuterName>;
  /** Lists of statements of the module or of a class that were gone over. */
  readonly containers: Set<Container>;
  /** Names of which every attribute was looked at. */
  readonly attributes: Set<string>;
  /** Scopes of which all names were gone over. */
  readonly scopes: Set<OuterScope>;
  /** True when all scopes of the file were. */
  allScopes: boolean;
}

export function newReads(): Reads {
  return {
    references: new Set(),
    writes: new Set(),
    containers: new Set(),
    attributes: new Set(),
    scopes: new Set(),
    allScopes: false,
  };
}

/** Tells whether a piece looked at nothing beyond its own segment. */
export function readsNothing(reads: Reads): boolean {
  const { references, writes, containers, attributes, scopes, allScopes } = reads;
  const count = references.size + writes.size + containers.size + attributes.size + scopes.size;
  return count === 0 && !allScopes;
}

/** What a piece that looked at nothing else has looked at; shared, and never added to. */
export const noReads: Readonly<Reads> = newReads();

/** Notes what is read while a piece of analysis runs; nobody is noted otherwise. */
export interface Watch {
  reads: Reads | null;
}

/** A scope whose names are mentioned by several segments: the module's, or a class's in it. */
export interface OuterScope extends Scope {
  readonly kind: "module" | "class";
  readonly parent: OuterScope | null;
  readonly names: OuterNames;
  globals: ReadonlySet<string>;
  nonlocals: ReadonlySet<string>;
}

/** A name of the module or of a class, whether something binds it or not. */
export class OuterName implements Binding {
  readonly name: string;
  readonly scope: OuterScope;
  /** References by the segment that they stand in, in source order. */
  readonly uses = new Map<Segment, Reference[]>();
  /** The same name in classes whose bodies read it: where the class binds it not, they mean this. */
  inClasses: Set<OuterName> | null = null;
  /** For a class's name that its body reads: the module's name of the same spelling. */
  beyond: OuterName | null = null;
  readonly #watch: Watch;
  #writeCount = 0;
  /** What is made of `uses` when asked for; dropped when they change. */
  #references: readonly Reference[] | null = null;
  #writes: readonly Reference[] | null = null;
  #importedName: string | null | undefined;

  constructor(name: string, scope: OuterScope, watch: Watch) {
    this.name = name;
    this.scope = scope;
    this.#watch = watch;
  }

  /** Whether anything binds it here; else it is a builtin or unknown, or the module's. */
  get isBound(): boolean {
    return this.#writeCount > 0;
  }

  get references(): readonly Reference[] {
    this.#watch.reads?.references.add(this);
    return (this.#references ??= this.#inOrder());
  }

  get writes(): readonly Reference[] {
    this.#watch.reads?.writes.add(this);
    return this.#allWrites();
  }

  get importedName(): string | null {
    if (this.#importedName === undefined) this.#importedName = importedName(this.#allWrites());
    return this.#importedName;
  }

  /** How it is bound, without what it is bound to: whoever mentions the name may rest on this. */
  get signature(): string {
    return this.#allWrites()
      .map(({ form, use, by }) => `${form ?? use} ${by?.kind ?? ""}`)
      .concat(this.importedName ?? "")
      .join();
  }

  add(segment: Segment, reference: Reference): void {
    const there = this.uses.get(segment);
    if (there) there.push(reference);
    else this.uses.set(segment, [reference]);
    if (reference.use !== "read") this.#writeCount++;
    this.forget();
  }

  /** Notes that a class's body reads the name, which may be its own. */
  addClass(name: OuterName): void {
    this.inClasses ??= new Set();
    this.inClasses.add(name);
    name.beyond = this;
  }

  remove(segment: Segment): void {
    for (const { use } of this.uses.get(segment) ?? []) if (use !== "read") this.#writeCount--;
    this.uses.delete(segment);
    this.forget();
  }

  forget(): void {
    this.beyond?.forget();
    this.#references = null;
    this.#writes = null;
    this.#importedName = undefined;
  }

  #allWrites(): readonly Reference[] {
    if (this.#writeCount === 0) return none;
    return (this.#writes ??= this.#writesInOrder());
  }

  /** Of a name that a file mentions everywhere few mentions write it: only those are sorted. */
  #writesInOrder(): readonly Reference[] {
    const found: Reference[] = [];
    for (const references of this.uses.values()) {
      for (const each of references) if (each.use !== "read") found.push(each);
    }
    return this.uses.size === 1 ? found : found.sort(byPlace);
  }

  #inOrder(): readonly Reference[] {
    const own = [...this.uses.values()].flat();
    const isOneSegment = this.uses.size === 1 && !this.inClasses;
    if (isOneSegment) return own;
    const read = [...(this.inClasses ?? [])].flatMap(each =>
      each.isBound ? [] : each.readsOutside(),
    );
    return [...own, ...read].sort(byPlace);
  }

  /** The reads in a class's body, as they are when the class does not bind the name. */
  readsOutside(): readonly Reference[] {
    return [...this.uses.values()].flat().map(each => outside(each) ?? each);
  }
}

const none: readonly never[] = [];

function byPlace(a: Reference, b: Reference): number {
  return a.node.span.start - b.node.span.start;
}

/** A read in the body of a class: of the class's name if it binds that, else of the module's. */
export interface ClassRead extends Reference {
  readonly outside: Reference;
}

export function outside(reference: Reference): Reference | null {
  return "outside" in reference ? (reference as ClassRead).outside : null;
}

/** The names of an outer scope. */
export class OuterNames implements BindingTable {
  readonly #byName = new Map<string, OuterName>();
  readonly #watch: Watch;
  #scope: OuterScope | null = null;

  constructor(watch: Watch) {
    this.#watch = watch;
  }

  /** Told once, since scope and names know each other. */
  setScope(scope: OuterScope): void {
    this.#scope = scope;
  }

  /** The name's entry, made when it is not there. */
  entry(name: string): OuterName {
    const found = this.#byName.get(name);
    if (found) return found;
    if (!this.#scope) throw new Error("names without a scope");
    const made = new OuterName(name, this.#scope, this.#watch);
    this.#byName.set(name, made);
    return made;
  }

  get(name: string): Binding | undefined {
    const entry = this.entry(name);
    this.#watch.reads?.writes.add(entry);
    return entry.isBound ? entry : undefined;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /** How many entries there are, bound or not. */
  get size(): number {
    return this.#byName.size;
  }

  /** Every entry, bound or not. */
  entries(): Iterable<OuterName> {
    return this.#byName.values();
  }

  *values(): Generator<Binding, void> {
    if (this.#scope) this.#watch.reads?.scopes.add(this.#scope);
    for (const each of this.#byName.values()) if (each.isBound) yield each;
  }
}
