import type { InferredType } from "./type-names";

/** What methods of known types give, as `type.method`. */
export const methodTypes: ReadonlyMap<string, InferredType> = new Map([
  ...["str", "bytes", "bytearray"].flatMap(textMethods),
  ...giving("str", "str", ["casefold", "format", "format_map"]),
  ...giving("bool", "str", ["isdecimal", "isidentifier", "isnumeric", "isprintable"]),
  ["str.encode", "bytes"],
  ...giving("str", "bytes", ["decode", "hex"]),
  ...giving("str", "bytearray", ["decode", "hex"]),
  ["memoryview.tobytes", "bytes"],
  ["memoryview.tolist", "list"],
  ["memoryview.cast", "memoryview"],
  ["int.to_bytes", "bytes"],
  ["int.bit_length", "int"],
  ["float.is_integer", "bool"],
  ["list.copy", "list"],
  ...["list", "tuple", "deque", "range"].flatMap(type => giving("int", type, ["count", "index"])),
  ["deque.copy", "deque"],
  ["dict.copy", "dict"],
  // Of a `Counter`; a plain dict has no such method.
  ["dict.most_common", "list"],
  ...["set", "frozenset"].flatMap(setMethods),
  ...["file", "text file", "binary file", "StringIO", "BytesIO"].flatMap(fileMethods),
  ...giving("str", "text file", ["read", "readline"]),
  ...giving("bytes", "binary file", ["read", "readline"]),
  ...giving("str", "StringIO", ["getvalue", "read", "readline"]),
  ...giving("bytes", "BytesIO", ["getvalue", "read", "read1", "readline"]),
  ["BytesIO.getbuffer", "memoryview"],
  ...giving("Path", "Path", ["absolute", "expanduser", "joinpath", "relative_to", "rename"]),
  ...giving("Path", "Path", ["resolve", "with_name", "with_stem", "with_suffix"]),
  ...giving("str", "Path", ["as_posix", "as_uri", "group", "owner", "read_text"]),
  ...giving("bool", "Path", ["exists", "is_absolute", "is_dir", "is_file", "is_symlink", "match"]),
  ...giving("iterator", "Path", ["glob", "iterdir", "rglob"]),
  ["Path.read_bytes", "bytes"],
  ...giving("list", "Pattern", ["findall", "split"]),
  ["Pattern.finditer", "iterator"],
  ...giving("ndarray", "ndarray", ["astype", "byteswap", "clip", "conj", "copy", "flatten"]),
  ...giving("ndarray", "ndarray", ["ravel", "repeat", "reshape", "round", "squeeze", "swapaxes"]),
  ...giving("ndarray", "ndarray", ["transpose"]),
  ["ndarray.tobytes", "bytes"],
  ["ndarray.tolist", "list"],
  ...["DataFrame", "Series"].flatMap(frameMethods),
  ...giving("DataFrame", "DataFrame", [
    "assign",
    "explode",
    "join",
    "melt",
    "merge",
    "pivot_table",
  ]),
  ...giving("DataFrame", "DataFrame", ["query", "select_dtypes", "set_index", "transpose"]),
  ...giving("iterator", "DataFrame", ["iterrows", "itertuples"]),
  ["Series.map", "Series"],
  ["Series.to_frame", "DataFrame"],
  ...giving("list", "Series", ["to_list", "tolist"]),
  ["Series.value_counts", "Series"],
] satisfies [string, InferredType][]);

/** What attributes of known types give. */
export const attributeTypes: ReadonlyMap<string, InferredType> = new Map([
  ...giving("str", "Path", ["anchor", "drive", "name", "root", "stem", "suffix"]),
  ["Path.parent", "Path"],
  ["Path.parts", "tuple"],
  ["Path.suffixes", "list"],
  ["Pattern.groups", "int"],
  ["ndarray.T", "ndarray"],
  ["ndarray.shape", "tuple"],
  ...giving("int", "ndarray", ["itemsize", "nbytes", "ndim", "size"]),
  ["DataFrame.T", "DataFrame"],
  ["DataFrame.values", "ndarray"],
  ["DataFrame.shape", "tuple"],
] satisfies [string, InferredType][]);

type Rows = [string, InferredType][];

/** What text and bytes have in common; `kind` is also what most of these give. */
function textMethods(kind: string): Rows {
  const same = kind as InferredType;
  return [
    ...giving(same, kind, ["capitalize", "center", "expandtabs", "join", "ljust", "lower"]),
    ...giving(same, kind, ["lstrip", "removeprefix", "removesuffix", "replace", "rjust"]),
    ...giving(same, kind, ["rstrip", "strip", "swapcase", "title", "translate", "upper", "zfill"]),
    ...giving("list", kind, ["rsplit", "split", "splitlines"]),
    ...giving("tuple", kind, ["partition", "rpartition"]),
    ...giving("int", kind, ["count", "find", "index", "rfind", "rindex"]),
    ...giving("bool", kind, ["endswith", "isalnum", "isalpha", "isascii", "isdigit", "islower"]),
    ...giving("bool", kind, ["isspace", "istitle", "isupper", "startswith"]),
  ];
}

function setMethods(kind: string): Rows {
  const names = ["copy", "difference", "intersection", "symmetric_difference", "union"];
  return [
    ...giving(kind as InferredType, kind, names),
    ...giving("bool", kind, ["isdisjoint", "issubset", "issuperset"]),
  ];
}

function fileMethods(kind: string): Rows {
  return [
    ["readlines", "list"],
    ["write", "int"],
    ["tell", "int"],
    ["fileno", "int"],
  ].map(([name, type]) => [`${kind}.${name}`, type as InferredType]);
}

/** Methods of frames and columns that give another of the kind. */
function frameMethods(kind: string): Rows {
  return [
    ["abs", "astype", "bfill", "clip", "copy", "cumsum", "diff", "drop", "drop_duplicates"],
    ["dropna", "ffill", "fillna", "head", "isin", "isna", "isnull", "mask", "nlargest", "notna"],
    ["notnull", "nsmallest", "rename", "replace", "round", "sample", "shift", "sort_index"],
    ["sort_values", "tail", "where"],
  ]
    .flat()
    .map((name): Rows[number] => [`${kind}.${name}`, kind as InferredType])
    .concat([[`${kind}.to_numpy`, "ndarray"]]);
}

function giving(type: InferredType, owner: string, names: readonly string[]): Rows {
  return names.map(name => [`${owner}.${name}`, type]);
}
