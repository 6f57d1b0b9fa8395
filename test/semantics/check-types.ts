import assert from "node:assert/strict";
import { lineAt } from "#base";
import { createModel } from "#semantics";
import { isA, parseSource, walk } from "#syntax";

/** `value  # list` says the type of an expression that is a statement; `# ?` that it is not known. */
export function checkTypes(text: string): void {
  const file = parseSource(text.replace(/^\n/, ""));
  assert.deepEqual(file.errors, []);
  const model = createModel(file);
  const lines = file.text.split("\n");
  let count = 0;
  for (const node of walk(file.module)) {
    if (!isA(node, "ExpressionStatement")) continue;
    const line = lines[lineAt(file.lines, node.span.start)] ?? "";
    const expected = / # (\S+)$/.exec(line)?.[1];
    if (expected === undefined) continue;
    assert.equal(model.typeOf(node.value) ?? "?", expected, line.trim());
    count++;
  }
  const marked = lines.filter(line => / # \S+$/.test(line)).length;
  assert.equal(count, marked, "every mark stands at an expression");
}
