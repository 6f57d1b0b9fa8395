import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { analyzeText, applyFixes, fixText } from "#analyzer";
import { positionAt, lineMap } from "#base";
import { type Marker, readRulePage, type Sample } from "../rules/rule-page";
import { places, settingsWith } from "./places";

const page = readRulePage(readFileSync("src/analyzer/unused-suppression.md", "utf8"));
const reported = (text: string, changed: Parameters<typeof settingsWith>[0] = {}) =>
  analyzeText(text, settingsWith(changed)).findings.filter(({ code }) => code === "MEM000");

describe("unused-suppression.md", () => {
  it("has its title, and nothing that no test reads", () => {
    assert.equal(page.title, "unused-suppression (MEM000)");
    assert.deepEqual(page.problems, []);
    assert.ok(page.cases.length >= 5);
  });

  for (const each of page.cases) {
    it(`line ${each.pageLine}, ${each.kind}`, () => {
      const findings = check(each);
      assert.equal(findings.length > 0, each.kind === "bad");
      if (!each.fixed) return;
      assert.ok(findings.every(({ fix }) => fix?.safety === each.fixed?.safety));
      assert.equal(applyFixes(each.text, findings, { safety: "safe" }).text, each.fixed.text);
      check(each.fixed);
    });
  }

  function check(sample: Sample) {
    const findings = reported(sample.text);
    const lines = lineMap(sample.text);
    const found = findings.map(({ span, message }, index): Marker => {
      const isMessageGiven = sample.markers[index]?.message !== null;
      return { ...positionAt(lines, span.start), message: isMessageGiven ? message : null };
    });
    assert.deepEqual(found, sample.markers);
    return findings;
  }
});

describe("an unused suppression", () => {
  const unused = "n = 1  # memory: ignore[MEM101]\n";

  it("is reported where default rules are, or when it is selected", () => {
    const severities = (changed: Parameters<typeof settingsWith>[0]) =>
      reported(unused, changed).map(({ severity }) => severity);
    assert.deepEqual(severities({}), ["information"]);
    assert.deepEqual(severities({ select: ["MEM101"] }), []);
    assert.deepEqual(severities({ select: ["MEM101", "unused-suppression"] }), ["information"]);
    assert.deepEqual(severities({ ignore: ["MEM000"] }), []);
    assert.deepEqual(severities({ severities: { MEM000: "off" } }), []);
    assert.deepEqual(severities({ severities: { MEM000: "warning" } }), ["warning"]);
  });

  it("is none while its rule is off, nor for all while a default rule is off", () => {
    assert.deepEqual(reported(unused, { ignore: ["MEM101"] }), []);
    assert.deepEqual(reported("n = 1  # memory: ignore\n", { ignore: ["MEM101"] }), []);
    assert.deepEqual(reported("n = 1  # memory: ignore[MEM1]\n", { ignore: ["MEM101"] }), []);
    assert.equal(reported("n = 1  # memory: ignore[MEM1]\n", { ignore: ["MEM2"] }).length, 1);
  });

  it("is none in a file that is broken, and in a piece of a program", () => {
    assert.deepEqual(reported(`${unused}def f(:\n`), []);
    const { findings } = analyzeText(unused, settingsWith({}), { isFragment: true });
    assert.deepEqual(findings, []);
  });

  it("can be silenced, by its code and by the comments of others", () => {
    assert.deepEqual(reported("n = 1  # memory: ignore[MEM101, MEM000]\n"), []);
    assert.deepEqual(reported(`# memory: ignore-file[MEM000]\n${unused}`), []);
    assert.deepEqual(reported("n = 1  # memory: ignore[MEM101]  # noqa\n"), []);
    assert.deepEqual(reported("n = 1  # memory: ignore[MEM101]  # noqa: MEM000\n"), []);
  });

  it("counts a finding for each comment that silences it", () => {
    const text =
      "# memory: ignore-file[MEM101]\nn = sum([x for x in y])  # memory: ignore[MEM101]\n";
    assert.deepEqual(reported(text), []);
  });

  const removals: readonly (readonly [what: string, before: string, after: string])[] = [
    ["a line of its own", "a = 1\n    # memory: ignore\nb = 2\n", "a = 1\nb = 2\n"],
    ["the last line", "a = 1\n# memory: ignore", "a = 1\n"],
    ["the first line", "\ufeff# memory: ignore-file[MEM101]\r\na = 1\r\n", "\ufeffa = 1\r\n"],
    ["the end of a remark", "a = 1  # why  # memory: ignore[]\n", "a = 1  # why\n"],
    [
      "the middle of remarks",
      "a = 1 # why # memory: ignore # noqa: E501\n",
      "a = 1 # why  # noqa: E501\n",
    ],
    ["the start of remarks", "a = 1  # memory: ignore[MEM101] small\n", "a = 1  # small\n"],
    [
      "two in one comment",
      "a = 1  # memory: ignore[MEM101]  # memory: ignore[MEM203]\n",
      "a = 1\n",
    ],
    ["a line, with its parentheses", "a = 1  # memory: ignore(MEM101) -- why\n", "a = 1  # why\n"],
    [
      "codes without brackets",
      "a = sum([b for b in c])  # memory: ignore MEM203, MEM101 -- why\n",
      "a = sum([b for b in c])  # memory: ignore MEM101 -- why\n",
    ],
    [
      "codes in a bracket that nothing closes",
      "a = sum([b for b in c])  # memory: ignore[MEM203, MEM101\n",
      "a = sum([b for b in c])  # memory: ignore[MEM101\n",
    ],
    [
      "codes between others, by name too",
      "a = sum([b for b in c])  # memory: ignore[mem203 list-built-for-reduction,MEM999]\n",
      "a = sum([b for b in c])  # memory: ignore[list-built-for-reduction]\n",
    ],
  ];
  for (const [what, before, after] of removals) {
    it(`is taken out of ${what}`, () => {
      const settings = settingsWith({ select: ["MEM101", "MEM203", "MEM000"] });
      const all = settingsWith({});
      const isBlanket = !/[[(\s]MEM/i.test(before.replace("memory", ""));
      const fixed = fixText(before, isBlanket ? all : settings, { safety: "safe" });
      assert.equal(fixed.text, after);
    });
  }

  describe("that is misspelt", () => {
    const meant: readonly (readonly [written: string, meant: string])[] = [
      ["# memory: ignore-line[MEM101]", "# memory: ignore[MEM101]"],
      ["# memory ignore[mem101] -- why", "# memory: ignore[MEM101] -- why"],
      ["# memory ignore MEM101, mem1", "# memory: ignore[MEM101, MEM1]"],
      ["# memory: ignored[list-built-for-reduction]", "# memory: ignore[list-built-for-reduction]"],
      ["# memory: ignores(MEM101)", "# memory: ignore[MEM101]"],
      ["# memory: disable=MEM101", "# memory: ignore[MEM101]"],
      ["# memory: noqa: MEM101", "# memory: ignore[MEM101]"],
      ["# memory-insights: ignore[MEM101]", "# memory: ignore[MEM101]"],
      ["# mem: ignore[MEM101]", "# memory: ignore[MEM101]"],
      ["# memory-ignore: MEM101", "# memory: ignore[MEM101]"],
      ["# memory ignore-file[MEM101]", "# memory: ignore-file[MEM101]"],
      ["# memory: ignore-line", "# memory: ignore"],
      ["# memory: ignore-line -- why", "# memory: ignore -- why"],
    ];
    for (const [written, right] of meant) {
      it(`is mended: ${written}`, () => {
        const text = (comment: string) => `n = sum([x for x in y]); m = 1  ${comment}\n`;
        const findings = reported(text(written));
        assert.match(findings[0]?.message ?? "", /did you mean `# memory: ignore/);
        assert.equal(applyFixes(text(written), findings, { safety: "safe" }).text, text(right));
        assert.deepEqual(analyzeText(text(right), settingsWith({})).findings, []);
      });
    }

    const prose = [
      "# memory: ignored since it is small",
      "# memory: ignored (since it is small)",
      "# memory: ignored MEM101 because it is small",
      "# memory: disable what is not used",
      "# memory: see MEM101",
      "# memory: ignore-list is kept",
      "# memory: 10 MiB [a, b]",
      "# memory: about 300 bytes",
      "# memory and time",
      "# memoize: ignore [the] rest",
      "# we ignore memory [MEM101]",
      '# memory: snapshot "after load"',
      "# memory: round",
      "# memory: start tracing",
      "# memory: trace",
    ];
    for (const comment of prose) {
      it(`is not: ${comment}`, () => assert.deepEqual(reported(`n = 1  ${comment}\n`), []));
    }

    it("is not mended where the right form would not count", () => {
      for (const text of [
        "# memory: ignore-next-line[MEM101]\nn = sum([x for x in y])\n",
        "m = 1  # memory: ignore-next[MEM101]\nn = sum([x for x in y])\n",
        "# memory ignore[MEM101]\nn = sum([x for x in y])\n",
      ]) {
        assert.deepEqual(
          reported(text).map(({ fix }) => fix),
          [undefined],
        );
      }
    });

    it("can be silenced", () => {
      assert.deepEqual(reported("n = 1  # memory ignore[MEM101]  # noqa: MEM000\n"), []);
      assert.deepEqual(
        reported("# memory: ignore-file[MEM000]\nn = 1  # memory ignore[MEM101]\n"),
        [],
      );
    });
  });

  it("is found beside others, sorted by place", () => {
    const text = "n = sum([x for x in y])\nm = 1  # memory: ignore[MEM101]\n";
    assert.deepEqual(places(text, analyzeText(text, settingsWith({})).findings), [
      "MEM101 1:9",
      "MEM000 2:8",
    ]);
  });
});
