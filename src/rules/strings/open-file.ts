import { contains, type Span } from "#base";
import {
  type Binding,
  instanceClass,
  isSameExpression,
  type Model,
  type Reference,
  type Scope,
} from "#semantics";
import {
  ancestors,
  type Call,
  enclosingLoop,
  type Expression,
  type For,
  type ForClause,
  isA,
  type Name,
  type Node,
  walk,
} from "#syntax";

const openers: ReadonlySet<string> = new Set([
  "builtins.open",
  "io.open",
  "gzip.open",
  "bz2.open",
  "lzma.open",
]);

/** How a file was opened. */
export interface Opening {
  readonly call: Call;
  /** The name that holds the file; null when it is used where it is opened. */
  readonly binding: Binding | null;
  /** Where the name holds this file. */
  readonly reach: Span;
}

/** Tells where a file was opened: in the same function, by one of Python's own `open`. */
export function opening(file: Expression, model: Model): Opening | null {
  if (isA(file, "Call")) {
    return isOpen(file, model) ? { call: file, binding: null, reach: file.span } : null;
  }
  if (!isA(file, "Name")) return null;
  const reference = model.referenceOf(file);
  if (!reference || !isSameFunction(reference)) return null;
  return withAround(file, model) ?? assigned(reference.binding, model);
}

function isSameFunction({ scope, binding }: Reference): boolean {
  let home: Scope | null = scope;
  while (home?.kind === "comprehension") home = home.parent;
  return home === binding.scope;
}

function isOpen(call: Call, model: Model): boolean {
  return openers.has(model.qualifiedName(call.callee) ?? "");
}

/** The nearest `with open(...) as name` around a use of the name. */
function withAround(file: Name, model: Model): Opening | null {
  const binding = model.bindingOf(file);
  for (const holder of ancestors(file)) {
    if (!isA(holder, "With")) continue;
    const item = holder.items.find(
      ({ target }) => isA(target, "Name") && model.bindingOf(target) === binding,
    );
    if (!item) continue;
    const call = item.context;
    if (!isA(call, "Call") || !isOpen(call, model)) return null;
    return { call, binding, reach: holder.body.span };
  }
  return null;
}

function assigned(binding: Binding, model: Model): Opening | null {
  const [write, ...others] = binding.writes;
  if (others.length > 0 || !isA(write?.by, "Assign")) return null;
  const { value } = write.by;
  if (!isA(value, "Call") || !isOpen(value, model)) return null;
  return { call: value, binding, reach: binding.scope.node.span };
}

/** Tells whether a file is read or asked after a loop over it began; closing it does not count. */
export function isReadBy({ binding, reach }: Opening, loop: For | ForClause): boolean {
  const outer = enclosingLoop(loop);
  const again = outer && contains(reach, outer.span) ? outer.span : null;
  return (binding?.references ?? []).some(({ node, use }) => {
    if (!contains(reach, node.span) || use === "write" || isClosed(node)) return false;
    if (contains(loop.iterable.span, node.span)) return false;
    return node.span.start > loop.span.start || (again !== null && contains(again, node.span));
  });
}

function isClosed(file: Name): boolean {
  const { parent } = file;
  return isA(parent, "Attribute") && parent.object === file && parent.name.text === "close";
}

/** Tells whether code mentions a file, or the object that holds it. */
export function isUsedBy(part: Node, file: Expression, model: Model): boolean {
  const root = rootOf(file);
  // A class that reads its own lines need not be iterable, and may do anything in the loop.
  if (isA(file, "Call") && model.builtinName(file.callee) === "super") return true;
  if (!isA(root, "Name")) return false;
  if (root === file && instanceClass(root, model)) return true;
  const binding = model.bindingOf(root);
  for (const node of walk(part)) {
    if (!isA(node, "Name") || node === root) continue;
    if (binding !== null && model.bindingOf(node) === binding) return true;
  }
  return false;
}

function rootOf(file: Expression): Expression {
  let root = file;
  while (isA(root, "Attribute", "Subscript")) root = root.object;
  return root;
}

/** Functions and methods that replace or remove a file. */
const replacing = /^(open|remove|unlink|rename|replace|move|copy\w*|write_text|write_bytes)$/;

/** Tells whether code opens the same file anew, or replaces it. */
export function isReopenedBy(part: Node, opened: Call, model: Model): boolean {
  const path = opened.args[0]?.value;
  if (!path) return false;
  for (const node of walk(part)) {
    if (!isA(node, "Call") || node === opened) continue;
    const { callee } = node;
    const name = isA(callee, "Attribute") ? callee.name.text : model.builtinName(callee);
    if (name === null || !replacing.test(name)) continue;
    const concerned = node.args.map(argument => argument.value);
    if (isA(callee, "Attribute")) concerned.push(callee.object);
    if (concerned.some(each => isSameExpression(each, path))) return true;
  }
  return false;
}
