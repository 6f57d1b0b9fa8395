import { contains } from "#base";
import { type Binding, isBuiltinAt, type Model, type Reference } from "#semantics";
import {
  type Assign,
  type Call,
  enclosingLoop,
  type Expression,
  isA,
  type Name,
  type Node,
  siblings,
} from "#syntax";
import { isFew } from "../collections/few-elements";
import { indentOf, isAlone } from "../reindent";
import { defineRule, type Fix } from "../rule";
import type { Loop } from "./accumulation";
import { quoted } from "./quoted";
import { plainOpening } from "./whole-read";

/** Bytes that are cut from the front in a loop are copied, but for a few, in each of its turns. */
export const bytesSlicedInLoop = defineRule({
  meta: {
    name: "bytes-sliced-in-loop",
    code: "MEM207",
    summary: "The rest of some bytes is copied in every round of a loop",
    severity: "warning",
    gains: ["peak", "time", "copies"],
    peers: ["W8204", "memoryview-over-bytes"],
  },
  visits: ["Assign"],
  concerns: ({ value }) => isA(value, "Subscript"),

  *check(statement, model) {
    const name = cutName(statement);
    const loop = name && enclosingLoop(statement);
    const binding = name && model.bindingOf(name);
    if (!loop || !binding || binding.scope.kind !== "function") return;
    if (loop.kind === "For" && isFew(loop.iterable, model)) return;
    if (isA(siblings(statement).at(-1), "Break", "Return", "Raise")) return;
    if (!model.once(loop, `cuts ${name.text}`, () => areBytes(binding, loop, model))) return;
    const fix = model.once(loop, `view of ${name.text}`, () =>
      useMemoryview(name, binding, loop, model),
    );
    yield {
      span: statement.span,
      message: `Each slice copies the rest of ${quoted(name, model, "the bytes")}; slices of a memoryview share it`,
      ...(fix && { fix }),
    };
  },
});

/** The name that `data = data[n:]` cuts. */
function cutName({ targets, value }: Assign): Name | null {
  const [target, second] = targets;
  if (second || !isA(target, "Name") || !isA(value, "Subscript")) return null;
  const { object, index } = value;
  if (!isA(object, "Name") || object.text !== target.text || !isA(index, "Slice")) return null;
  return index.lower && !index.upper && !index.step ? target : null;
}

/** Whether all that a name is bound to is bytes, once and before the loop. */
function areBytes({ references }: Binding, loop: Loop, model: Model): boolean {
  const begins = references.filter(
    ({ use, by }) => use !== "read" && !(isA(by, "Assign") && cutName(by)),
  );
  return (
    begins.length > 0 &&
    begins.every(each => !contains(loop.span, each.node.span) && isBytes(each, model))
  );
}

/** Methods that give bytes, whatever they are called on. */
const givesBytes: ReadonlySet<string> = new Set(["encode", "read_bytes", "recv", "to_bytes"]);

function isBytes({ by }: Reference, model: Model): boolean {
  if (isA(by, "Parameter", "AnnotatedAssign") && by.annotation) {
    return model.builtinName(by.annotation) === "bytes";
  }
  if (!isA(by, "Assign")) return false;
  const { value } = by;
  if (model.typeOf(value) === "bytes") return true;
  if (!isA(value, "Call") || !isA(value.callee, "Attribute")) return false;
  const { object, name } = value.callee;
  if (name.text === "read") return plainOpening(object, model)?.isBinary === true;
  return givesBytes.has(name.text);
}

/** Null where the bytes are used in a way in which a memoryview cannot be. */
function useMemoryview(name: Name, binding: Binding, loop: Loop, model: Model): Fix | null {
  if (!isAlone(loop, model) || !isBuiltinAt("memoryview", loop, model)) return null;
  const later = binding.references.filter(({ node }) => node.span.start >= loop.span.start);
  if (!later.every(({ node, use }) => use !== "read" || fitsMemoryview(node, model))) return null;
  const { start } = loop.span;
  const text = `${name.text} = memoryview(${name.text})\n${indentOf(loop, model)}`;
  return {
    title: "Slice a memoryview",
    safety: "review",
    changes: "slices are views that hold all of the bytes, and have no methods of bytes",
    edits: [{ span: { start, end: start }, text }],
  };
}

/** Calls that take a memoryview for bytes. */
const takesView = /^(builtins\.len|os\.write|struct\.unpack|struct\.unpack_from)$/;

function fitsMemoryview(use: Expression, model: Model): boolean {
  const { parent } = use;
  if (isA(parent, "Subscript") && parent.object === use) {
    return isA(parent.index, "Slice") ? isPlainUse(parent, model) : true;
  }
  return isPlainUse(use, model);
}

function isPlainUse(value: Expression, model: Model): boolean {
  const { parent } = value;
  if (isA(parent, "Argument")) return isA(parent.parent, "Call") && takes(parent.parent, model);
  return isA(parent, "While", "If", "Unary", "Boolean", "Compare") || isCut(parent);
}

function takes({ callee }: Call, model: Model): boolean {
  if (isA(callee, "Attribute") && /^(send|sendall|sendto|write)$/.test(callee.name.text))
    return true;
  return takesView.test(model.qualifiedName(callee) ?? "");
}

function isCut(statement: Node | null): boolean {
  return isA(statement, "Assign") && cutName(statement) !== null;
}
