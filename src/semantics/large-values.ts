import { type Call, type Expression, isA, type Name } from "#syntax";
import type { Model } from "./model";

/**
 * Why a value may well take megabytes: it is a whole file's `text` (or bytes), or a `container` of
 * what a file, a query or a large range gives.
 */
export type LargeKind = "text" | "container";

/** How far a value is followed through names and calls. */
const maxDepth = 6;

/** Tells whether a value is large as far as the code shows; null where it does not. */
export function largeKind(value: Expression, model: Model): LargeKind | null {
  return kindAt(value, model, 0);
}

function kindAt(value: Expression, model: Model, depth: number): LargeKind | null {
  if (depth > maxDepth) return null;
  switch (value.kind) {
    case "Call":
      return kindOfCall(value, model, depth + 1);
    case "ListComprehension":
    case "SetComprehension":
    case "DictComprehension": {
      const [first] = value.clauses;
      const source = first?.kind === "ForClause" ? first.iterable : null;
      return source && gives(source, model, depth + 1) ? "container" : null;
    }
    case "Binary":
      return isManyTimes(value.operator, value.right) ? repeatedKind(value.left) : null;
    case "Name":
      return kindOfName(value, model, depth + 1);
    default:
      return null;
  }
}

/** The kind of the only value that a name is ever bound to. */
function kindOfName(name: Name, model: Model, depth: number): LargeKind | null {
  const writes = model.bindingOf(name)?.writes ?? [];
  const by = writes.length === 1 ? writes[0]?.by : null;
  if (!isA(by, "Assign") || by.targets.length !== 1 || by.targets[0]?.kind !== "Name") return null;
  return kindAt(by.value, model, depth);
}

/** Sources of files and tables, by qualified name. */
const readers: ReadonlySet<string> = new Set([
  "json.load",
  "marshal.load",
  "pickle.load",
  "numpy.fromfile",
  "numpy.genfromtxt",
  "numpy.load",
  "numpy.loadtxt",
  "tomllib.load",
  "xml.etree.ElementTree.parse",
]);

/** Functions whose result is as large as their argument. */
const converters: ReadonlySet<string> = new Set([
  ...["list", "sorted", "dict", "set", "tuple", "frozenset"].map(name => `builtins.${name}`),
  "copy.copy",
  "copy.deepcopy",
  "json.loads",
  "pickle.loads",
]);

/** The last parts of the names of functions whose result may be large. */
const functionNames: ReadonlySet<string> = new Set(
  [...readers, ...converters, "bytes", "bytearray"].map(name =>
    name.slice(name.lastIndexOf(".") + 1),
  ),
);

/** Iterators that give as many elements as their argument. */
const passers: ReadonlySet<string> = new Set([
  ...["enumerate", "map", "reversed", "zip", "filter"].map(name => `builtins.${name}`),
]);

const textMethods: ReadonlySet<string> = new Set(["read_text", "read_bytes"]);
/** Methods of a text that give as much text again. */
const textToText: ReadonlySet<string> = new Set(
  ["casefold", "decode", "encode", "lower", "replace", "strip", "translate", "upper"].concat(
    "expandtabs",
  ),
);
const toContainer: ReadonlySet<string> = new Set(["split", "splitlines", "rsplit"]);

function kindOfCall(call: Call, model: Model, depth: number): LargeKind | null {
  const { callee, args } = call;
  if (isA(callee, "Attribute")) {
    const { text } = callee.name;
    const kind = kindOfMethod(text, callee.object, args.length, model, depth);
    if (kind) return kind;
    // Nearly all methods are known to be none of these before their name is resolved.
    if (!functionNames.has(text) && !text.startsWith("read_")) return null;
  }
  const name = model.qualifiedName(callee);
  const [first] = args;
  if (name === null) return null;
  if (readers.has(name) || /^pandas\.read_\w+$/.test(name)) return "container";
  if (!first || first.shape !== "positional") return null;
  if (name === "builtins.bytes" || name === "builtins.bytearray") {
    return isMany(first.value, 1_000_000) ? "text" : null;
  }
  return converters.has(name) && gives(first.value, model, depth) ? "container" : null;
}

function kindOfMethod(
  method: string,
  object: Expression,
  argumentCount: number,
  model: Model,
  depth: number,
): LargeKind | null {
  if (method === "fetchall" && argumentCount === 0) return "container";
  if (textMethods.has(method)) return "text";
  if (method === "read" && argumentCount === 0) return isFile(object, model) ? "text" : null;
  if (method === "readlines" && argumentCount === 0) {
    return isFile(object, model) ? "container" : null;
  }
  if (!textToText.has(method) && !toContainer.has(method)) return null;
  if (kindAt(object, model, depth) !== "text") return null;
  return toContainer.has(method) ? "container" : "text";
}

const openers: ReadonlySet<string> = new Set(["urllib.request.urlopen"]);

function isFile(object: Expression, model: Model): boolean {
  if (model.typeOf(object) === "file") return true;
  return isA(object, "Call") && openers.has(model.qualifiedName(object.callee) ?? "");
}

/** Whether going over a value gives many elements. */
function gives(source: Expression, model: Model, depth: number): boolean {
  if (kindAt(source, model, depth) !== null) return true;
  if (!isA(source, "Call")) return false;
  const name = model.qualifiedName(source.callee) ?? "";
  if (name === "builtins.range") {
    const limit = source.args.length === 1 ? source.args[0] : source.args[1];
    return limit !== undefined && isMany(limit.value, 100_000);
  }
  if (isA(source.callee, "Attribute") && isView(source.callee.name.text)) {
    return kindAt(source.callee.object, model, depth) === "container";
  }
  return passers.has(name) && source.args.some(({ value }) => gives(value, model, depth + 1));
}

function isView(method: string): boolean {
  return method === "items" || method === "keys" || method === "values";
}

function isManyTimes(operator: string, count: Expression): boolean {
  return operator === "*" && isMany(count, 100_000);
}

function repeatedKind(value: Expression): LargeKind | null {
  if (isA(value, "String")) return "text";
  return isA(value, "List", "Tuple") ? "container" : null;
}

/** A number written in the code, such as `1_000_000`, `10**6` or `1 << 20`. */
function isMany(count: Expression, least: number): boolean {
  const value = numberOf(count);
  return value !== null && value >= least;
}

function numberOf(count: Expression): number | null {
  if (isA(count, "Number")) {
    const value = Number(count.text.replaceAll("_", ""));
    return Number.isFinite(value) ? value : null;
  }
  if (!isA(count, "Binary")) return null;
  const left = numberOf(count.left);
  const right = numberOf(count.right);
  if (left === null || right === null) return null;
  switch (count.operator) {
    case "*":
      return left * right;
    case "**":
      return left ** right;
    case "<<":
      return left * 2 ** right;
    default:
      return null;
  }
}
