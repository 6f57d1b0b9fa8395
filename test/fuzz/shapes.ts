import { pythonFiles } from "../support/python-files";
import { repeatedShapes } from "./repeated-shapes";
import { deep, lines, type Shape, wide } from "./shape";

/** Shapes of code that is nested as deep as asked for. */
export const nestedShapes: readonly Shape[] = [
  deep("parentheses", n => `x = ${"(".repeat(n)}1${")".repeat(n)}\n`),
  deep("lists", n => `x = ${"[".repeat(n)}1${"]".repeat(n)}\n`),
  deep("dicts", n => `x = ${"{1: ".repeat(n)}1${"}".repeat(n)}\n`),
  deep("calls", n => `x = ${"list(".repeat(n)}y${")".repeat(n)}\n`),
  deep("calls of calls", n => `x = f${"(1)".repeat(n)}\n`),
  deep("subscripts", n => `x = y${"[0]".repeat(n)}\n`),
  deep("attributes", n => `x = y${".z".repeat(n)}\n`),
  deep("method calls", n => `x = y${".copy()".repeat(n)}\n`),
  deep("sums", n => `x = ${"1 + ".repeat(n)}1\n`),
  deep("sums of lists", n => `x = ${"[1] + ".repeat(n)}[1]\n`),
  deep("powers", n => `x = ${"2 ** ".repeat(n)}2\n`),
  deep("negations", n => `x = ${"not ".repeat(n)}y\n`),
  deep("comparisons", n => `x = ${"1 < ".repeat(n)}1\n`),
  deep("conditions", n => `x = ${"1 if y else ".repeat(n)}2\n`),
  deep("lambdas", n => `x = ${"lambda: ".repeat(n)}1\n`),
  deep("comprehensions", n => `x = ${"[a for a in ".repeat(n)}y${"]".repeat(n)}\n`),
  deep("generators in sums", n => `x = ${"sum([a for a in ".repeat(n)}y${"])".repeat(n)}\n`),
  deep("clauses", n => `x = [a ${"for a in b ".repeat(n)}]\n`),
  deep("f-strings", n => `x = ${`f"{`.repeat(n)}1${`}"`.repeat(n)}\n`),
  deep("walruses", n => `x = ${"(a := ".repeat(n)}1${")".repeat(n)}\n`),
  deep("elif", n => `if a:\n    pass\n${lines(n, i => `elif a == ${i}:\n    pass`)}`),
  deep("decorators", n => `${lines(n, i => `@decorate(${i})`)}def f():\n    pass\n`),
  deep("blocks of one space", n => lines(n, i => `${" ".repeat(Math.min(i, 150))}if x:`)),
  deep("functions on one line", n => lines(n / 20, i => `${" ".repeat(i % 20)}def f${i}():`)),
  deep("targets", n => `${"x = ".repeat(n)}[]\n`),
  deep(
    "targets of many names",
    n => `${Array.from({ length: n }, (_, i) => `x${i} = `).join("")}1\n`,
  ),
  deep("starred targets", n => `for ${"(a, ".repeat(n)}b${")".repeat(n)} in c:\n    pass\n`),
];

/** Shapes of code in which one thing has very many parts. */
export const wideShapes: readonly Shape[] = [
  wide("files one after another", 70, n => lines(n, () => pythonFiles().join("\n"))),
  wide("numbers on one line", 700_000, n => `x = [${"12345, ".repeat(n)}]\n`),
  wide("functions", 50_000, n =>
    lines(n, i => `def f${i}(a, b=None):\n    c = [a for a in b]\n    return sum(c)\n`),
  ),
  wide(
    "methods of one class",
    5000,
    n =>
      `class A:\n${lines(n, i => `    def m${i}(self, rows=[]):\n        self.a${i} = [r for r in rows]\n        self.b = self.m${i}(self.a${i})\n        return self.a${i}\n`)}`,
  ),
  wide(
    "methods over one attribute",
    5000,
    n =>
      `import threading\nclass A:\n    cache = {}\n    def __init__(self):\n        self.items = []\n${lines(n, i => `    def m${i}(self, key):\n        self.items.append(key)\n        self.cache[key] = ${i}\n`)}`,
  ),
  wide("classes", 20_000, n =>
    lines(n, i => `class A${i}:\n    def __init__(self, a):\n        self.a = a\n`),
  ),
  wide(
    "dataclasses",
    10_000,
    n =>
      `from dataclasses import dataclass\n${lines(n, i => `@dataclass\nclass A${i}:\n    a: int\n    b: str\n`)}`,
  ),
  wide(
    "classes made in one loop",
    3000,
    n =>
      `${lines(n, i => `class A${i}:\n    def __init__(self, a):\n        self.a = a\n`)}def f(rows):\n    out = []\n    for row in rows:\n${lines(n, i => `        out.append(A${i}(row))`)}    return out\n`,
  ),
  wide(
    "uses of one class",
    10_000,
    n =>
      `class A:\n    def __init__(self, a):\n        self.a = a\n${lines(n, i => `def f${i}(rows):\n    return [A(row) for row in rows]\n`)}`,
  ),
  wide(
    "additions to one text in a loop",
    5000,
    n =>
      `def f(rows):\n    s = ""\n    for row in rows:\n${lines(n, () => "        s += str(row)")}    return s\n`,
  ),
  wide(
    "additions to many texts in a loop",
    5000,
    n =>
      `def f(rows):\n${lines(n, i => `    s${i} = ""`)}    for row in rows:\n${lines(n, i => `        s${i} += str(row)`)}    return s0\n`,
  ),
  wide(
    "additions to one list in a loop",
    5000,
    n =>
      `def f(rows):\n    s = []\n    for row in rows:\n${lines(n, () => "        s = s + [row]")}    return s\n`,
  ),
  wide(
    "additions to one bytes in a loop",
    5000,
    n =>
      `def f(rows):\n    s = b""\n    for row in rows:\n${lines(n, () => "        s += row.read(1)")}    return s\n`,
  ),
  wide(
    "slices of one bytes in a loop",
    5000,
    n =>
      `def f(path):\n    data = open(path, "rb").read()\n    while data:\n${lines(n, () => "        data = data[1:]")}    return data\n`,
  ),
  wide(
    "appends in one loop",
    5000,
    n =>
      `def f(rows):\n    out = []\n    for row in rows:\n${lines(n, i => `        out.append(row[${i}])`)}    return out\n`,
  ),
  wide(
    "appends to many lists in a loop",
    3000,
    n =>
      `def f(rows):\n${lines(n, i => `    s${i} = []`)}    for row in rows:\n${lines(n, i => `        s${i}.append(row)`)}    return s0\n`,
  ),
  wide(
    "lists built by loops",
    5000,
    n =>
      `def f(rows):\n${lines(n, i => `    s${i} = []\n    for row in rows:\n        s${i}.append(row)\n    print(sum(s${i}))`)}`,
  ),
  wide(
    "one list built by loops",
    5000,
    n =>
      `def f(rows):\n${lines(n, () => `    s = []\n    for row in rows:\n        s.append(row)\n    print(len(s))`)}`,
  ),
  wide(
    "loops over one list",
    5000,
    n =>
      `def f(rows):\n    items = [row for row in rows]\n${lines(n, i => `    for x${i} in list(items):\n        print(x${i})`)}`,
  ),
  wide(
    "reads of one file",
    5000,
    n =>
      `def f(path):\n${lines(n, () => `    a = open(path)\n    for line in a.readlines():\n        print(line)`)}`,
  ),
  wide(
    "caches filled by functions",
    10_000,
    n => `cache = {}\n${lines(n, i => `def f${i}(key):\n    cache[key] = ${i}\n`)}`,
  ),
  wide("caches", 10_000, n =>
    lines(n, i => `cache${i} = {}\ndef f${i}(key):\n    cache${i}[key] = ${i}\n`),
  ),
  wide(
    "global declarations",
    10_000,
    n => `items = []\n${lines(n, i => `def f${i}(key):\n    global items\n    items += [key]\n`)}`,
  ),
  wide("imports", 20_000, n => lines(n, i => `import module${i} as m${i}\nm${i}.run()`)),
  wide(
    "names in one list",
    50_000,
    n => `x = [${Array.from({ length: n }, (_, i) => `name${i}`).join(", ")}]\n`,
  ),
  wide("one name in one list", 100_000, n => `def f(a):\n    return [${"a, ".repeat(n)}]\n`),
  wide(
    "tuples in one list",
    50_000,
    n => `x = [\n${lines(n, i => `    (${i}, "a${i}", None),`)}]\n`,
  ),
  wide(
    "lines of one dict",
    50_000,
    n => `x = {\n${lines(n, i => `    "key${i}": {"a": [${i}], "b": "text"},`)}}\n`,
  ),
  wide(
    "arguments of one call",
    50_000,
    n => `f(${Array.from({ length: n }, (_, i) => `k${i}=[${i}]`).join(", ")})\n`,
  ),
  wide(
    "parameters of one function",
    20_000,
    n => `def f(${Array.from({ length: n }, (_, i) => `k${i}=[]`).join(", ")}):\n    pass\n`,
  ),
  wide(
    "locals of one function",
    10_000,
    n => `def f(a):\n${lines(n, i => `    b${i} = a.read()\n    del b${i}`)}`,
  ),
  wide(
    "writes of one local",
    10_000,
    n => `def f(a):\n    b = []\n${lines(n, () => "    b = list(b)")}    return b\n`,
  ),
  wide(
    "views of one array",
    5000,
    n =>
      `import numpy as np\ndef f():\n    a = np.zeros(1000000)\n${lines(n, i => `    b${i} = a[:10]`)}    return b0\n`,
  ),
  wide(
    "frames changed",
    5000,
    n =>
      `import pandas as pd\ndf = pd.read_csv("a.csv")\n${lines(n, i => `df = df.drop(columns="a${i}").copy()`)}`,
  ),
  wide(
    "frames grown in a loop",
    3000,
    n =>
      `import pandas as pd\ndef f(rows):\n    df = pd.DataFrame()\n    for row in rows:\n${lines(n, () => "        df = pd.concat([df, row])")}    return df\n`,
  ),
  wide(
    "exceptions kept",
    5000,
    n =>
      `def f(run):\n    errors = []\n${lines(n, i => `    try:\n        run(${i})\n    except ValueError as error:\n        errors.append(error)`)}    return errors\n`,
  ),
  wide(
    "closures",
    5000,
    n =>
      `def f(rows):\n    data = [row for row in rows]\n${lines(n, i => `    def g${i}():\n        return len(data)\n    register(g${i})`)}`,
  ),
  wide("lambdas in one call", 20_000, n => `run(${"lambda a=[]: a, ".repeat(n)})\n`),
  wide(
    "loops in one function",
    10_000,
    n =>
      `import gc\ndef f(a):\n${lines(n, i => `    for x in range(len(a[${i}])):\n        gc.collect()`)}`,
  ),
  wide(
    "with statements",
    10_000,
    n =>
      `def f(a):\n${lines(n, i => `    with open(a) as f${i}:\n        data${i} = f${i}.read()\n        print(data${i}.splitlines())`)}`,
  ),
  wide("comments that silence", 20_000, n =>
    lines(n, i => `x${i} = sum([a for a in b])  # memory: ignore[MEM101]`),
  ),
  wide("comments that silence nothing", 20_000, n => lines(n, i => `x${i} = 1  # noqa: MEM101`)),
  wide("findings on one line", 10_000, n => `x = [${"sum([a for a in b]), ".repeat(n)}]\n`),
  wide("statements on one line", 50_000, n => `${"x = 1; ".repeat(n)}\n`),
  wide("errors", 20_000, n => lines(n, () => "x = (1 2 3]\n")),
  wide("lines too deep", 20_000, n => lines(n, i => `${" ".repeat((i * 7) % 40)}x = 1`)),
  wide("open strings", 20_000, n => lines(n, () => `x = "abc`)),
  wide("empty lines", 500_000, n => "\n".repeat(n)),
  wide("returns", 100_000, n => "\r".repeat(n)),
  wide("continued lines", 100_000, n => `x = 1 ${"+ 1 \\\n".repeat(n)}+ 1\n`),
  wide(
    "matches",
    5000,
    n => `match x:\n${lines(n, i => `    case [${i}, *rest] | {"a": rest}:\n        print(rest)`)}`,
  ),
  wide("keys of one long string", 500_000, n => `x = "${"a%s".repeat(n)}" % y\n`),
  wide("overloads", 5000, n => lines(n, i => `def f(a=[${i}]):\n    return f(a)\n`)),
  wide("functions that call the next", 5000, n =>
    lines(
      n,
      i =>
        `def f${i}():\n    out = []\n    for x in f${i + 1}():\n        out.append(x)\n    return out\n`,
    ),
  ),
  ...repeatedShapes,
  wide("variables of the next", 10_000, n => `x0 = []\n${lines(n, i => `x${i + 1} = x${i}`)}`),
  wide(
    "locals of the next",
    10_000,
    n => `def f():\n    x0 = []\n${lines(n, i => `    x${i + 1} = x${i}`)}    return sum(x${n})\n`,
  ),
];

/** Code as people write it, for comparison. */
export const ordinary: Shape = {
  name: "ordinary code",
  largest: 40,
  write: n => lines(n, () => pythonFiles().join("\n")),
};
