import assert from "node:assert/strict";
import { canDelay, createModel } from "#semantics";
import { isA, type Node, parseSource, walk } from "#syntax";

/** Whether the only list comprehension may run while the lines after it do. */
function check(lines: string, expected: boolean, before = ""): void {
  const body = [...before.split("\n"), ...lines.split("\n")].map(line => `    ${line}\n`).join("");
  const model = createModel(parseSource(`import os\n\ndef f(a, b, text: str):\n${body}`));
  const list = [...walk(model.module)].find(node => isA(node, "ListComprehension"));
  assert.ok(list);
  const home = model.module.body.find(each => isA(each, "FunctionDef"));
  assert.ok(home);
  const meanwhile: Node[] = home.body.body.filter(each => each.span.start > list.span.end);
  assert.equal(canDelay({ parts: [list], targets: new Set(), meanwhile }, model), expected, lines);
}

describe("canDelay", () => {
  it("lets quiet elements wait for quiet code", () => {
    check("xs = [x.size for x in a]\nn = 0\nn += b.size", true);
    check("xs = [x.size for x in a]\nif b: raise ValueError(text.strip())", true);
    check("xs = [x.size for x in a]\nprint(b)", true);
    check("xs = [x.size for x in a]\nout = []\nout.append(b)\nreturn out", true);
  });

  it("sees what the elements read change", () => {
    check("xs = [x for x in a if x > n]\nn = 2", false, "n = 1");
    check("xs = [x for x in a]\na.append(1)", false);
    check("xs = [x for x in a]\na[0] = 1", false);
    check("xs = [x for x in a]\ndel a.first", false);
    check("xs = [x for x in a]\na.more.rows = 1", false);
    check("xs = [x for x in a]\nnext(a)", false);
    check("xs = [x for x in a]\nb(a)", false);
    check("xs = [x for x in a]\n(a[0], y) = b", false);
    check("xs = [x for x in a]\nfor a in b: pass", false);
    check("xs = [x for x in os.environ]\nos.environ.clear()", false);
    check("xs = [x for x in os.environ]\nb()", false);
    check("xs = [isinstance(x, os.PathLike) for x in text]\nb()", true);
    check("xs = [hash(os.environ) for x in text]\nb()", false);
  });

  it("trusts unknown code only with values of the function's own", () => {
    check("xs = [x for x in a]\nb()", false);
    check("xs = [x for x in own]\nb()", true, "own = [1]\nown.append(2)");
    check("xs = [x for x in own]\nb()", false, "own = [1]\nb(own)");
    check("xs = [x for x in own]\nb()", false, "own = [1]\nother = own");
    check("xs = [x for x in own]\nb()", false, "own = a");
    check("xs = [x for x in own]\nb()", false, "own = [1]\ndef g(): own.clear()");
    check("xs = [x.size for x in own]\nb()", false, "own = [1]");
    check("xs = [x[0] for x in own]\nb()", false, "own = [1]");
    check("xs = [x.strip() for x in text.split()]\nb()", true);
    check("xs = [os.path.join(x) for x in text.split()]\nb()", true);
    check("xs = [x for x in text]\nwith b: pass", true);
    check("xs = [x for x in a]\nwith b: pass", false);
    check("xs = [x for x in a]\nyield 1", false);
    check("xs = [x for x in a]\nb.size = 1", false);
    check("xs = [x for x in a]\nglobal g\ng = 1", false);
  });

  it("knows what is the function's own", () => {
    check("xs = [x for x in own]\nb()", true, "with open(text) as own: pass");
    check("xs = [x for x in own]\nb()", false, "with a as own: pass");
    check("xs = [x for x in own]\nb()", true, "own = [1]\nown += a");
    check("xs = [x for x in own]\nb()", false, "own = a()");
    check("xs = [x for x in own]\nb()", false, `own = [1]${"\nlen(own)".repeat(2000)}`);
    check("xs = [x for x in own]\nb()", false, "own = a.rows = [1]\nb.rows = own");
    check("xs = [x for x in own]\nb()", false, "own = [1]\nlate = (own for y in a)");
    check("xs = [x for x in own]\nb()", true, "own = [1]\nif b: return own");
    check("xs = [x for x in own]\nb()", false, "own = [1]\nyield own");
    check("xs = [x for x in own]\nb()", false, "global own\nown = [1]");
    check("xs = [x for x in own]\nb()", false, "own = [1] if a else b");
    check("xs = [isinstance(x, A) for x in text]\nb()", true, "class A: pass");
    check("xs = [g for x in text]\nb()", true, "def g(): pass");
    check("xs = [late for x in text]\nb()", false);
  });

  it("tells changes of own containers from others", () => {
    check("xs = [b(x) for x in a]\nout.append(1)", true, "out = []");
    check("xs = [b(x) for x in a]\nout.pop()", true, "out = [1]");
    check("xs = [b(x) for x in a]\nout.sort()", true, "out = [1]");
    check("xs = [b(x) for x in a]\nout.run()", false, "out = [1]");
    check("xs = [b(x) for x in a]\nout[0] = 1", true, "out = [1]");
    check("xs = [b(x) for x in a]\nout[0][1] = 1", false, "out = [b]");
    check("xs = [b(x) for x in a]\nb.out.append(1)", false);
    check("xs = [b(x) for x in a]\nmake().size = 1", false);
    check("xs = [b(x) for x in a]\nn = len(b.join)", false);
    check("xs = [x.size for x in a]\nopen(text).close()", false);
  });

  it("keeps two kinds of effects in order", () => {
    check("xs = [b(x) for x in a]\nn = 1", true);
    check("xs = [b(x) for x in a]\nprint(1)", false);
    check("xs = [b(x) for x in a]\nopen(text)", false);
    check("xs = [b(x) for x in a]\nn = a.size", false);
    check("xs = [max(x, key=b) for x in a]\nprint(1)", false);
    check("xs = [sorted(x) for x in a]\nprint(1)", true);
    check("xs = [x for x in map(b, a)]\nprint(1)", false);
    check("xs = [x for x in map(str.strip, a)]\nprint(1)", true);
    check("xs = [x for x in map(a.strip, a)]\nprint(1)", false);
    check("xs = [x for x in map(int, a)]\nprint(1)", true);
    check("xs = [x for x in map(open, a)]\nprint(1)", false);
    check("xs = [x for x in filter(b, a)]\nprint(1)", false);
    check("xs = [x for x in filter(None, a)]\nprint(1)", true);
    check("xs = [x for x in max(a, b)]\nprint(1)", true);
    check("xs = [x for x in os.listdir(x)]\nprint(1)", false);
    check("xs = [b(x) for x in a]\nn = 1", false, "def g(): return n");
  });

  it("leaves alone what cannot stand in a generator", () => {
    check("xs = [(y := x) for x in a]", false);
    check("xs = [lambda: x for x in a]", false);
  });
});
