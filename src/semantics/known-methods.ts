/** What methods and functions of the standard library do to a container, by name. */

/** Methods of lists, dicts, sets, deques and counters that put something in. */
export const growingMethods: ReadonlySet<string> = new Set([
  "add",
  "append",
  "appendleft",
  "extend",
  "extendleft",
  "insert",
  "setdefault",
  "update",
  "__setitem__",
]);

export const shrinkingMethods: ReadonlySet<string> = new Set([
  "clear",
  "difference_update",
  "discard",
  "intersection_update",
  "pop",
  "popitem",
  "popleft",
  "remove",
  "subtract",
  "symmetric_difference_update",
  "__delitem__",
]);

/** Methods that change the order, and nothing else. */
export const changingMethods: ReadonlySet<string> = new Set([
  "move_to_end",
  "reverse",
  "rotate",
  "sort",
]);

export const readingMethods: ReadonlySet<string> = new Set([
  "copy",
  "count",
  "decode",
  "difference",
  "elements",
  "endswith",
  "find",
  "get",
  "hex",
  "index",
  "intersection",
  "isdisjoint",
  "issubset",
  "issuperset",
  "items",
  "keys",
  "most_common",
  "startswith",
  "symmetric_difference",
  "union",
  "values",
  "__contains__",
  "__getitem__",
  "__iter__",
  "__len__",
]);

/** Methods of any object that take the items out of an argument and do not keep it. */
export const copyingMethods: ReadonlySet<string> = new Set([
  "difference",
  "difference_update",
  "extend",
  "extendleft",
  "format",
  "fromkeys",
  "intersection",
  "intersection_update",
  "isdisjoint",
  "issubset",
  "issuperset",
  "join",
  "symmetric_difference",
  "union",
  "update",
  "writelines",
]);

/** Methods of any object that keep an argument, with the number of arguments they take. */
export const keepingMethods: ReadonlyMap<string, number> = new Map([
  ["add", 1],
  ["append", 1],
  ["appendleft", 1],
  ["insert", 2],
  ["put", 1],
  ["put_nowait", 1],
  ["setdefault", 2],
]);

/** Functions that look at a container or copy it. */
export const readingFunctions: ReadonlySet<string> = new Set([
  ...[
    ["all", "any", "bool", "bytearray", "bytes", "callable", "dict", "enumerate", "filter"],
    ["format", "frozenset", "hasattr", "hash", "id", "isinstance", "issubclass", "iter", "len"],
    ["list", "map", "max", "min", "print", "repr", "reversed", "set", "sorted", "str", "sum"],
    ["tuple", "type", "zip"],
  ]
    .flat()
    .map(name => `builtins.${name}`),
  "collections.Counter",
  "collections.OrderedDict",
  "collections.defaultdict",
  "collections.deque",
  "copy.copy",
  "copy.deepcopy",
  "itertools.chain",
  "itertools.chain.from_iterable",
  "itertools.combinations",
  "itertools.islice",
  "itertools.permutations",
  "itertools.product",
  "json.dump",
  "json.dumps",
  "os.path.join",
  "pprint.pformat",
  "pprint.pprint",
  "random.choice",
  "random.sample",
  "urllib.parse.urlencode",
]);

export const growingFunctions: ReadonlySet<string> = new Set([
  "bisect.insort",
  "bisect.insort_left",
  "bisect.insort_right",
  "heapq.heappush",
]);

export const shrinkingFunctions: ReadonlySet<string> = new Set([
  "heapq.heappop",
  "heapq.heappushpop",
  "heapq.heapreplace",
]);
