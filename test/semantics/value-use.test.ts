import assert from "node:assert/strict";
import { createModel, valueUse } from "#semantics";
import { isA, parseSource, walk } from "#syntax";

describe("the use of a value", () => {
  /** Finds the only `x` in a statement, or the last of several, and tells how it is used. */
  function useIn(statement: string): string {
    const text = `import bisect, heapq, json\nasync def f(a, b, self):\n    ${statement}\n`;
    const model = createModel(parseSource(text));
    const names = [...walk(model.module)].filter(node => isA(node, "Name") && node.text === "x");
    const name = names.at(-1);
    assert.ok(isA(name, "Name"), statement);
    const { kind, isNested } = valueUse(name, model);
    return isNested ? `nested ${kind}` : kind;
  }

  function check(expected: string, statements: readonly string[]): void {
    for (const statement of statements) assert.equal(useIn(statement), expected, statement);
  }

  it("is to look at it", () => {
    check("read", [
      "len(x)",
      "for a in x: pass",
      "[a for a in x]",
      "[a for a in b if x]",
      "a in x",
    ]);
    check("read", [
      "x.get(a)",
      "x.items()",
      "b = x + a",
      "b = not x",
      "b = f'{x}'",
      "b = '%s' % (x,)",
    ]);
    check("read", [
      "b = x[a]",
      "b = x[1:]",
      "b = a[x]",
      "g(*x)",
      "g(**x)",
      "b = [*x]",
      "b = {**x}",
    ]);
    check("read", ["a.extend(x)", "a.update(x)", "','.join(x)", "json.dumps(x)", "yield from x"]);
    check("read", ["if x: pass", "while x: pass", "b = a if x else c", "assert x", "a, b = x"]);
    check("read", ["a += x", "x", "self.assertEqual(a, x)", "if (x or a) in b: pass"]);
  });

  it("is to put something in", () => {
    check("grown", [
      "x.append(a)",
      "x.setdefault(a, b)",
      "x += a",
      "x |= a",
      "bisect.insort(x, a)",
    ]);
    check("item-set", ["x[a] = b", "x[a], b = c", "for x[a] in b: pass", "x[a]: int = 1"]);
    check("nested grown", ["x[a].append(b)", "x[a][b].add(c)"]);
    check("nested item-set", ["x[a][b] = c"]);
  });

  it("is to take something out", () => {
    check("shrunk", ["x.pop()", "x.clear()", "del x[a]", "x -= a", "x &= a", "heapq.heappop(x)"]);
    check("nested shrunk", ["x[a].remove(b)"]);
  });

  it("is to change it otherwise", () => {
    check("changed", ["x.sort()", "x[a] += b", "x[:] = b"]);
  });

  it("is to keep it", () => {
    check("named", ["b = x", "b = a or x", "b = x if a else c", "(b := x)"]);
    check("stored", [
      "self.a = x",
      "a[b] = x",
      "a.append(x)",
      "b = [x]",
      "b = {a: x}",
      "b = [x, a]",
    ]);
    check("stored", ["b = [x for a in b]", "self.a = (x, 1)", "def g(b=x): pass"]);
    check("returned", ["return x", "yield x", "return a, x", "g(lambda: x)", "return a or x"]);
    check("rebound", ["x = a", "for x in a: pass", "del x", "with a as x: pass", "x: int = 1"]);
  });

  it("is not known", () => {
    check("passed", ["g(x)", "g(a, k=x)", "x.unknown()", "b = x.append", "g((a, x))", "await x"]);
    check("passed", ["with x: pass", "a.add(b, x)", "json.load(x)", "assert a, x"]);
  });
});
