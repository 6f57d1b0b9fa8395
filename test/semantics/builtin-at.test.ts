import assert from "node:assert/strict";
import { createModel, isBuiltinAt } from "#semantics";
import { isA, parseSource, walk } from "#syntax";

/** Whether `sum` could be written where the only call stands. */
function check(text: string, expected: boolean): void {
  const model = createModel(parseSource(text));
  const call = [...walk(model.module)].find(node => isA(node, "Call"));
  assert.ok(call);
  assert.equal(isBuiltinAt("sum", call, model), expected, text);
}

describe("isBuiltinAt", () => {
  it("finds a builtin where no scope around binds its name", () => {
    check("n = f(1)\n", true);
    check("def g(a):\n    return [f(x) for x in a]\n", true);
    check("def sums(): pass\nn = f(1)\n", true);
    check("def other(sum): pass\nn = f(1)\n", true);
  });

  it("sees the scopes around that bind it", () => {
    check("n = f(1)\nsum = 2\n", false);
    check("def g(sum):\n    return f(1)\n", false);
    check("def g(a):\n    sum = 1\n    return [f(x) for x in a]\n", false);
    check("n = [f(1) for sum in a]\n", false);
    check("def g():\n    global sum\n    sum = 1\ndef h(): f(1)\n", false);
  });
});
