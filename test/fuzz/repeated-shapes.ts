import { lines, type Shape, wide } from "./shape";

/** Shapes of code in which very many places speak of one name, one object or one function. */
export const repeatedShapes: readonly Shape[] = [
  wide(
    "loops that grow a text each",
    5000,
    n =>
      `def f(rows):\n${lines(n, () => `    s = ""\n    for row in rows:\n        s += str(row)\n    print(s)`)}`,
  ),
  wide(
    "loops that grow one text",
    5000,
    n =>
      `def f(rows):\n    s = ""\n${lines(n, () => "    for row in rows:\n        s += str(row)")}    return s\n`,
  ),
  wide(
    "global statements of one function",
    10_000,
    n => `def f():\n${lines(n, i => `    global a${i}\n    a${i} = []`)}`,
  ),
  wide(
    "attributes of one object",
    5000,
    n =>
      `class A:\n    def __init__(self):\n${lines(n, i => `        self.a${i} = []`)}    def f(self):\n${lines(n, i => `        self.a${i}.append(1)`)}`,
  ),
  wide(
    "classes of one base",
    5000,
    n =>
      `class B:\n    items = []\n${lines(n, i => `class A${i}(B):\n    def f(self):\n        self.items.append(${i})`)}`,
  ),
  wide("classes of one name", 5000, n =>
    lines(
      n,
      i =>
        `class A:\n    items = []\n    def f(self):\n        self.a = [${i}]\n        return A()`,
    ),
  ),
  wide(
    "copies of one value",
    10_000,
    n => `def f(a):\n${lines(n, i => `    b${i} = a.copy()\n    b${i}.sort()`)}`,
  ),
  wide(
    "growth of one list of the module",
    5000,
    n => `out = []\ndef f(a):\n${lines(n, () => "    out.append(a)")}`,
  ),
  wide(
    "switches of the collector",
    5000,
    n => `import gc\ndef f():\n${lines(n, () => "    gc.disable()\n    gc.enable()")}`,
  ),
  wide("open fields of f-strings", 10_000, n => lines(n, i => `x = f"""{a${i}`)),
  wide(
    "suppressed lines of one statement",
    5000,
    n => `x = [\n${lines(n, () => "    sum([a for a in b]),  # memory: ignore[MEM101]")}]\n`,
  ),
  wide(
    "fields of one f-string",
    20_000,
    n => `x = f"${Array.from({ length: n }, (_, i) => `{a${i}!r:>{w}}`).join(" ")}"\n`,
  ),
  wide(
    "functions of one name with caches",
    5000,
    n =>
      `from functools import lru_cache\n${lines(n, () => "@lru_cache(maxsize=None)\ndef f(a):\n    return [a]")}`,
  ),
];
