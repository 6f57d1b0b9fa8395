import type { Span } from "#base";
import type { Block, Module, Node, Statement } from "./ast";
import { type Container, statementsOf } from "./segment";

/*
 * Nodes whose statements are a container's, so that reading them is noted. They are classes, not
 * literals with getters: V8 gives each such literal a hidden class of its own, in the old space,
 * which keeps the whole tree alive until that is collected and makes every `node.kind` slow.
 */
abstract class Listed {
  readonly span: Span;
  readonly parent: Node | null = null;
  readonly isBroken: boolean;
  readonly #container: Container;

  constructor(container: Container, span: Span, isBroken: boolean) {
    this.span = span;
    this.isBroken = isBroken;
    this.#container = container;
  }

  get children(): readonly Statement[] {
    return statementsOf(this.#container);
  }

  get body(): readonly Statement[] {
    return statementsOf(this.#container);
  }
}

/** The module, or what was read of it. */
export class ListedModule extends Listed implements Module {
  readonly kind = "Module";
}

/** The block of a class whose members have segments of their own. */
export class ListedBlock extends Listed implements Block {
  readonly kind = "Block";
}
