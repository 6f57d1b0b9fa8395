import assert from "node:assert/strict";
import { createModel, largeKind } from "#semantics";
import { isA, parseSource, walk } from "#syntax";

describe("largeKind", () => {
  /** The kind of the value of the last assignment in a function. */
  function check(code: string, expected: "text" | "container" | null): void {
    const body = code.replace(/^/gm, "    ");
    const text = `import json, pandas as pd\ndef f(path, cursor):\n${body}\n`;
    const model = createModel(parseSource(text));
    const last = [...walk(model.module)].filter(node => isA(node, "Assign")).at(-1);
    assert.ok(isA(last, "Assign"), code);
    assert.equal(largeKind(last.value, model), expected, code);
  }

  it("knows what reads whole files and tables", () => {
    check("x = open(path).read()", "text");
    check("x = path.read_bytes()", "text");
    check("with open(path) as file:\n    x = file.readlines()", "container");
    check("x = json.load(path)", "container");
    check("x = pd.read_csv(path)", "container");
    check("x = cursor.fetchall()", "container");
  });

  it("reads sizes that are written in the code", () => {
    check("x = bytes(1_000_000)", "text");
    check("x = bytes(1000)", null);
    check("x = [0] * 10**6", "container");
    check("x = [0] * 10", null);
    check("x = list(range(1 << 20))", "container");
    check("x = list(range(10))", null);
    check("x = [a for a in range(5, 200_000)]", "container");
  });

  it("follows a value through names, conversions and views", () => {
    check("a = path.read_text()\nx = a.lower().split()", "container");
    check("a = path.read_text()\nx = json.loads(a)", "container");
    check("a = json.load(path)\nx = {k: v for k, v in a.items()}", "container");
    check("a = json.load(path)\nx = [b for b in enumerate(a)]", "container");
  });

  it("is silent where it does not know", () => {
    check("x = path.read()", null);
    check("x = open(path).read(100)", null);
    check("a = path.read_text()\na = b\nx = a.split()", null);
    check("x = cursor.fetchone()", null);
    check("x = [a for a in path]", null);
    check("x = load(path)", null);
  });
});
