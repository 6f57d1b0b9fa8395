import assert from "node:assert/strict";
import { analyzeText, defaultSettings, openText } from "#analyzer";

const text = "def f(rows):\n    return sum([x * 2 for x in rows])\n\n\nif (\n";

describe("an open text that rests", () => {
  it("shows the same text, lines and errors", () => {
    const [open, awake] = [openText(text), openText(text)];
    open.rest();
    assert.equal(open.text, text);
    assert.deepEqual(open.lines, awake.lines);
    assert.ok(open.errors.length > 0, "the text is broken");
    assert.deepEqual(open.errors, awake.errors);
    open.rest();
    assert.equal(open.text, text, "resting twice changes nothing");
  });

  it("is edited, analysed and silenced as if it had not rested", () => {
    const open = openText(text);
    open.analyze(defaultSettings);
    open.rest();
    open.edit([{ span: { start: 0, end: 0 }, text: "x = 1\n" }]);
    assert.equal(open.text, `x = 1\n${text}`);
    open.rest();
    const analysis = open.analyze(defaultSettings);
    assert.deepEqual(analysis, analyzeText(`x = 1\n${text}`, defaultSettings));
    const [finding] = analysis.findings;
    assert.ok(finding, "the comprehension is found");
    open.rest();
    assert.match(open.suppressEdit(finding, "line")?.text ?? "", /memory: ignore\[MEM101\]/);
  });
});
