import type { TypeName } from "./types";

/** What well-known calls give, by qualified name. */
export const constructorTypes: ReadonlyMap<string, TypeName> = new Map([
  ["builtins.str", "str"],
  ["builtins.repr", "str"],
  ["builtins.format", "str"],
  ["builtins.input", "str"],
  ["builtins.chr", "str"],
  ["builtins.bytes", "bytes"],
  ["builtins.bytearray", "bytearray"],
  ["builtins.int", "int"],
  ["builtins.len", "int"],
  ["builtins.float", "float"],
  ["builtins.bool", "bool"],
  ["builtins.list", "list"],
  ["builtins.sorted", "list"],
  ["builtins.tuple", "tuple"],
  ["builtins.dict", "dict"],
  ["builtins.set", "set"],
  ["builtins.frozenset", "frozenset"],
  ["builtins.open", "file"],
  ["io.open", "file"],
  ["gzip.open", "file"],
  ["bz2.open", "file"],
  ["lzma.open", "file"],
  ["codecs.open", "file"],
  ["collections.deque", "deque"],
  ["collections.defaultdict", "dict"],
  ["collections.OrderedDict", "dict"],
  ["collections.Counter", "dict"],
  ["json.dumps", "str"],
  ["pandas.DataFrame", "DataFrame"],
  ["pandas.read_csv", "DataFrame"],
  ["pandas.read_excel", "DataFrame"],
  ["pandas.read_parquet", "DataFrame"],
  ["pandas.read_json", "DataFrame"],
  ["pandas.Series", "Series"],
  ...["array", "asarray", "zeros", "ones", "empty", "full", "arange", "linspace"].map(
    name => [`numpy.${name}`, "ndarray"] as const,
  ),
  ...["append", "concatenate", "vstack", "hstack", "stack", "zeros_like", "empty_like"].map(
    name => [`numpy.${name}`, "ndarray"] as const,
  ),
]);

/** What methods of known types give, as `type.method`. */
export const methodTypes: ReadonlyMap<string, TypeName> = new Map([
  ...["capitalize", "casefold", "center", "expandtabs", "format", "join", "ljust", "lower"].map(
    name => [`str.${name}`, "str"] as const,
  ),
  ...["lstrip", "replace", "rjust", "rstrip", "strip", "swapcase", "title", "translate"].map(
    name => [`str.${name}`, "str"] as const,
  ),
  ...["upper", "zfill", "removeprefix", "removesuffix"].map(
    name => [`str.${name}`, "str"] as const,
  ),
  ...["split", "rsplit", "splitlines"].map(name => [`str.${name}`, "list"] as const),
  ["str.encode", "bytes"],
  ["bytes.decode", "str"],
  ["bytes.join", "bytes"],
  ["bytes.hex", "str"],
  ["list.copy", "list"],
  ["dict.copy", "dict"],
  ["set.copy", "set"],
  ["file.readlines", "list"],
  ["DataFrame.copy", "DataFrame"],
  ["ndarray.copy", "ndarray"],
]);
