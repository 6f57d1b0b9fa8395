import assert from "node:assert/strict";
import { applyFixes, fixAll, fixText, type LocatedFinding } from "#analyzer";
import type { Edit } from "#base";
import { settingsWith } from "./places";

/** A finding at a place with a fix that makes these edits, written `start-end=text`. */
function finding(
  code: string,
  safety: "safe" | "review",
  ...edits: readonly string[]
): LocatedFinding {
  const read = edits.map((edit): Edit => {
    const [, start, end, text] = /^(\d+)-(\d+)=([\s\S]*)$/.exec(edit) ?? [];
    return { span: { start: Number(start), end: Number(end) }, text: text ?? "" };
  });
  return {
    span: read[0]?.span ?? { start: 0, end: 0 },
    message: code,
    code,
    name: code,
    severity: "warning",
    functionSpan: null,
    fix: { title: "Mend", safety, edits: read },
  };
}

describe("fixes", () => {
  const check = (
    what: string,
    text: string,
    findings: readonly LocatedFinding[],
    expected: string,
    safety: "safe" | "all" = "safe",
  ) =>
    it(what, () => {
      assert.equal(applyFixes(text, findings, { safety }).text, expected);
      const reversed = applyFixes(text, [...findings].reverse(), { safety });
      assert.equal(reversed.text, expected, "in any order of findings");
    });

  check(
    "apply each",
    "abcdef",
    [finding("A", "safe", "0-1=X"), finding("B", "safe", "3-4=Y")],
    "XbcYef",
  );
  check("leave out those for review", "abc", [finding("A", "review", "0-1=X")], "abc");
  check(
    "apply those for review when asked",
    "abc",
    [finding("A", "review", "0-1=X")],
    "Xbc",
    "all",
  );
  check(
    "apply the first of two that overlap",
    "abcdef",
    [finding("A", "safe", "1-4=X"), finding("B", "safe", "3-5=Y")],
    "aXef",
  );
  check(
    "apply the first of two that touch",
    "abcdef",
    [finding("A", "safe", "1-3=X"), finding("B", "safe", "3-5=Y")],
    "aXdef",
  );
  check(
    "prefer the lower code at the same place",
    "abc",
    [finding("A", "safe", "1-1=X"), finding("B", "safe", "1-1=Y")],
    "aXbc",
  );
  check(
    "apply all edits of a fix or none",
    "abcdef",
    [finding("A", "safe", "0-1=X", "5-6=Z"), finding("B", "safe", "2-3=Y", "5-6=W")],
    "XbcdeZ",
  );
  check(
    "leave out a fix that overlaps itself",
    "abc",
    [finding("A", "safe", "0-2=X", "1-3=Y")],
    "abc",
  );
  check("keep line ends", "a\r\nb", [finding("A", "safe", "0-1=x\ny")], "x\r\ny\r\nb");

  describe("of a whole text", () => {
    it("go on until nothing is left, and change nothing the second time", () => {
      const settings = settingsWith({ select: ["MEM101"] });
      const text = "n = sum([max([b for b in a]) for a in c])\n";
      const fix = (given: string) => fixText(given, settings, { safety: "all" }).text;
      assert.equal(fix(text), "n = sum(max(b for b in a) for a in c)\n");
      assert.equal(fix(fix(text)), fix(text));
    });

    const analysis = (findings: readonly LocatedFinding[], isBroken = false) => ({
      findings,
      suppressed: [],
      isBroken,
    });

    it("leave out one that breaks the text, and apply the others", () => {
      const result = fixAll("ab", { safety: "safe" }, text => {
        const findings = [];
        if (text.includes("a")) findings.push(finding("A", "safe", "0-1=("));
        if (text.includes("b"))
          findings.push(finding("B", "safe", `${text.length - 1}-${text.length}=c`));
        // The two touch, so the second comes in a round of its own.
        return analysis(findings, text.includes("("));
      });
      assert.equal(result.text, "ac");
      assert.deepEqual(
        result.applied.map(({ code }) => code),
        ["B"],
      );
    });

    it("end when two undo each other", () => {
      const result = fixAll("a", { safety: "safe" }, text =>
        analysis([finding("A", "safe", text === "a" ? "0-1=b" : "0-1=a")]),
      );
      assert.equal(result.text, "b");
    });

    it("end when one never does", () => {
      let rounds = 0;
      fixAll("a", { safety: "safe" }, () => {
        rounds++;
        return analysis([finding("A", "safe", "0-0=a")]);
      });
      assert.ok(rounds < 50, `${rounds} rounds`);
    });
  });
});
