import type { Span } from "#base";
import type { Expression, Name, Node } from "../ast";
import type { FlatTree } from "../flat-tree";
import type { Grammar } from "../grammar";

/** A node while it is being built: its place in the tree is set when its holder is. */
type Unplaced<T> = Omit<T, "span" | "parent" | "children" | "isBroken">;

/** What building writes into a node after its own fields; nobody writes to it later. */
interface Placeable {
  span?: Span;
  parent?: Node | null;
  children?: readonly Node[];
  isBroken?: boolean;
}

/**
 * What builders work with: the flat tree, and the nodes built so far. Nodes are built from the last
 * to the first, so that those below a node exist before it, however deep the nesting.
 */
export class BuildContext {
  /** `built[i]` is the node for flat node `i`; null for tokens and groups. */
  readonly built: (Node | null)[];

  readonly flat: FlatTree;
  readonly grammar: Grammar;

  constructor(flat: FlatTree, grammar: Grammar) {
    this.flat = flat;
    this.grammar = grammar;
    this.built = new Array<Node | null>(flat.size).fill(null);
  }

  typeName(index: number): string {
    const type = this.flat.types[index] ?? 0;
    return type === this.grammar.error ? "ERROR" : (this.grammar.typeNames[type] ?? "");
  }

  span(index: number): Span {
    return { start: this.flat.starts[index] ?? 0, end: this.flat.ends[index] ?? 0 };
  }

  text(index: number): string {
    return this.flat.text.slice(this.flat.starts[index], this.flat.ends[index]);
  }

  /** Indices of the direct children, tokens and groups too. */
  childIndices(index: number): number[] {
    const result: number[] = [];
    const end = this.flat.after[index] ?? 0;
    for (let child = index + 1; child < end; child = this.flat.after[child] ?? end) {
      result.push(child);
    }
    return result;
  }

  /** The nodes of the direct children that have one. */
  childNodes(index: number): Node[] {
    const result: Node[] = [];
    const end = this.flat.after[index] ?? 0;
    for (let child = index + 1; child < end; child = this.flat.after[child] ?? end) {
      const node = this.built[child];
      if (node) result.push(node);
    }
    return result;
  }

  /** Index of the child that the named field holds, or -1. */
  fieldIndex(index: number, field: string): number {
    const id = this.grammar.field(field);
    const { fields, after } = this.flat;
    const end = after[index] ?? 0;
    for (let child = index + 1; child < end; child = after[child] ?? end) {
      if (fields[child] === id) return child;
    }
    return -1;
  }

  fieldIndices(index: number, field: string): number[] {
    const id = this.grammar.field(field);
    return this.childIndices(index).filter(child => this.flat.fields[child] === id);
  }

  fieldNode(index: number, field: string): Node | null {
    const at = this.fieldIndex(index, field);
    return at < 0 ? null : (this.built[at] ?? null);
  }

  /** Index of the first child of a type, or -1. */
  typeIndex(index: number, type: string): number {
    const end = this.flat.after[index] ?? 0;
    for (let child = index + 1; child < end; child = this.flat.after[child] ?? end) {
      if (this.typeName(child) === type) return child;
    }
    return -1;
  }

  hasToken(index: number, token: string): boolean {
    return this.typeIndex(index, token) >= 0;
  }

  /** Span of the first or the last child, which brackets are. */
  bracket(index: number, which: "first" | "last"): Span {
    const children = this.childIndices(index);
    const at = children.at(which === "first" ? 0 : -1);
    const whole = this.span(index);
    if (at === undefined) return { start: whole.start, end: whole.start };
    return this.span(at);
  }

  /** The node as an expression; what is missing or no expression becomes unknown. */
  expression(index: number): Expression {
    const node = index < 0 ? null : this.built[index];
    if (node && isExpression(node)) return node;
    return this.unknown(index, node ? [node] : []);
  }

  fieldExpression(index: number, field: string): Expression {
    const at = this.fieldIndex(index, field);
    return at < 0 ? this.unknown(index, [], true) : this.expression(at);
  }

  optionalExpression(index: number, field: string): Expression | null {
    const at = this.fieldIndex(index, field);
    return at < 0 ? null : this.expression(at);
  }

  name(index: number): Name {
    const node = this.built[index];
    if (node?.kind === "Name") return node;
    return this.make<Name>({ kind: "Name", text: this.text(index) }, index, []);
  }

  fieldName(index: number, field: string): Name {
    const at = this.fieldIndex(index, field);
    if (at >= 0) return this.name(at);
    const { start } = this.span(index);
    const empty = { kind: "Name" as const, text: "" };
    return this.makeAt<Name>(empty, { start, end: start }, [], true);
  }

  unknown(index: number, children: readonly Node[], isMissing = false): Node & { kind: "Unknown" } {
    const span = index < 0 ? { start: 0, end: 0 } : this.span(index);
    const isBroken = isMissing || index < 0 || this.flat.broken[index] === 1;
    return this.makeAt({ kind: "Unknown" as const }, span, children, isBroken);
  }

  /** Finishes the node of flat node `index`. `children` are its nodes in source order. */
  make<T extends Node>(fields: Unplaced<T>, index: number, children: readonly (Node | null)[]): T {
    return this.makeAt(fields, this.span(index), children, this.flat.broken[index] === 1);
  }

  makeAt<T extends Node>(
    fields: Unplaced<T>,
    span: Span,
    children: readonly (Node | null)[],
    isBroken: boolean,
  ): T {
    // Filled in place, not spread: builders hand over fresh objects, and spreading costs more than
    // all the rest of building.
    const node = fields as Placeable;
    const present = children.includes(null)
      ? children.filter(child => child !== null)
      : (children as readonly Node[]);
    node.span = span;
    node.parent = null;
    node.children = present;
    node.isBroken = isBroken;
    for (const child of present) (child as Placeable).parent = node as unknown as Node;
    return fields as unknown as T;
  }
}

const expressionKinds: ReadonlySet<string> = new Set<Expression["kind"]>([
  "Name",
  "Number",
  "String",
  "Constant",
  "List",
  "Tuple",
  "Set",
  "Dict",
  "ListComprehension",
  "SetComprehension",
  "Generator",
  "DictComprehension",
  "Call",
  "Attribute",
  "Subscript",
  "Slice",
  "Binary",
  "Boolean",
  "Compare",
  "Unary",
  "Conditional",
  "Lambda",
  "NamedExpression",
  "Starred",
  "Await",
  "Yield",
  "Unknown",
]);

/** Tells expressions from the other nodes. */
export function isExpression(node: Node): node is Expression {
  return expressionKinds.has(node.kind);
}
