interface ScopeSample {
  readonly path: string;
  readonly minor: number;
  readonly text: string;
}

/** What the standard library has little of, with the first Python 3 that has it. */
export const scopeSamples: readonly ScopeSample[] = [
  {
    path: "patterns",
    minor: 10,
    text: `
import ast
def f(node, limit):
    match node, limit:
        case ast.Name(id=name), [first, *rest] if name in rest: return first
        case {"a": ast.List(elts=[*all]), **others}, _ as last: return all, others, last
        case (ast.Load | ast.Store() as context), -1 | "a" | None: return context
        case [Point(x=0), [a, [b]]], str(): return lambda: (a, b)
        case _: pass
`,
  },
  {
    path: "type parameters",
    minor: 12,
    text: `
def f[T: (int, str), *Ts, **P](a: T, b: other = default(T), *c: Ts, d=lambda: T) -> Ts:
    x: T
    return lambda: T, [T for _ in a]
class A[T](Base[T], key=T):
    y = 1
    u: T
    def m[U: y](self, z: y, w=y) -> T: return U, T
    class Inner[V](T): v: V
    type Own = list[y]
async def g[T](): yield T
type X = list[X]
type Y[T: Z] = dict[T, Z]
def outer(n):
    type Z[T] = tuple[T, n]
    @decorate(n)
    class Local[T](n): x: T = n
    return Z, Local
`,
  },
  {
    path: "walrus",
    minor: 9,
    text: `
def f(rows):
    global count
    found = [last := row for row in rows if (count := row)]
    return found, last, {key: (best := value) for key, value in rows}
top = [edge := row for row in rows]
class A:
    __own = 1
    def m(self):
        nonlocal_ = self.__other
        def g():
            nonlocal nonlocal_
            nonlocal_ = super().m()
            del nonlocal_
        return [__own for __own in [self.__own]]
`,
  },
];
