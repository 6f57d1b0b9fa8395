import { importedName } from "./imported-name";
import type { Binding, Reference, Scope } from "./scope";

/** A scope inside one segment: of a function, a lambda, a comprehension, a class in a function. */
export interface LocalScope extends Scope {
  readonly parent: Scope;
  readonly bindings: Map<string, LocalBinding>;
  globals: ReadonlySet<string>;
  nonlocals: ReadonlySet<string>;
}

/** A name of a local scope. Its references are added while its segment is bound, never later. */
export class LocalBinding implements Binding {
  readonly name: string;
  readonly scope: Scope;
  readonly references: Reference[] = [];
  #writes: readonly Reference[] | null = null;
  #importedName: string | null | undefined;

  constructor(name: string, scope: Scope) {
    this.name = name;
    this.scope = scope;
  }

  get writes(): readonly Reference[] {
    return (this.#writes ??= this.references.filter(({ use }) => use !== "read"));
  }

  get importedName(): string | null {
    if (this.#importedName === undefined) this.#importedName = importedName(this.writes);
    return this.#importedName;
  }
}
