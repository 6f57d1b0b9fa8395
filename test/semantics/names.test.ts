import assert from "node:assert/strict";
import { positionAt } from "#base";
import { createModel, type Model, openModel } from "#semantics";
import { editSource, type Expression, parseSource, walk } from "#syntax";

describe("names", () => {
  const modelOf = (text: string): Model => createModel(parseSource(text));

  /** What the expression in the last statement stands for, as line of its first binding or a name. */
  function check(text: string, expected: string | null): void {
    const model = modelOf(text);
    assert.equal(meaningOf(model, lastExpression(model)), expected);
  }

  function meaningOf(model: Model, expression: Expression): string | null {
    const builtin = model.builtinName(expression);
    if (builtin !== null) return `builtin ${builtin}`;
    const qualified = model.qualifiedName(expression);
    if (qualified !== null) return qualified;
    const binding = expression.kind === "Name" ? model.bindingOf(expression) : null;
    const [first] = binding?.references ?? [];
    if (!first) return null;
    return `line ${positionAt(model.file.lines, first.node.span.start).line + 1}`;
  }

  it("finds builtins, and what shadows them", () => {
    check("sum", "builtin sum");
    check("sum = 1\nsum", "line 1");
    check("def f(sum):\n    sum", "line 1");
    check("class A:\n    sum = 1\n    def f(self):\n        sum", "builtin sum");
    check("from numpy import *\nsum", null);
    check("nothing_known", null);
  });

  it("follows imports through aliases", () => {
    check("import pandas as pd\npd.concat", "pandas.concat");
    check("from functools import lru_cache as memo\nmemo", "functools.lru_cache");
    check("import os.path\nos.path.join", "os.path.join");
    check("import os.path as p\np.join", "os.path.join");
    check("from . import pandas\npandas.concat", null);
    check("try:\n    import ujson as json\nexcept ImportError:\n    import json\njson.load", null);
    check("import gc\ngc = 3\ngc", "line 1");
  });

  it("looks names up as Python does", () => {
    check("x = 1\ndef f():\n    x = 2\n    def g():\n        x", "line 3");
    check("x = 1\ndef f():\n    global x\n    x", "line 1");
    check("def f():\n    x = 1\n    def g():\n        nonlocal x\n        x", "line 2");
    check("x = 1\n[x for x in y]\nx", "line 1");
    check("x = 1\nclass A:\n    x = 2\n    def f(self):\n        x", "line 1");
    check("[last := y for y in z]\nlast", "line 1");
    check("with open(a) as f:\n    pass\nf", "line 1");
    check("for a, (b, *c) in d:\n    pass\nc", "line 1");
    check("match p:\n    case [first, *_]:\n        first", "line 2");
    check("x = 1\ndef f(x=x):\n    x", "line 2");
    check("T = 1\ndef f[T](x: T):\n    T", "line 2");
    check("T = 1\nclass A[T]:\n    def f(self):\n        T", "line 2");
    check("class A:\n    T = 1\n    def f[U: T](self):\n        T", null);
  });

  it("tells types that are plain to see, and no others", () => {
    const typeOfLast = (text: string) => {
      const model = modelOf(text);
      return model.typeOf(lastExpression(model));
    };
    assert.equal(typeOfLast("x = ''\nx += 'a'\nx"), "str");
    assert.equal(typeOfLast("x = ''\nx = 3\nx"), null);
    assert.equal(typeOfLast("def f(x: list[int]):\n    x"), "list");
    assert.equal(typeOfLast("def f(x: 'list'):\n    x"), "list");
    assert.equal(typeOfLast("with open(p) as f:\n    f"), "file");
    assert.equal(typeOfLast("import pandas as pd\ndf = pd.read_csv(p)\ndf"), "DataFrame");
    assert.equal(typeOfLast("x = y\ny = x\nx"), null);
    assert.equal(typeOfLast("', '.join(z).upper()"), "str");
    assert.equal(typeOfLast("for x in y:\n    x"), null);
  });
});

describe("a model that follows edits", () => {
  it("ends when most of its names are those of statements that went", () => {
    const file = parseSource("class A:\n    x = 1\n");
    const open = openModel(file, null);
    const end = file.text.length;
    const follow = (span: { start: number; end: number }, text: string) => {
      const { changed } = editSource(file, [{ span, text }]);
      return changed && open.update(changed.removed, changed.added);
    };
    const most = 10_000;
    let edits = 0;
    for (; edits < most; edits++) {
      const text = `    def f${edits}(self):\n        g${edits}\n`;
      if (!follow({ start: end, end }, text)) break;
      assert.ok(follow({ start: end, end: end + text.length }, ""));
    }
    assert.ok(edits > 100 && edits < most, `${edits} edits`);
  });
});

function lastExpression(model: Model): Expression {
  const statements = [...walk(model.module)].filter(node => node.kind === "ExpressionStatement");
  const last = statements.at(-1);
  assert.ok(last);
  return last.value;
}
