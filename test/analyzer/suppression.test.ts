import assert from "node:assert/strict";
import { analyzeText, openText } from "#analyzer";
import { applyEdits } from "#base";
import { places, settingsWith } from "./places";

const bad = "sum([x for x in y])";
const settings = settingsWith({ select: ["MEM101"] });

describe("suppression comments", () => {
  const silencing = [
    "# memory: ignore[MEM101]",
    "# memory: ignore[MEM101] -- ten rows at most",
    "# memory: ignore[MEM203, MEM101]",
    "# memory: ignore[mem1]",
    "# memory: ignore",
    "#memory:ignore",
    "# because it is small  # memory: ignore[MEM101]",
    "# noqa",
    "# noqa: MEM101",
    "# NOQA:E501,MEM101",
    "# noqa: E501 MEM101 and why",
  ];
  for (const comment of silencing) {
    it(`${comment} silences`, () => {
      const { findings, suppressed } = analyzeText(`n = ${bad}  ${comment}\n`, settings);
      assert.deepEqual([findings.length, suppressed.length], [0, 1]);
    });
  }

  const other = [
    "# memory: ignore[MEM102]",
    "# memory: ignore[]",
    "# memory: ignored",
    "# memory: ignore-line",
    "# noqa: E501",
    "# noqa: M",
    "# noqa: MEM",
    "# noqaMEM101",
    "# do not memory: ignore",
  ];
  for (const comment of other) {
    it(`${comment} does not`, () => {
      assert.equal(analyzeText(`n = ${bad}  ${comment}\n`, settings).findings.length, 1);
    });
  }

  it("counts on the first and last line of a finding and at the end of its statement", () => {
    const comment = "  # memory: ignore[MEM101]";
    const lines = ["n = (", "    sum([", "        x", "        for x in y", "    ])", ")"];
    const isSilent = lines.map((_, index) => {
      const text = lines.map((line, at) => line + (at === index ? comment : "")).join("\n");
      return analyzeText(text, settings).findings.length === 0;
    });
    assert.deepEqual(isSilent, [false, true, false, false, true, true]);
  });

  it("does not reach the next line, nor count in a string", () => {
    const text = `# memory: ignore\nn = ${bad}\ns = "# memory: ignore"; m = ${bad}\n`;
    assert.deepEqual(places(text, analyzeText(text, settings).findings), [
      "MEM101 2:9",
      "MEM101 3:33",
    ]);
  });

  it("for a file counts wherever it stands, for its codes", () => {
    const text = (codes: string) => `n = ${bad}\n# memory: ignore-file${codes}\nm = ${bad}\n`;
    assert.equal(analyzeText(text("[MEM101]"), settings).findings.length, 0);
    assert.equal(analyzeText(text(""), settings).findings.length, 0);
    assert.equal(analyzeText(text("[MEM102]"), settings).findings.length, 2);
  });

  describe("written by an action", () => {
    const suppress = (text: string, reach: "line" | "file") => {
      const open = openText(text);
      const [finding] = open.analyze(settings).findings;
      assert.ok(finding);
      const edit = open.suppressEdit(finding, reach);
      return edit && applyEdits(text, [edit]);
    };
    const check = (what: string, reach: "line" | "file", text: string, expected: string | null) =>
      it(what, () => {
        const changed = suppress(text, reach);
        assert.equal(changed, expected);
        if (changed === null) return;
        assert.deepEqual(analyzeText(changed, settings).findings, []);
      });

    check(
      "goes to the end of the line",
      "line",
      `n = ${bad}\r\n`,
      `n = ${bad}  # memory: ignore[MEM101]\r\n`,
    );
    check(
      "follows another comment",
      "line",
      `n = ${bad}  # why`,
      `n = ${bad}  # why  # memory: ignore[MEM101]`,
    );
    check(
      "adds its code to one that is there",
      "line",
      `n = ${bad}  # memory: ignore[MEM203] -- why`,
      `n = ${bad}  # memory: ignore[MEM203, MEM101] -- why`,
    );
    check(
      "goes behind the statement where a line goes on after a backslash",
      "line",
      `n = 1 + \\\n    ${bad} + \\\n    2\n`,
      `n = 1 + \\\n    ${bad} + \\\n    2  # memory: ignore[MEM101]\n`,
    );
    check(
      "stays out of a string of several lines",
      "line",
      `n = ${bad}, """\na\n"""\n`,
      `n = ${bad}, """\na\n"""  # memory: ignore[MEM101]\n`,
    );
    check(
      "for the file goes to its top",
      "file",
      `n = ${bad}\n`,
      `# memory: ignore-file[MEM101]\nn = ${bad}\n`,
    );
    check(
      "for the file stays below the interpreter and the encoding",
      "file",
      `#!/usr/bin/env python\n# -*- coding: utf-8 -*-\nn = ${bad}\n`,
      `#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n# memory: ignore-file[MEM101]\nn = ${bad}\n`,
    );
    check(
      "for the file adds its code to one that is there",
      "file",
      `n = ${bad}\n# memory: ignore-file[MEM2]\n`,
      `n = ${bad}\n# memory: ignore-file[MEM2, MEM101]\n`,
    );
  });
});
