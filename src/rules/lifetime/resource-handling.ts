import { type Model, valueUse } from "#semantics";
import {
  ancestors,
  type Call,
  enclosingFunction,
  enclosingStatement,
  isA,
  type Name,
  type Node,
  siblings,
} from "#syntax";
import type { Resource } from "./resources";

/** How a function handles a resource that a name of its own stands for. */
export interface Handling {
  /** Every place that reads the name, in source order. */
  readonly reads: readonly Name[];
  /** The calls that close it, none of them sure to be reached. */
  readonly closes: readonly Call[];
}

/** Attributes that are data, so that to read them hands nothing on. */
const dataAttributes: ReadonlySet<string> = new Set(["closed", "mode", "name", "encoding"]);

/** Null where something closes it for certain, or where it may be closed elsewhere. */
export function handlingOf(name: Name, resource: Resource, model: Model): Handling | null {
  const references = model.bindingOf(name)?.references ?? [];
  if (references.length > mostUses) return null;
  const home = enclosingFunction(name);
  if (references.some(({ node }) => enclosingFunction(node) !== home)) return null;
  const others = references.filter(({ node }) => node !== name);
  const reads = others.map(({ node }) => node);
  if (reads.some(read => isManaged(read, resource) || isHandedOn(read, model))) return null;
  const closes = reads.flatMap(read => closeOf(read, resource) ?? []);
  if (closes.some(isCertain) || closes.some(close => isNext(close, name))) return null;
  if (closes.length === 0 && reads.some(read => isGiven(read, model))) return null;
  return { reads, closes };
}

/** A name with more uses is one of generated code, where each `open` would look at all of them. */
const mostUses = 300;

function isManaged(read: Name, { endOfWith }: Resource): boolean {
  return isA(read.parent, "WithItem") && endOfWith !== null;
}

/** Whoever gets it may close it: a caller, an attribute, a second name, a bound method. */
function isHandedOn(read: Name, model: Model): boolean {
  const holder = read.parent;
  if (isA(holder, "Attribute")) {
    const isCalled = isA(holder.parent, "Call") && holder.parent.callee === holder;
    return !isCalled && !dataAttributes.has(holder.name.text);
  }
  const { kind } = valueUse(read, model);
  return kind !== "read" && kind !== "passed";
}

/** Given to a call, which may keep it, unless this function closes it after all. */
function isGiven(read: Name, model: Model): boolean {
  return !isA(read.parent, "Attribute", "WithItem") && valueUse(read, model).kind === "passed";
}

function closeOf(read: Name, { closers }: Resource): Call | null {
  const method = read.parent;
  if (!isA(method, "Attribute") || !closers.includes(method.name.text)) return null;
  return isA(method.parent, "Call") ? method.parent : null;
}

/** The statement after the one that opens: there is nothing that could fail before. */
function isNext(close: Node, name: Name): boolean {
  const statement = enclosingStatement(name);
  const all: readonly Node[] = siblings(statement);
  const next = all[all.indexOf(statement) + 1];
  return next === enclosingStatement(close);
}

/** In a `finally` or a handler: then somebody thought of exceptions. */
function isCertain(close: Node): boolean {
  let below = close;
  for (const holder of ancestors(close)) {
    if (holder.kind === "Try" && holder.finalBody === below) return true;
    if (isA(holder, "ExceptHandler")) return true;
    below = holder;
  }
  return false;
}
