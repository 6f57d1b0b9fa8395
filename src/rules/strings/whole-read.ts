import { instanceClass, isSameExpression, type Model } from "#semantics";
import { type Attribute, type Call, type Expression, isA, type Node, walk } from "#syntax";
import { valueBoundOnce } from "../collections/value-bound-once";
import { type Opening, opening } from "./open-file";

/** A call that reads all of a file: `file.read()`, `path.read_text()` or `path.read_bytes()`. */
export interface WholeRead {
  readonly call: Call;
  readonly method: "read" | "read_text" | "read_bytes";
  /** The file, or the path that is opened for it. */
  readonly source: Expression;
}

/** Reads an expression as one that reads all of a file; null for all others. */
export function wholeReadOf(value: Expression, model: Model): WholeRead | null {
  if (!isA(value, "Call") || !isA(value.callee, "Attribute")) return null;
  const { object, name } = value.callee;
  const method = name.text;
  if (method !== "read" && method !== "read_text" && method !== "read_bytes") return null;
  // `read(size)` reads only so much of it, `archive.read(name)` something else.
  const isAsked = value.args.some(({ shape }) => shape !== "keyword");
  if (isAsked || (method !== "read_text" && value.args.length > 0)) return null;
  if (isInMemory(object, model) || isItself({ object }, model)) return null;
  return { call: value, method, source: object };
}

/** Classes whose instances hold their bytes in memory, by the end of their names. */
const memoryFile = /(BytesIO|StringIO|MemoryBIO)$/;

/** Whether a file may be a buffer, whose bytes are there already: also one that an object keeps. */
function isInMemory(file: Expression, model: Model): boolean {
  const made = isA(file, "Name") ? valueBoundOnce(file, model) : file;
  if (made !== file && isA(made, "Attribute")) return true;
  return isA(made, "Call") && memoryFile.test(model.textOf(made.callee));
}

/** Whether a method is called on the instance whose method the call stands in, or on `super()`. */
export function isItself({ object }: Pick<Attribute, "object">, model: Model): boolean {
  if (isA(object, "Call")) return model.builtinName(object.callee) === "super";
  return isA(object, "Name") && instanceClass(object, model) !== null;
}

/** How a file was opened that Python's own `open` reads as bytes or as text; null of all others. */
export function plainOpening(
  file: Expression,
  model: Model,
): (Opening & { readonly isBinary: boolean }) | null {
  const opened = opening(file, model);
  if (!opened || model.builtinName(opened.call.callee) !== "open") return null;
  const { args } = opened.call;
  const isUnclear = args.some(
    ({ shape, name }) => shape === "star" || shape === "doubleStar" || name?.text === "newline",
  );
  if (isUnclear) return null;
  const [, second] = args;
  const mode =
    args.find(({ name }) => name?.text === "mode") ??
    (second?.shape === "positional" ? second : null);
  if (!mode) return { ...opened, isBinary: false };
  if (!isA(mode.value, "String") || mode.value.raw === null) return null;
  return { ...opened, isBinary: mode.value.raw.includes("b") };
}

/** Tells whether code mentions an expression, written alike. */
export function mentions(part: Node, expression: Expression): boolean {
  for (const node of walk(part)) {
    if (node !== expression && isSameExpression(node, expression)) return true;
  }
  return false;
}
