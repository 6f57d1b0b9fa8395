import assert from "node:assert/strict";
import { parseSource, walk } from "#syntax";
import { pythonFiles } from "../support/python-files";
import { randomNumbers } from "../support/random";

/** What somebody types in the middle of a file, at the indentation of the line below. */
const unfinished: Readonly<Record<string, string>> = {
  "an open call": "send(first, ",
  "an open list": "items = [one, ",
  "an open string": "name = 'abc",
  "an open triple quote": 'text = """',
  "an open function": "def later(",
  "an open class": "class Later(",
  "half a statement": "for row in",
  "half an attribute": "self.",
};

describe("recovery", () => {
  for (const [what, typed] of Object.entries(unfinished)) {
    it(`keeps the functions around ${what}`, () => {
      let kept = 0;
      let all = 0;
      for (const text of pythonFiles()) {
        const random = randomNumbers(text.length);
        const lines = text.split("\n");
        const at = random(lines.length);
        const indent = /^\s*/.exec(lines[at] ?? "")?.[0] ?? "";
        const broken = [...lines.slice(0, at), indent + typed, ...lines.slice(at)].join("\n");
        const after = wholeFunctions(broken);
        const untouched = [...wholeFunctions(text)].filter(each => broken.includes(each));
        all += untouched.length;
        kept += untouched.filter(each => after.has(each)).length;
      }
      assert.ok(all > 100, `only ${all} functions to judge by`);
      assert.ok(kept >= 0.95 * all, `kept ${kept} of ${all}`);
    });
  }

  it("breaks only the statement with the open bracket", () => {
    const file = parseSource("def a():\n    return 1\n\ny = (1,\ndef b():\n    return 2\n");
    const functions = [...walk(file.module)].filter(node => node.kind === "FunctionDef");
    assert.deepEqual(
      functions.map(({ name, isBroken }) => [name.text, isBroken]),
      [
        ["a", false],
        ["b", false],
      ],
    );
  });

  it("says where the text is broken though it recovers", () => {
    const file = parseSource("def f():\n    g(\n\ndef h():\n    return 1\n");
    assert.notEqual(file.errors.length, 0);
    const [f, h] = [...walk(file.module)].filter(node => node.kind === "FunctionDef");
    assert.equal(f?.isBroken, true);
    assert.equal(h?.isBroken, false);
  });

  it("takes for a name what Python takes for one, and says so of other characters", () => {
    for (const name of ["größe", "数", "_ª", "x·", "𝒳"]) {
      assert.deepEqual(parseSource(`${name} = 1\n`).errors, [], name);
    }
    for (const name of ["a\u00a0b", "\u200bx", "\ud800", "²", "\n\ufeff@ x", "a“b"]) {
      assert.notEqual(parseSource(`${name} = 1\n`).errors.length, 0, name);
    }
  });
});

function wholeFunctions(text: string): Set<string> {
  const found = new Set<string>();
  for (const node of walk(parseSource(text).module)) {
    if (node.kind === "FunctionDef" && !node.isBroken) {
      found.add(text.slice(node.span.start, node.span.end));
    }
  }
  return found;
}
