import type {
  Dict,
  DictComprehension,
  DictEntry,
  Expression,
  ForClause,
  Generator,
  IfClause,
  ListComprehension,
  Node,
  SetComprehension,
  StringLiteral,
  Tuple,
} from "../ast";
import type { BuildContext } from "./context";
import { type Builder, expressionsOf, inner } from "./expressions";

/** Strings, dictionaries and comprehensions. */

const string: Builder = (context, index) => {
  const children = context.childIndices(index);
  const [first] = children;
  const last = children.at(-1);
  const opening = first === undefined ? "" : context.text(first);
  const prefix = [...opening.replace(/["']+$/, "").toLowerCase()].sort().join("");
  const interpolations = expressionsOf(context, index);
  const isWhole = first !== undefined && last !== undefined && first !== last;
  const raw =
    isWhole && interpolations.length === 0
      ? context.flat.text.slice(context.span(first).end, context.span(last).start)
      : null;
  const isBytes = prefix.includes("b");
  const fields = { kind: "String" as const, prefix, isBytes, interpolations, raw };
  return context.make<StringLiteral>(fields, index, interpolations);
};

/** Adjacent literals are one value. */
const concatenated: Builder = (context, index) => {
  const parts = context.childNodes(index).filter(node => node.kind === "String");
  const [first] = parts;
  if (!first) return context.unknown(index, context.childNodes(index));
  const interpolations = parts.flatMap(part => part.interpolations);
  const { prefix, isBytes } = first;
  const fields = { kind: "String" as const, prefix, isBytes, interpolations, raw: null };
  return context.make<StringLiteral>(fields, index, interpolations);
};

/** The expression between braces; its conversion and format may hold more of them. */
const interpolation: Builder = (context, index) => {
  const expression = context.fieldExpression(index, "expression");
  const format = context.fieldIndex(index, "format_specifier");
  const nested = format < 0 ? [] : expressionsOf(context, format);
  if (nested.length === 0) return expression;
  const elements = [expression, ...nested];
  return context.make<Tuple>({ kind: "Tuple", elements }, index, elements);
};

const pair: Builder = (context, index) => {
  const key = context.fieldExpression(index, "key");
  const value = context.fieldExpression(index, "value");
  return context.make<DictEntry>({ kind: "DictEntry", key, value }, index, [key, value]);
};

const dictionary: Builder = (context, index) => {
  const entries: DictEntry[] = [];
  for (const child of context.childIndices(index)) {
    const node = context.built[child];
    if (!node) continue;
    if (node.kind === "DictEntry") entries.push(node);
    else if (context.typeName(child) === "dictionary_splat") {
      const value = context.expression(child);
      const fields = { kind: "DictEntry" as const, key: null, value };
      entries.push(context.make<DictEntry>(fields, child, [value]));
    }
  }
  const open = context.bracket(index, "first");
  const close = context.bracket(index, "last");
  return context.make<Dict>({ kind: "Dict", entries, open, close }, index, entries);
};

const forClause: Builder = (context, index) => {
  const isAsync = context.hasToken(index, "async");
  const target = context.fieldExpression(index, "left");
  const right = context.fieldIndices(index, "right").filter(part => context.built[part]);
  const [only] = right;
  const iterable: Expression =
    only === undefined ? context.unknown(index, []) : context.expression(only);
  const fields = { kind: "ForClause" as const, isAsync, target, iterable };
  return context.make<ForClause>(fields, index, [target, iterable]);
};

const ifClause: Builder = (context, index) => {
  const [test] = expressionsOf(context, index);
  if (!test) return context.unknown(index, []);
  return context.make<IfClause>({ kind: "IfClause", test }, index, [test]);
};

function comprehensionParts(context: BuildContext, index: number) {
  const clauses: (ForClause | IfClause)[] = [];
  for (const node of context.childNodes(index)) {
    if (node.kind === "ForClause" || node.kind === "IfClause") clauses.push(node);
  }
  return {
    clauses,
    isAsync: clauses.some(clause => clause.kind === "ForClause" && clause.isAsync),
    open: context.bracket(index, "first"),
    close: context.bracket(index, "last"),
  };
}

const comprehension =
  (kind: "ListComprehension" | "SetComprehension" | "Generator"): Builder =>
  (context, index) => {
    const parts = comprehensionParts(context, index);
    const element = context.fieldExpression(index, "body");
    const isAsync = parts.isAsync || awaits(element, parts.clauses);
    const fields = { kind, element, ...parts, isAsync };
    return context.make<ListComprehension | SetComprehension | Generator>(fields, index, [
      element,
      ...parts.clauses,
    ]);
  };

const dictComprehension: Builder = (context, index) => {
  const parts = comprehensionParts(context, index);
  const entry = context.fieldNode(index, "body");
  if (entry?.kind !== "DictEntry" || !entry.key) {
    return context.unknown(index, context.childNodes(index));
  }
  const { key, value } = entry;
  const isAsync = parts.isAsync || awaits(key, [value, ...parts.clauses]);
  const fields = { kind: "DictComprehension" as const, key, value, ...parts, isAsync };
  return context.make<DictComprehension>(fields, index, [key, value, ...parts.clauses]);
};

/** An `await` makes a comprehension asynchronous, but not one inside a nested lambda or generator. */
function awaits(element: Node, others: readonly Node[]): boolean {
  const pending: Node[] = [element, ...others];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.kind === "Await") return true;
    // A nested comprehension knows it already; looking into it again would cost the square of depth.
    if ("isAsync" in node && "clauses" in node) {
      if (node.isAsync && node.kind !== "Generator") return true;
    } else if (node.kind !== "Lambda") pending.push(...node.children);
  }
  return false;
}

export const literalBuilders: Readonly<Record<string, Builder>> = {
  string,
  concatenated_string: concatenated,
  interpolation,
  format_expression: interpolation,
  pair,
  dictionary,
  for_in_clause: forClause,
  if_clause: ifClause,
  list_comprehension: comprehension("ListComprehension"),
  set_comprehension: comprehension("SetComprehension"),
  generator_expression: comprehension("Generator"),
  dictionary_comprehension: dictComprehension,
  format_specifier: () => null,
  type_conversion: () => null,
  chevron: inner,
};
