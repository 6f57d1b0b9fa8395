import type { Edit, Span } from "#base";
import type { Model } from "#semantics";
import {
  ancestors,
  type Call,
  enclosingFunction,
  enclosingStatement,
  isA,
  type Name,
  type Node,
  siblings,
  type Statement,
} from "#syntax";
import { indentedAfter, indentOf, indentUnit, isAlone, lineEnd } from "../reindent";
import type { Fix } from "../rule";
import type { Handling } from "./resource-handling";
import type { Resource } from "./resources";

/** Methods of files whose results do not need the file any more. */
const plainMethods: ReadonlySet<string> = new Set(
  ["read", "readline", "readlines", "write", "writelines", "seek", "tell", "flush"].concat(
    "truncate",
  ),
);

/**
 * Turns `file = open(…)` and the statements up to the last use, or to the `close` that stands beside
 * it, into a `with`. Null where that is not plain to see.
 */
export function wrapInWith(
  call: Call,
  name: Name,
  handling: Handling & { readonly resource: Resource },
  model: Model,
): Fix | null {
  const statement = enclosingStatement(call);
  if (!isA(statement, "Assign") || !isAlone(statement, model)) return null;
  const all = siblings(statement);
  const following = all.slice(all.indexOf(statement) + 1);
  const users = handling.reads.map(read => following.findIndex(each => isIn(read, each)));
  const last = Math.max(-1, ...users);
  const close = following[last];
  if (users.includes(-1) || !close) return null;
  const body = following.slice(0, handling.closes.length > 0 ? last : last + 1);
  if (!endsPlainly(close, handling, handling.resource)) return null;
  const previous = body.at(-1);
  const moved = indentedAfter(statement, body, model);
  const removed = handling.closes.length > 0 && previous ? lineOf(previous, close, model) : [];
  if (!previous || !moved || !removed) return null;
  const opening = [
    { span: { start: statement.span.start, end: call.span.start }, text: "with " },
    { span: { start: call.span.end, end: call.span.end }, text: ` as ${name.text}:` },
  ];
  return {
    title: "Open it in a with",
    safety: "review",
    changes: "it is closed at the end of the block, also after an exception",
    edits: [...opening, ...moved, ...removed.map(span => ({ span, text: "" }))],
  };
}

function isIn(node: Node, holder: Node): boolean {
  return holder.span.start <= node.span.start && node.span.end <= holder.span.end;
}

/** One `close()` as the last statement; without any, only uses that are over when they return. */
function endsPlainly(
  last: Statement,
  { reads, closes }: Handling,
  { endOfWith, isCostly }: Resource,
): boolean {
  const [close, ...others] = closes;
  if (!close) return endOfWith !== null && !isCostly && reads.every(isOverAtOnce);
  if (others.length > 0 || close.args.length > 0 || !isA(close.callee, "Attribute")) return false;
  return close.callee.name.text === endOfWith && isOnly(close, last);
}

function isOnly(call: Call, statement: Statement): boolean {
  return isA(statement, "ExpressionStatement") && statement.value === call;
}

function isOverAtOnce(read: Name): boolean {
  const holder = read.parent;
  if (isA(holder, "Attribute")) return plainMethods.has(holder.name.text);
  return isA(holder, "For");
}

/** The line of the `close`, with the break before it; null when a comment would go with it. */
function lineOf(previous: Node, close: Statement, model: Model): readonly Span[] | null {
  const start = lineEnd(previous.span.end, model.file);
  const end = lineEnd(close.span.end, model.file);
  if (!isAlone(close, model)) return null;
  const isCommented = model.file.comments.some(
    ({ span }) => span.start >= start && span.end <= end,
  );
  return isCommented ? null : [{ start, end }];
}

/** Turns `text = open(path).read()` into a `with` of two lines. */
export function openInWith(call: Call, model: Model): Fix | null {
  const statement = enclosingStatement(call);
  if (!isA(statement, "Assign", "Return", "ExpressionStatement", "For")) return null;
  if (!isAlone(statement, model) || !isEvaluatedOnce(call, statement)) return null;
  const home = enclosingFunction(call);
  const name = ["file", "source"].find(each => home && !mentions(each, home, model));
  if (name === undefined) return null;
  const indent = indentOf(statement, model);
  const head = `with ${model.textOf(call)} as ${name}:\n${indent}${indentUnit(model)}`;
  const { start } = statement.span;
  const moved = isA(statement, "For")
    ? bodyMoved(statement, model)
    : model.textOf(statement).includes("\n")
      ? null
      : [];
  if (!moved) return null;
  const edits: Edit[] = [
    { span: { start, end: start }, text: head },
    { span: call.span, text: name },
    ...moved,
  ];
  return {
    title: "Open it in a with",
    safety: "review",
    changes: "it is opened before the rest of the statement runs, and closed after it",
    edits,
  };
}

function bodyMoved(statement: Node & { kind: "For" }, model: Model): Edit[] | null {
  if (statement.orElse || model.textOf(statement.iterable).includes("\n")) return null;
  return indentedAfter(statement.iterable, statement.body.body, model);
}

/** Not in a lambda, a comprehension or an operand that may be skipped. */
function isEvaluatedOnce(call: Call, statement: Node): boolean {
  for (const holder of ancestors(call)) {
    if (holder === statement) return true;
    if (isA(holder, "Attribute", "Call", "Argument", "Subscript", "Tuple", "List")) continue;
    return false;
  }
  return false;
}

function mentions(name: string, home: Node, model: Model): boolean {
  return new RegExp(`\\b${name}\\b`).test(model.textOf(home));
}
