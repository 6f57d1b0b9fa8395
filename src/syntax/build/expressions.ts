import type {
  Argument,
  Attribute,
  Await,
  Binary,
  BooleanOperation,
  Call,
  Compare,
  Conditional,
  Constant,
  Expression,
  Lambda,
  List,
  Name,
  NamedExpression,
  Node,
  NumberLiteral,
  SetLiteral,
  Slice,
  Starred,
  Subscript,
  Tuple,
  Unary,
  Yield,
} from "../ast";
import { type BuildContext, isExpression } from "./context";
import { parametersOf } from "./parameters";

/** Builds the node of one flat node; null where the holder reads the group itself. */
export type Builder = (context: BuildContext, index: number) => Node | null;

/** Expression children of a group, tokens left out. */
export function expressionsOf(context: BuildContext, index: number): Expression[] {
  return context.childNodes(index).filter(isExpression);
}

/** Parentheses and the like stand for what they hold. */
export const inner: Builder = (context, index) => {
  const nodes = context.childNodes(index);
  return nodes.length === 1 ? (nodes[0] ?? null) : context.unknown(index, nodes);
};

const name: Builder = (context, index) =>
  context.make<Name>({ kind: "Name", text: context.text(index) }, index, []);

const number: Builder = (context, index) =>
  context.make<NumberLiteral>({ kind: "Number", text: context.text(index) }, index, []);

const constant =
  (value: Constant["value"]): Builder =>
  (context, index) =>
    context.make<Constant>({ kind: "Constant", value }, index, []);

const bracketed =
  (kind: "List" | "Set"): Builder =>
  (context, index) => {
    const elements = expressionsOf(context, index);
    const open = context.bracket(index, "first");
    const close = context.bracket(index, "last");
    return context.make<List | SetLiteral>({ kind, elements, open, close }, index, elements);
  };

export const tuple: Builder = (context, index) => {
  const elements = expressionsOf(context, index);
  return context.make<Tuple>({ kind: "Tuple", elements }, index, elements);
};

const starred: Builder = (context, index) => {
  const [value] = expressionsOf(context, index);
  if (!value) return context.unknown(index, []);
  return context.make<Starred>({ kind: "Starred", value }, index, [value]);
};

const call: Builder = (context, index) => {
  const callee = context.fieldExpression(index, "function");
  const list = context.fieldIndex(index, "arguments");
  const generator = list < 0 ? null : context.built[list];
  if (generator?.kind === "Generator") {
    const argument = context.makeAt<Argument>(
      { kind: "Argument", name: null, value: generator, shape: "positional" },
      generator.span,
      [generator],
      generator.isBroken,
    );
    const { open, close } = generator;
    const fields = { kind: "Call" as const, callee, args: [argument], trailingComma: null };
    return context.make<Call>({ ...fields, open, close }, index, [callee, argument]);
  }
  const args = list < 0 ? [] : argumentsOf(context, list);
  const open = context.bracket(list < 0 ? index : list, "first");
  const close = context.bracket(list < 0 ? index : list, "last");
  const trailingComma = list < 0 ? null : trailingCommaOf(context, list);
  const fields = { kind: "Call" as const, callee, args, open, close, trailingComma };
  return context.make<Call>(fields, index, [callee, ...args]);
};

function trailingCommaOf(context: BuildContext, list: number) {
  const last = context.childIndices(list).at(-2);
  return last !== undefined && context.typeName(last) === "," ? context.span(last) : null;
}

/** Arguments of a call or of a class definition. */
export function argumentsOf(context: BuildContext, list: number): Argument[] {
  const result: Argument[] = [];
  for (const child of context.childIndices(list)) {
    const argument = argumentOf(context, child);
    if (argument) result.push(argument);
  }
  return result;
}

function argumentOf(context: BuildContext, index: number): Argument | null {
  const type = context.typeName(index);
  const node = context.built[index];
  if (type === "keyword_argument") {
    const keyword = context.fieldName(index, "name");
    const value = context.fieldExpression(index, "value");
    const fields = { kind: "Argument" as const, name: keyword, value, shape: "keyword" as const };
    return context.make<Argument>(fields, index, [keyword, value]);
  }
  if (!node || !isExpression(node)) return null;
  if (type === "list_splat" || type === "dictionary_splat") {
    const value = node.kind === "Starred" ? node.value : node;
    const shape = type === "list_splat" ? "star" : "doubleStar";
    return context.make<Argument>({ kind: "Argument", name: null, value, shape }, index, [value]);
  }
  const fields = { kind: "Argument" as const, name: null, value: node };
  return context.make<Argument>({ ...fields, shape: "positional" }, index, [node]);
}

const attribute: Builder = (context, index) => {
  const object = context.fieldExpression(index, "object");
  const member = context.fieldName(index, "attribute");
  const fields = { kind: "Attribute" as const, object, name: member };
  return context.make<Attribute>(fields, index, [object, member]);
};

const subscript: Builder = (context, index) => {
  const object = context.fieldExpression(index, "value");
  const parts = context.fieldIndices(index, "subscript").map(part => context.expression(part));
  return subscriptNode(context, index, object, parts);
};

function subscriptNode(
  context: BuildContext,
  index: number,
  object: Expression,
  parts: readonly Expression[],
): Node {
  const [first] = parts;
  const last = parts.at(-1);
  if (!first || !last) return context.unknown(index, [object]);
  const span = { start: first.span.start, end: last.span.end };
  const item: Expression =
    parts.length === 1
      ? first
      : context.makeAt<Tuple>({ kind: "Tuple", elements: parts }, span, parts, false);
  const fields = { kind: "Subscript" as const, object, index: item };
  return context.make<Subscript>(fields, index, [object, item]);
}

/** `list[int]` in an annotation, which the grammar gives a type of its own. */
const genericType: Builder = (context, index) => {
  const [object, ...parts] = expressionsOf(context, index);
  const group = context.typeIndex(index, "type_parameter");
  const all = group < 0 ? parts : expressionsOf(context, group);
  if (!object) return context.unknown(index, all);
  return subscriptNode(context, index, object, all);
};

const memberType: Builder = (context, index) => {
  const [object, member] = expressionsOf(context, index);
  if (!object || member?.kind !== "Name") return context.unknown(index, context.childNodes(index));
  const fields = { kind: "Attribute" as const, object, name: member };
  return context.make<Attribute>(fields, index, [object, member]);
};

const unionType: Builder = (context, index) => {
  const [left, right] = expressionsOf(context, index);
  if (!left || !right) return context.unknown(index, context.childNodes(index));
  const fields = { kind: "Binary" as const, left, operator: "|", right };
  return context.make<Binary>(fields, index, [left, right]);
};

const slice: Builder = (context, index) => {
  const bounds: (Expression | null)[] = [null, null, null];
  let part = 0;
  for (const child of context.childIndices(index)) {
    if (context.typeName(child) === ":") part++;
    else if (part < 3 && context.built[child]) bounds[part] = context.expression(child);
  }
  const [lower = null, upper = null, step = null] = bounds;
  const fields = { kind: "Slice" as const, lower, upper, step };
  return context.make<Slice>(fields, index, [lower, upper, step]);
};

const binary: Builder = (context, index) => {
  const left = context.fieldExpression(index, "left");
  const right = context.fieldExpression(index, "right");
  const token = context.fieldIndex(index, "operator");
  const operator = token < 0 ? "" : context.text(token);
  if (operator === "and" || operator === "or") {
    const fields = { kind: "Boolean" as const, left, operator, right } as const;
    return context.make<BooleanOperation>(fields, index, [left, right]);
  }
  return context.make<Binary>({ kind: "Binary", left, operator, right }, index, [left, right]);
};

const unary: Builder = (context, index) => {
  const operand = context.fieldExpression(index, "argument");
  const [token] = context.childIndices(index);
  const operator = token === undefined ? "" : context.text(token);
  return context.make<Unary>({ kind: "Unary", operator, operand }, index, [operand]);
};

const compare: Builder = (context, index) => {
  const operands = expressionsOf(context, index);
  const operators = context
    .fieldIndices(index, "operators")
    .map(token => context.text(token).replace(/\s+/g, " "));
  return context.make<Compare>({ kind: "Compare", operands, operators }, index, operands);
};

const conditional: Builder = (context, index) => {
  const [body, test, orElse] = expressionsOf(context, index);
  if (!body || !test || !orElse) return context.unknown(index, context.childNodes(index));
  const fields = { kind: "Conditional" as const, body, test, orElse };
  return context.make<Conditional>(fields, index, [body, test, orElse]);
};

const lambda: Builder = (context, index) => {
  const group = context.fieldIndex(index, "parameters");
  const parameters = group < 0 ? [] : parametersOf(context, group);
  const body = context.fieldExpression(index, "body");
  const fields = { kind: "Lambda" as const, parameters, body };
  return context.make<Lambda>(fields, index, [...parameters, body]);
};

const namedExpression: Builder = (context, index) => {
  const target = context.fieldName(index, "name");
  const value = context.fieldExpression(index, "value");
  const fields = { kind: "NamedExpression" as const, target, value };
  return context.make<NamedExpression>(fields, index, [target, value]);
};

const awaited: Builder = (context, index) => {
  const [value] = expressionsOf(context, index);
  if (!value) return context.unknown(index, []);
  return context.make<Await>({ kind: "Await", value }, index, [value]);
};

const yielded: Builder = (context, index) => {
  const [value = null] = expressionsOf(context, index);
  const isFrom = context.hasToken(index, "from");
  return context.make<Yield>({ kind: "Yield", value, isFrom }, index, [value]);
};

/** Builders by the grammar's type names. */
export const expressionBuilders: Readonly<Record<string, Builder>> = {
  identifier: name,
  keyword_identifier: name,
  integer: number,
  float: number,
  true: constant("True"),
  false: constant("False"),
  none: constant("None"),
  ellipsis: constant("Ellipsis"),
  list: bracketed("List"),
  list_pattern: bracketed("List"),
  set: bracketed("Set"),
  tuple,
  tuple_pattern: tuple,
  expression_list: tuple,
  pattern_list: tuple,
  list_splat: starred,
  list_splat_pattern: starred,
  dictionary_splat: inner,
  dictionary_splat_pattern: inner,
  parenthesized_expression: inner,
  parenthesized_list_splat: inner,
  type: inner,
  splat_type: starred,
  constrained_type: inner,
  generic_type: genericType,
  member_type: memberType,
  union_type: unionType,
  call,
  attribute,
  subscript,
  slice,
  binary_operator: binary,
  boolean_operator: binary,
  unary_operator: unary,
  not_operator: unary,
  comparison_operator: compare,
  conditional_expression: conditional,
  lambda,
  named_expression: namedExpression,
  await: awaited,
  yield: yielded,
};
