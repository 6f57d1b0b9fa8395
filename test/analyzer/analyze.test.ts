import assert from "node:assert/strict";
import { analyze, type RuleFailure } from "#analyzer";
import type { Rule } from "#rules";
import { parseSource } from "#syntax";
import { places, settingsWith } from "./places";

/** A rule that reports every name of one text. */
function nameRule(code: string, wanted: string, severity: "warning" | "hint" = "warning"): Rule {
  return {
    meta: { name: `name-${wanted}`, code, summary: wanted, severity, gains: ["time"] },
    visits: ["Name"],
    *check(node) {
      if (node.kind === "Name" && node.text === wanted) yield { span: node.span, message: wanted };
    },
  };
}

const failing: Rule = {
  meta: { name: "failing", code: "MEM900", summary: "fails", severity: "error", gains: ["time"] },
  visits: ["Name"],
  // eslint-disable-next-line require-yield
  *check() {
    throw new Error("a bug");
  },
};

describe("analyze", () => {
  const rules = [nameRule("MEM101", "a"), nameRule("MEM102", "b"), nameRule("MEM203", "c", "hint")];
  const run = (text: string, changed: Parameters<typeof settingsWith>[0] = {}) =>
    analyze(parseSource(text), settingsWith(changed), { rules }).findings;
  const codes = (changed: Parameters<typeof settingsWith>[0]) =>
    run("a; b; c\n", changed).map(({ code, severity }) => `${code} ${severity}`);

  it("sorts findings by place, whatever the order of rules", () => {
    const text = "c = b\ndef f(a):\n    return a\n";
    assert.deepEqual(places(text, run(text)), [
      "MEM203 1:1",
      "MEM102 1:5",
      "MEM101 2:7",
      "MEM101 3:12",
    ]);
  });

  it("names the innermost function of each finding", () => {
    const text = "a\ndef f():\n    def g(): a\n    a\nclass C:\n    a\n";
    const lines = run(text).map(({ functionSpan }) =>
      functionSpan ? text.slice(functionSpan.start, functionSpan.end).split("\n")[0] : null,
    );
    assert.deepEqual(lines, [null, "def g(): a", "def f():", null]);
  });

  it("selects by code, prefix and name; the longer one wins", () => {
    const all = ["MEM101 warning", "MEM102 warning", "MEM203 hint"];
    assert.deepEqual(codes({}), all);
    assert.deepEqual(codes({ select: ["MEM1"] }), all.slice(0, 2));
    assert.deepEqual(codes({ select: ["name-c", "MEM101"] }), [all[0], all[2]]);
    assert.deepEqual(codes({ ignore: ["MEM1"] }), all.slice(2));
    assert.deepEqual(codes({ select: ["MEM101"], ignore: ["MEM1"] }), all.slice(0, 1));
    assert.deepEqual(codes({ select: ["MEM101"], ignore: ["MEM101"] }), []);
    assert.deepEqual(codes({ select: ["mem2xx"] }), all.slice(2));
  });

  it("takes severities from the settings; the longest key wins", () => {
    const severities = { "*": "information", MEM1: "error", MEM102: "off" } as const;
    assert.deepEqual(codes({ severities }), ["MEM101 error", "MEM203 information"]);
  });

  it("lets a rule's error through unless somebody asks to be told", () => {
    const file = parseSource("a; a\n");
    const options = { rules: [failing, ...rules] };
    assert.throws(() => analyze(file, settingsWith({}), options), /a bug/);
    const failures: RuleFailure[] = [];
    const onRuleFailure = (failure: RuleFailure) => void failures.push(failure);
    const { findings } = analyze(file, settingsWith({}), { ...options, onRuleFailure });
    assert.deepEqual([findings.length, failures.length], [2, 1]);
  });

  it("leaves the lifetime of top-level objects out of a fragment", () => {
    const lifetime = [nameRule("MEM301", "a")];
    const find = (text: string, isFragment: boolean) =>
      analyze(parseSource(text), settingsWith({}), { rules: lifetime, isFragment }).findings.length;
    assert.deepEqual([find("a\n", false), find("a\n", true)], [1, 0]);
    assert.equal(find("def f(): a\n", true), 1);
  });
});
