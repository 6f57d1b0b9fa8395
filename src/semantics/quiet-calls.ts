import { type Call, type Expression, isA } from "#syntax";
import type { Model } from "./model";

/** Builtins that look at their arguments and change nothing. */
const quietBuiltins: ReadonlySet<string> = new Set(
  [
    [
      "abs",
      "all",
      "any",
      "ascii",
      "bin",
      "bool",
      "bytearray",
      "bytes",
      "callable",
      "chr",
      "complex",
      "dict",
    ],
    ["divmod", "enumerate", "float", "format", "frozenset", "hasattr", "hash", "hex", "id"],
    ["int", "isinstance", "issubclass", "len", "list", "oct", "ord", "pow", "range", "repr"],
    ["reversed", "round", "set", "slice", "str", "sum", "tuple", "type", "zip"],
  ].flat(),
);

/** Builtins that call what they are given, if it is given. */
const callingBuiltins: ReadonlySet<string> = new Set(["filter", "map", "max", "min", "sorted"]);

/** Modules of the standard library whose functions compute and change nothing. */
const quietModules: ReadonlySet<string> = new Set(
  [
    [
      "base64",
      "binascii",
      "cmath",
      "colorsys",
      "difflib",
      "fnmatch",
      "hashlib",
      "html",
      "ipaddress",
    ],
    ["keyword", "math", "operator", "os.path", "pathlib", "posixpath", "re", "string", "struct"],
    ["textwrap", "unicodedata", "urllib.parse", "uuid", "zlib"],
  ].flat(),
);

const quietFunctions: ReadonlySet<string> = new Set([
  "ast.literal_eval",
  "collections.Counter",
  "copy.copy",
  "copy.deepcopy",
  "dataclasses.asdict",
  "datetime.date",
  "datetime.datetime",
  "datetime.timedelta",
  "decimal.Decimal",
  "fractions.Fraction",
  "json.dumps",
  "json.loads",
]);

/** Methods of strings, whose names hardly anything else has, and methods that only read. */
const quietMethods: ReadonlySet<string> = new Set(
  [
    ["capitalize", "casefold", "center", "copy", "count", "decode", "encode", "endswith", "find"],
    ["format", "get", "group", "groups", "hex", "index", "isalnum", "isalpha", "isdigit"],
    ["isdisjoint", "isidentifier", "islower", "isnumeric", "isoformat", "isspace", "issubset"],
    ["issuperset", "isupper", "items", "join", "keys", "ljust", "lower", "lstrip", "partition"],
    ["removeprefix", "removesuffix", "replace", "rfind", "rindex", "rjust", "rpartition", "rsplit"],
    ["rstrip", "split", "splitlines", "startswith", "strftime", "strip", "swapcase", "title"],
    ["translate", "upper", "values", "zfill"],
  ].flat(),
);

/**
 * Tells whether a call computes a value and does nothing else, as far as builtins and the standard
 * library go; its arguments are not looked at. Never true of a function that is not known.
 */
export function isQuietCall(call: Call, model: Model): boolean {
  const { callee, args } = call;
  const builtin = model.builtinName(callee);
  if (builtin !== null) {
    if (quietBuiltins.has(builtin) || /(Error|Exception|Warning)$/.test(builtin)) return true;
    return callingBuiltins.has(builtin) && args.every(({ value }) => !mayRun(value, model));
  }
  const name = model.qualifiedName(callee);
  if (name !== null) {
    return quietFunctions.has(name) || quietModules.has(name.slice(0, name.lastIndexOf(".")));
  }
  return isA(callee, "Attribute") && quietMethods.has(callee.name.text);
}

/** Whether a value given to `map` and the like is a function that may do anything. */
function mayRun(value: Expression, model: Model): boolean {
  if (isA(value, "Lambda")) return true;
  const builtin = model.builtinName(value);
  if (builtin !== null) return !quietBuiltins.has(builtin);
  if (isA(value, "Attribute")) return !isMethodOfBuiltin(value.object, model);
  return isA(value, "Name") && model.typeOf(value) === null && !isData(value, model);
}

/** `map(str.strip, lines)`. */
function isMethodOfBuiltin(owner: Expression, model: Model): boolean {
  return quietBuiltins.has(model.builtinName(owner) ?? "");
}

/** A name that is gone over, not called: told by its place behind the first one. */
function isData(value: Expression, model: Model): boolean {
  const call = value.parent?.parent;
  if (!isA(call, "Call")) return false;
  const name = model.builtinName(call.callee);
  const isSecond = call.args[0]?.value !== value && value.parent?.kind === "Argument";
  const isPositional = call.args.some(each => each.value === value && each.shape === "positional");
  if (!isPositional) return false;
  return name === "map" || name === "filter" ? isSecond : true;
}
