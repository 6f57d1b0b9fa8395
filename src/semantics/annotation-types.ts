import type { Expression, StringLiteral } from "#syntax";
import { builtinNames } from "./builtins";
import type { Names } from "./names";
import type { Scope } from "./scope";
import type { InferredType } from "./type-names";

/**
 * The type that an annotation names; null for unions and what is not known. `list[int]` is a list,
 * `Optional[list]` and `list | None` may be none. An annotation in quotes is looked up from `scope`.
 */
export function annotationType(
  annotation: Expression,
  scope: Scope,
  names: Names,
): InferredType | null {
  if (annotation.kind === "String") return quotedType(annotation, scope, names);
  const head = annotation.kind === "Subscript" ? annotation.object : annotation;
  const name = names.qualifiedName(head);
  if (annotation.kind === "Subscript" && wrappers.has(name ?? "")) {
    return annotationType(annotation.index, scope, names);
  }
  return name === null ? null : (annotationTypes.get(name) ?? null);
}

/** Say something of the variable, and nothing of its type. */
const wrappers: ReadonlySet<string> = new Set([
  "typing.ClassVar",
  "typing.Final",
  "typing_extensions.ClassVar",
  "typing_extensions.Final",
]);

/** One dotted name, with what may stand in brackets behind it: no union has this form. */
const quotedPattern = /^\s*([\w.]+)\s*(?:\[[^|]*\]\s*)?$/;

function quotedType({ raw }: StringLiteral, scope: Scope, names: Names): InferredType | null {
  const [head = "", ...members] = quotedPattern.exec(raw ?? "")?.[1]?.split(".") ?? [];
  if (head === "") return null;
  const base = meaningAt(head, scope, names);
  return base === null ? null : (annotationTypes.get([base, ...members].join(".")) ?? null);
}

/** The qualified name of what a word stands for in a scope. */
function meaningAt(word: string, from: Scope, names: Names): string | null {
  for (let scope: Scope | null = from; scope; scope = scope.parent) {
    if (scope.kind === "class" && scope !== from) continue;
    const mention = scope.bindings.get(word)?.references[0];
    if (mention) return names.qualifiedName(mention.node);
  }
  return builtinNames.has(word) ? `builtins.${word}` : null;
}

const annotationTypes: ReadonlyMap<string, InferredType> = new Map([
  ...(["str", "bytes", "bytearray", "memoryview", "int", "float", "bool", "list"] as const).map(
    name => [`builtins.${name}`, name] as const,
  ),
  ...(["tuple", "dict", "set", "frozenset", "range"] as const).map(
    name => [`builtins.${name}`, name] as const,
  ),
  ["typing.Text", "str"],
  ["typing.List", "list"],
  ["typing.Dict", "dict"],
  ["typing.DefaultDict", "dict"],
  ["typing.OrderedDict", "dict"],
  ["typing.Counter", "dict"],
  ["typing.Set", "set"],
  ["typing.FrozenSet", "frozenset"],
  ["typing.Tuple", "tuple"],
  ["typing.Deque", "deque"],
  ["collections.deque", "deque"],
  ["collections.defaultdict", "dict"],
  ["collections.OrderedDict", "dict"],
  ["collections.Counter", "dict"],
  ["numpy.ndarray", "ndarray"],
  ["numpy.typing.NDArray", "ndarray"],
  ["pandas.DataFrame", "DataFrame"],
  ["pandas.Series", "Series"],
  ["pathlib.Path", "Path"],
  ["re.Pattern", "Pattern"],
  ["typing.Pattern", "Pattern"],
  ["typing.IO", "file"],
  ["typing.TextIO", "text file"],
  ["typing.BinaryIO", "binary file"],
  ["io.TextIOWrapper", "text file"],
  ["io.BufferedReader", "binary file"],
  ["io.StringIO", "StringIO"],
  ["io.BytesIO", "BytesIO"],
]);
