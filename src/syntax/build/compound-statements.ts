import type {
  Block,
  ClassDef,
  Decorator,
  ExceptHandler,
  Expression,
  For,
  FunctionDef,
  If,
  Match,
  MatchCase,
  Name,
  Node,
  Statement,
  Try,
  Tuple,
  While,
  With,
  WithItem,
} from "../ast";
import { type BuildContext, isExpression } from "./context";
import { argumentsOf, type Builder, expressionsOf } from "./expressions";
import { parametersOf } from "./parameters";

/** Statements that hold blocks. */

const block: Builder = (context, index) => {
  const body = statementsOf(context, index);
  return context.make<Block>({ kind: "Block", body }, index, body);
};

/** Nodes of a block or module as statements; a lost expression becomes an unknown one. */
export function statementsOf(context: BuildContext, index: number): Statement[] {
  const result: Statement[] = [];
  for (const node of context.childNodes(index)) result.push(asStatement(context, node));
  return result;
}

function asStatement(context: BuildContext, node: Node): Statement {
  if (!isExpression(node) && !partKinds.has(node.kind)) return node as Statement;
  if (node.kind === "Unknown") return node;
  return context.makeAt({ kind: "Unknown" as const }, node.span, [node], node.isBroken);
}

/** Kinds that are neither statements nor expressions; loose in a block after an error. */
const partKinds: ReadonlySet<string> = new Set([
  "Block",
  "Decorator",
  "Parameter",
  "WithItem",
  "MatchCase",
  "ExceptHandler",
  "ImportAlias",
  "DictEntry",
  "ForClause",
  "IfClause",
  "Argument",
]);

function blockField(context: BuildContext, index: number, field: string): Block {
  const node = context.fieldNode(index, field);
  return node?.kind === "Block" ? node : emptyBlock(context, index);
}

function blockOf(context: BuildContext, index: number): Block {
  const found = context.childNodes(index).find(node => node.kind === "Block");
  return found ?? emptyBlock(context, index);
}

function emptyBlock(context: BuildContext, index: number): Block {
  const { end } = context.span(index);
  return context.makeAt<Block>({ kind: "Block", body: [] }, { start: end, end }, [], true);
}

const functionDef: Builder = (context, index) => {
  const name = context.fieldName(index, "name");
  const group = context.fieldIndex(index, "parameters");
  const parameters = group < 0 ? [] : parametersOf(context, group);
  const returns = context.optionalExpression(index, "return_type");
  const body = blockField(context, index, "body");
  const isAsync = context.hasToken(index, "async");
  const fields = { kind: "FunctionDef" as const, name, isAsync, decorators: [], parameters };
  const children = [name, ...parameters, returns, body];
  return context.make<FunctionDef>({ ...fields, returns, body }, index, children);
};

const classDef: Builder = (context, index) => {
  const name = context.fieldName(index, "name");
  const group = context.fieldIndex(index, "superclasses");
  const args = group < 0 ? [] : argumentsOf(context, group);
  const body = blockField(context, index, "body");
  const fields = { kind: "ClassDef" as const, name, decorators: [], args, body };
  return context.make<ClassDef>(fields, index, [name, ...args, body]);
};

const decorator: Builder = (context, index) => {
  const [expression] = expressionsOf(context, index);
  if (!expression) return context.unknown(index, []);
  return context.make<Decorator>({ kind: "Decorator", expression }, index, [expression]);
};

/** The definition takes its decorators in, and its span begins with the first. */
const decorated: Builder = (context, index) => {
  const nodes = context.childNodes(index);
  const decorators = nodes.filter(node => node.kind === "Decorator");
  const definition = nodes.find(node => node.kind === "FunctionDef" || node.kind === "ClassDef");
  if (!definition) return context.unknown(index, nodes);
  const children = [...decorators, ...definition.children];
  return context.make<FunctionDef | ClassDef>({ ...definition, decorators }, index, children);
};

/** The block of a loop's `else`. */
function elseBlock(context: BuildContext, index: number): Block | null {
  const clause = context.fieldIndex(index, "alternative");
  return clause < 0 ? null : blockField(context, clause, "body");
}

const forStatement: Builder = (context, index) => {
  const target = context.fieldExpression(index, "left");
  const iterable = context.fieldExpression(index, "right");
  const body = blockField(context, index, "body");
  const orElse = elseBlock(context, index);
  const isAsync = context.hasToken(index, "async");
  const fields = { kind: "For" as const, isAsync, target, iterable, body, orElse };
  return context.make<For>(fields, index, [target, iterable, body, orElse]);
};

const whileStatement: Builder = (context, index) => {
  const test = context.fieldExpression(index, "condition");
  const body = blockField(context, index, "body");
  const orElse = elseBlock(context, index);
  return context.make<While>({ kind: "While", test, body, orElse }, index, [test, body, orElse]);
};

/** The clauses stand side by side in the grammar and nest in the tree, the last one innermost. */
const ifStatement: Builder = (context, index) => {
  let orElse: Block | If | null = null;
  const { end } = context.span(index);
  for (const clause of context.fieldIndices(index, "alternative").reverse()) {
    if (context.typeName(clause) === "else_clause") orElse = blockField(context, clause, "body");
    else orElse = ifNode(context, clause, orElse, end);
  }
  return ifNode(context, index, orElse, end);
};

function ifNode(context: BuildContext, index: number, orElse: Block | If | null, end: number): If {
  const test = context.fieldExpression(index, "condition");
  const body = blockField(context, index, "consequence");
  const fields = { kind: "If" as const, test, body, orElse };
  const span = { start: context.span(index).start, end };
  const isBroken = context.flat.broken[index] === 1 || orElse?.isBroken === true;
  return context.makeAt<If>(fields, span, [test, body, orElse], isBroken);
}

const withStatement: Builder = (context, index) => {
  const clause = context.typeIndex(index, "with_clause");
  const items = (clause < 0 ? [] : context.childNodes(clause)).filter(
    (node): node is WithItem => node.kind === "WithItem",
  );
  const body = blockField(context, index, "body");
  const isAsync = context.hasToken(index, "async");
  const fields = { kind: "With" as const, isAsync, items, body };
  return context.make<With>(fields, index, [...items, body]);
};

const withItem: Builder = (context, index) => {
  const value = context.fieldIndex(index, "value");
  if (value >= 0 && context.typeName(value) === "as_pattern") {
    const [contextExpression, target = null] = asPatternParts(context, value);
    const fields = { kind: "WithItem" as const, context: contextExpression, target };
    return context.make<WithItem>(fields, index, [contextExpression, target]);
  }
  const expression = context.fieldExpression(index, "value");
  const fields = { kind: "WithItem" as const, context: expression, target: null };
  return context.make<WithItem>(fields, index, [expression]);
};

/** The two sides of `value as target`. */
function asPatternParts(
  context: BuildContext,
  index: number,
): readonly [Expression, Expression | null] {
  const alias = context.fieldIndex(index, "alias");
  const [first] = context.childIndices(index);
  const value = first === undefined ? context.unknown(index, []) : context.expression(first);
  if (alias < 0) return [value, null];
  const targets = expressionsOf(context, alias);
  const [only = null] = targets;
  if (targets.length < 2) return [value, only ?? context.expression(alias)];
  const elements = targets;
  return [value, context.make<Tuple>({ kind: "Tuple", elements }, alias, elements)];
}

const tryStatement: Builder = (context, index) => {
  const body = blockField(context, index, "body");
  const handlers: ExceptHandler[] = [];
  let orElse: Block | null = null;
  let finalBody: Block | null = null;
  for (const child of context.childIndices(index)) {
    const type = context.typeName(child);
    const node = context.built[child];
    if (node?.kind === "ExceptHandler") handlers.push(node);
    else if (type === "else_clause") orElse = blockField(context, child, "body");
    else if (type === "finally_clause") finalBody = blockOf(context, child);
  }
  const fields = { kind: "Try" as const, body, handlers, orElse, finalBody };
  return context.make<Try>(fields, index, [body, ...handlers, orElse, finalBody]);
};

const exceptHandler: Builder = (context, index) => {
  const body = blockOf(context, index);
  const value = context.fieldIndex(index, "value");
  let exception: Expression | null = null;
  let target: Expression | null = context.optionalExpression(index, "alias");
  if (value >= 0 && context.typeName(value) === "as_pattern") {
    [exception, target] = asPatternParts(context, value);
  } else if (value >= 0) {
    const values = context.fieldIndices(index, "value").filter(part => context.built[part]);
    const elements = values.map(part => context.expression(part));
    const span = { start: context.span(value).start, end: elements.at(-1)?.span.end ?? 0 };
    exception =
      elements.length === 1
        ? context.expression(value)
        : context.makeAt<Tuple>({ kind: "Tuple", elements }, span, elements, false);
  }
  const name = target?.kind === "Name" ? target : null;
  const fields = { kind: "ExceptHandler" as const, exception, name, body };
  return context.make<ExceptHandler>(fields, index, [exception, name, body]);
};

const matchStatement: Builder = (context, index) => {
  const subjects = context.fieldIndices(index, "subject").map(part => context.expression(part));
  const [first] = subjects;
  if (!first) return context.unknown(index, context.childNodes(index));
  const span = { start: first.span.start, end: subjects.at(-1)?.span.end ?? first.span.end };
  const subject: Expression =
    subjects.length === 1
      ? first
      : context.makeAt<Tuple>({ kind: "Tuple", elements: subjects }, span, subjects, false);
  const group = context.fieldIndex(index, "body");
  const cases = (group < 0 ? [] : context.childNodes(group)).filter(
    (node): node is MatchCase => node.kind === "MatchCase",
  );
  return context.make<Match>({ kind: "Match", subject, cases }, index, [subject, ...cases]);
};

const caseClause: Builder = (context, index) => {
  const captures: Name[] = [];
  const reads: Node[] = [];
  for (const child of context.childIndices(index)) {
    if (context.typeName(child) === "case_pattern") patternNames(context, child, captures, reads);
  }
  const guardClause = context.fieldNode(index, "guard");
  const guard = guardClause?.kind === "IfClause" ? guardClause.test : null;
  const body = blockField(context, index, "consequence");
  const fields = { kind: "MatchCase" as const, captures, guard, body };
  const names = [...captures, ...reads].sort((a, b) => a.span.start - b.span.start);
  return context.make<MatchCase>(fields, index, [...names, guard, body]);
};

/** Collects what a pattern binds and what it reads; `_` does neither. */
function patternNames(context: BuildContext, index: number, captures: Name[], reads: Node[]): void {
  const end = context.flat.after[index] ?? index;
  for (let at = index + 1; at < end; at++) {
    const type = context.typeName(at);
    if (type === "dotted_name") {
      const parts = context.childIndices(at);
      const [first] = parts;
      const isClass = context.typeName(holderOf(context, index, at)) === "class_pattern";
      const isName = parts.filter(part => context.built[part]).length === 1 && !isClass;
      if (first !== undefined) (isName ? captures : reads).push(context.name(first));
      at = (context.flat.after[at] ?? at + 1) - 1;
    } else if (type === "identifier") {
      const holder = context.typeName(holderOf(context, index, at));
      if (holder !== "keyword_pattern") captures.push(context.name(at));
    }
  }
}

/** The flat node that directly holds `at`, searched from `from` down. */
function holderOf(context: BuildContext, from: number, at: number): number {
  for (let holder = from; ;) {
    const next = context
      .childIndices(holder)
      .find(child => child <= at && at < (context.flat.after[child] ?? 0));
    if (next === undefined || next === at) return holder;
    holder = next;
  }
}

export const compoundStatementBuilders: Readonly<Record<string, Builder>> = {
  block,
  function_definition: functionDef,
  class_definition: classDef,
  decorator,
  decorated_definition: decorated,
  for_statement: forStatement,
  while_statement: whileStatement,
  if_statement: ifStatement,
  with_statement: withStatement,
  with_item: withItem,
  try_statement: tryStatement,
  except_clause: exceptHandler,
  except_group_clause: exceptHandler,
  match_statement: matchStatement,
  case_clause: caseClause,
};
