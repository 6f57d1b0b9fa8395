import { numberFunctions } from "./number-type";
import type { InferredType } from "./type-names";

/** What well-known functions and classes give when they are called, by qualified name. */
export const functionTypes: ReadonlyMap<string, InferredType> = new Map([
  ...numberFunctions,
  ...given("str", "builtins", ["ascii", "bin", "chr", "format", "hex", "input", "oct", "repr"]),
  ...given("tuple", "builtins", ["divmod"]),
  ...given("list", "builtins", ["dir", "sorted"]),
  ...given("iterator", "builtins", ["enumerate", "filter", "map", "reversed", "zip"]),
  ...(["str", "bytes", "bytearray", "memoryview", "int", "float", "bool", "list"] as const).map(
    name => [`builtins.${name}`, name] as const,
  ),
  ...(["tuple", "dict", "set", "frozenset", "range"] as const).map(
    name => [`builtins.${name}`, name] as const,
  ),
  ["builtins.bytes.fromhex", "bytes"],
  ["builtins.dict.fromkeys", "dict"],
  ["builtins.int.from_bytes", "int"],
  ["collections.deque", "deque"],
  ...given("dict", "collections", ["Counter", "OrderedDict", "defaultdict"]),
  ["io.StringIO", "StringIO"],
  ["io.BytesIO", "BytesIO"],
  ["io.TextIOWrapper", "text file"],
  ...given("Path", "pathlib", ["Path", "PosixPath", "WindowsPath"]),
  ...given("Path", "pathlib.Path", ["cwd", "home"]),
  ["re.compile", "Pattern"],
  ["re.escape", "str"],
  ...given("list", "re", ["findall", "split"]),
  ["re.finditer", "iterator"],
  ["json.dumps", "str"],
  ["pickle.dumps", "bytes"],
  ["marshal.dumps", "bytes"],
  ["struct.pack", "bytes"],
  ["struct.unpack", "tuple"],
  ...given("bytes", "zlib", ["compress", "decompress"]),
  ...given("bytes", "gzip", ["compress", "decompress"]),
  ...given("bytes", "base64", ["b64decode", "b64encode", "b85encode", "urlsafe_b64encode"]),
  ...given("bytes", "os", ["fsencode", "getcwdb", "urandom"]),
  ...given("str", "os", ["fsdecode", "getcwd", "getlogin", "strerror"]),
  ...given("iterator", "os", ["fwalk", "walk"]),
  ["glob.glob", "list"],
  ...given("list", "os", ["listdir"]),
  ["glob.iglob", "iterator"],
  ...given("str", "tempfile", ["gettempdir", "mkdtemp", "mktemp"]),
  ["tempfile.mkstemp", "tuple"],
  ...given("str", "platform", ["machine", "node", "platform", "python_version", "system"]),
  ...given("str", "subprocess", ["getoutput", "list2cmdline"]),
  ["subprocess.check_output", "bytes"],
  ...given("str", "textwrap", ["dedent", "fill", "indent", "shorten"]),
  ["textwrap.wrap", "list"],
  ["shlex.split", "list"],
  ...given("str", "shlex", ["join", "quote"]),
  ...given("str", "time", ["asctime", "ctime", "strftime"]),
  ...given("str", "traceback", ["format_exc"]),
  ...given("list", "traceback", ["format_exception", "format_stack", "format_tb"]),
  ...given("str", "html", ["escape", "unescape"]),
  ...given("str", "urllib.parse", ["quote", "quote_plus", "unquote", "urlencode"]),
  ...given("dict", "urllib.parse", ["parse_qs"]),
  ...given("str", "secrets", ["token_hex", "token_urlsafe"]),
  ["secrets.token_bytes", "bytes"],
  ...given("list", "random", ["choices", "sample"]),
  ...given("list", "heapq", ["nlargest", "nsmallest"]),
  ...given("iterator", "csv", ["reader"]),
  ...given("iterator", "itertools", ["accumulate", "chain", "combinations", "compress", "count"]),
  ...given("iterator", "itertools", ["cycle", "dropwhile", "filterfalse", "groupby", "islice"]),
  ...given("iterator", "itertools", ["pairwise", "permutations", "product", "repeat", "starmap"]),
  ...given("iterator", "itertools", ["takewhile", "zip_longest"]),
  ["itertools.chain.from_iterable", "iterator"],
  ...given("ndarray", "numpy", ["append", "arange", "array", "asarray", "ascontiguousarray"]),
  ...given("ndarray", "numpy", ["column_stack", "concatenate", "copy", "delete", "dstack"]),
  ...given("ndarray", "numpy", ["empty", "empty_like", "eye", "frombuffer", "fromfile"]),
  ...given("ndarray", "numpy", ["fromiter", "full", "full_like", "geomspace", "hstack"]),
  ...given("ndarray", "numpy", ["identity", "insert", "linspace", "loadtxt", "logspace"]),
  ...given("ndarray", "numpy", ["ones", "ones_like", "repeat", "stack", "tile", "vstack"]),
  ...given("ndarray", "numpy", ["zeros", "zeros_like"]),
  ["pandas.Series", "Series"],
  ...given("DataFrame", "pandas", ["DataFrame", "crosstab", "get_dummies", "merge"]),
  ...given("DataFrame", "pandas", ["pivot_table", "read_csv", "read_excel", "read_feather"]),
  ...given("DataFrame", "pandas", ["read_fwf", "read_json", "read_parquet", "read_sql"]),
  ...given("DataFrame", "pandas", ["read_sql_query", "read_sql_table", "read_table"]),
  ...given("DataFrame", "pandas.DataFrame", ["from_dict", "from_records"]),
]);

const frames = new Set(["chunksize", "inplace", "iterator", "sheet_name"]);

/** Keyword arguments with which functions, by name or by what they give, may give something else. */
export const changingKeywords: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["DataFrame", frames],
  ["Series", frames],
  ["subprocess.check_output", new Set(["encoding", "errors", "text", "universal_newlines"])],
]);

/** What is read of well-known modules without a call. */
export const constantTypes: ReadonlyMap<string, InferredType> = new Map([
  ...given("str", "os", ["curdir", "linesep", "name", "pathsep", "sep"]),
  ...given("str", "string", ["ascii_letters", "ascii_lowercase", "ascii_uppercase", "digits"]),
  ...given("str", "string", ["hexdigits", "printable", "punctuation", "whitespace"]),
  ...given("str", "sys", ["executable", "platform", "prefix", "version"]),
  ...given("list", "sys", ["argv", "path"]),
  ...given("float", "math", ["e", "inf", "nan", "pi", "tau"]),
]);

function given<T extends InferredType>(
  type: T,
  owner: string,
  names: readonly string[],
): (readonly [string, T])[] {
  return names.map(name => [`${owner}.${name}`, type] as const);
}
