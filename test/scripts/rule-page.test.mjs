import assert from "node:assert/strict";
import { readablePage } from "../../scripts/rule-page.mjs";

const block = (kind, ...lines) => [`\`\`\`python${kind && ` ${kind}`}`, ...lines, "```"];
const page = (...lines) => lines.flat().join("\n");

describe("the page of a rule that people read", () => {
  it("labels what is before a fix and after it, without marks for the tests", () => {
    const markdown = page(
      "# list-built (MEM101)",
      block("bad", "total = sum([a for a in b])", "#           ^ a message"),
      "",
      block("fixed safe", "total = sum(a for a in b)"),
      block("bad", "all([f(a) for a in b])", "#   ^"),
      "",
      "A word.",
      "",
      block("fixed review", "all(f(a) for a in b)"),
    );
    const expected = page(
      "# list-built (MEM101)",
      ["*Before:*", "", block("", "total = sum([a for a in b])"), ""].flat(),
      ["*After, by a safe fix:*", "", block("", "total = sum(a for a in b)")].flat(),
      ["*Reported:*", "", block("", "all([f(a) for a in b])"), "", "A word.", ""].flat(),
      ["*After, by a fix to review:*", "", block("", "all(f(a) for a in b)")].flat(),
    );
    assert.equal(readablePage(markdown), expected);
  });

  it("says which of several lines are reported", () => {
    const markdown = page(
      "# unbounded (MEM302)",
      block("bad", "seen = set()", "#< a message", "", "def f(a):", "    # a comment", "    g(a)"),
      block("bad", "x = [", "    f(a),", "    # ^ a message", "    #    ^", "]"),
    );
    const expected = page(
      "# unbounded (MEM302)",
      ["*Reported:*", ""],
      block("", "seen = set()  # ← MEM302", "", "def f(a):", "    # a comment", "    g(a)"),
      ["*Reported:*", ""],
      block("", "x = [", "    f(a),  # ← MEM302", "]"),
    );
    assert.equal(readablePage(markdown), expected);
  });
});

describe("the page of a rule, where nothing is for the tests only", () => {
  it("keeps prose, other blocks and programs that measure as they are", () => {
    const markdown = page(
      "# a (MEM1)",
      "#  ^ no block",
      ["```sh", "# ^", "```"],
      block("measure peak", "x = 1"),
      block("good", "y = 2", "", "z = 3"),
      "",
    );
    const expected = page(
      ["# a (MEM1)", "#  ^ no block", "```sh", "# ^", "```", ...block("", "x = 1")],
      ["*Not reported:*", "", ...block("", "y = 2", "", "z = 3"), ""],
    );
    assert.equal(readablePage(markdown), expected);
  });
});
