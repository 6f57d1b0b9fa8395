/** What is known of a value's type. A union or a subclass is not known. */
export type TypeName =
  | "str"
  | "bytes"
  | "bytearray"
  | "memoryview"
  | "int"
  | "float"
  | "bool"
  | "None"
  | "list"
  | "tuple"
  | "dict"
  | "set"
  | "frozenset"
  | "deque"
  | "range"
  | "generator"
  /** What gives its elements once, one at a time: of `map`, `zip`, itertools, a CSV reader. */
  | "iterator"
  | "file"
  | "StringIO"
  | "BytesIO"
  | "Path"
  | "Pattern"
  | "ndarray"
  | "DataFrame"
  | "Series";

/** Files are told apart by what they give, as far as their mode is known. */
export type InferredType = TypeName | "text file" | "binary file";

export function typeName(type: InferredType | null): TypeName | null {
  return type === "text file" || type === "binary file" ? "file" : type;
}
