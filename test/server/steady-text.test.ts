import assert from "node:assert/strict";
import { defaultSettings, openText } from "#analyzer";
import { SteadyText } from "../../src/server/steady-text";

const before = "def f(rows):\n    total = sum([x * 2 for x in rows])\n";
const text = `${before}    return total\n\n\ndef g(rows):\n    return max([x for x in rows])\n`;

describe("a steady text", () => {
  const open = (content = text) => {
    const steady = new SteadyText(content, error => assert.fail(String(error)));
    const found = () =>
      steady
        .analyze(defaultSettings)
        .findings.map(({ span }) => steady.text.slice(span.start, span.end));
    const insert = (at: number, inserted: string, length = 0) =>
      steady.edit([{ span: { start: at, end: at + length }, text: inserted }]);
    return { steady, found, insert };
  };
  const [first, second] = ["[x * 2 for x in rows]", "[x for x in rows]"];

  it("keeps its findings at every keystroke of a new statement", () => {
    for (const at of [0, before.indexOf("    total"), before.length, text.length]) {
      const { found, insert } = open();
      assert.deepEqual(found(), [first, second]);
      const indent = at === 0 || at === text.length ? "" : "    ";
      const typed = `${indent}y = foo(f"{a}", '''b''', [1, {2: 3}])\n`;
      for (let index = 0; index < typed.length; index++) {
        insert(at + index, typed.charAt(index));
        assert.deepEqual(found(), [first, second], typed.slice(0, index + 1));
      }
    }
  });

  it("keeps them through any number of edits that nobody looks at", () => {
    const { found, insert } = open();
    found();
    const typed = `    y = foo(${"x, ".repeat(100)}`;
    for (let index = 0; index < typed.length; index++) {
      insert(before.length + index, typed.charAt(index));
    }
    insert(before.length + typed.length, "\n");
    assert.deepEqual(found(), [first, second]);
  });

  it("gives no fix with a finding that it keeps", () => {
    const { steady, found, insert } = open();
    found();
    insert(before.length, "    y = foo(\n");
    const [kept] = steady.analyze(defaultSettings).findings;
    assert.equal(kept?.fix, undefined);
    assert.deepEqual(kept?.functionSpan, { start: 0, end: text.indexOf("\n\n\ndef g") + 13 });
  });

  it("lets a finding go when its own text is edited, or when the text is whole", () => {
    const { found, insert } = open();
    found();
    insert(before.indexOf("[x"), "", 1);
    assert.deepEqual(found(), [second]);
    insert(before.indexOf("rows]") + 3, "", 1);
    assert.deepEqual(found(), [second]);
    const whole = open();
    whole.found();
    whole.insert(0, "sum = len\n");
    assert.deepEqual(whole.found(), [second]);
  });

  it("lets findings go that other settings leave out", () => {
    const { steady, found, insert } = open();
    found();
    insert(before.length, "    y = foo(\n");
    const none = steady.analyze({ ...defaultSettings, ignore: ["MEM1"] });
    assert.deepEqual(none.findings, []);
  });

  it("tells a failure, and has the right text after it", () => {
    const failures: unknown[] = [];
    const fail = (): never => {
      throw new Error("a bug");
    };
    for (const broken of [{ edit: fail }, { analyze: fail }]) {
      const steady = new SteadyText(text, error => failures.push(error), {
        open: opened => ({ ...openText(opened), text: opened, ...broken }),
      });
      steady.edit([{ span: { start: 0, end: 0 }, text: "edit" in broken ? "\n" : "" }]);
      assert.equal(steady.text, "edit" in broken ? `\n${text}` : text);
      assert.equal(steady.analyze(defaultSettings).findings.length, 2);
    }
    assert.equal(failures.length, 2);
  });
});
