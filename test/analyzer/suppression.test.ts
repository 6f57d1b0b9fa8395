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
    "# memory: ignore MEM101",
    "# memory: ignore: MEM203, MEM101 -- why",
    "# memory: ignore(MEM101)",
    "# memory: ignore[MEM203, MEM101",
    "# memory: ignore memory of ten rows",
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
    "# memory: ignore MEM102",
    "# memory: ignore: MEM102 and why",
    "# memory: ignore[MEM102",
    "# memory: ignore[MEM102 # why]",
    "# memory: ignore(MEM203, MEM102)",
    "# memory ignore[MEM101]",
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

  it("is read in a comment of any length", () => {
    // The square of this would take minutes, and a stack with a place for each word would overflow.
    const length = 1_000_000;
    const pieces: readonly (readonly [start: string, piece: string])[] = [
      ["# memory: ignore", " "],
      ["# memory: ignore[", "# memory: ignore["],
      ["# memory: ignore ", "MEM1 "],
      ["# memory ignore[", "a "],
      ["# memory ignore-a", "-a"],
      ["# ruff: disable[", "# ruff: disable["],
      ["# pylint: disable=a", ", a"],
      ["# noinspection a", ", a"],
      ["# noqa: A1", ", A1"],
    ];
    for (const [start, piece] of pieces) {
      const comment = start + piece.repeat(length / piece.length);
      assert.doesNotThrow(() => analyzeText(`n = 1  ${comment}\n`, settings), start);
    }
  });

  it("counts on the first and last line of a finding and at the end of its statement", () => {
    const comment = "  # memory: ignore[MEM101]";
    const lines = ["n = (", "    sum([", "        x", "        for x in y", "    ])", ")"];
    const isSilent = lines.map((_, index) => {
      const text = lines.map((line, at) => line + (at === index ? comment : "")).join("\n");
      return analyzeText(text, settings).findings.length === 0;
    });
    assert.deepEqual(isSilent, [false, true, false, false, true, true]);
  });

  describe("behind the head of a compound statement", () => {
    const comment = "  # memory: ignore[MEM101]";
    const heads: readonly (readonly [what: string, head: string])[] = [
      [
        "parameters",
        "def f(\n    a,  # of: g\n    b=BAD,\n    *,\n    c: int = 1,\n) -> None:END\n",
      ],
      ["bases", "class C(\n    BAD,\n    metaclass=M,\n):END\n"],
      ["an if", "if (\n    BAD\n    > 2\n):END\n"],
      ["an elif", "if a:\n    pass\nelif (\n    BAD\n    > 2\n):END\n"],
      ["a with", "with (\n    BAD,\n    b as c,\n):END\n"],
      ["a case's guard", "match a:\n  case [b] if (\n    BAD\n    > 2\n  ):END\n"],
      ["a match", "match (\n  BAD,\n  b\n):END\n  case _:\n"],
      ["a handler", "try:\n    pass\nexcept (\n    BAD,\n    b,\n) as c:END\n"],
      ["a decorator", "@decorate(\n    BAD,\n    b,\n)END\ndef f():\n"],
    ];
    for (const [what, head] of heads) {
      it(`counts for ${what}`, () => {
        const write = (end: string) => `${head.replace("BAD", bad).replace("END", end)}    pass\n`;
        assert.equal(analyzeText(write(""), settings).findings.length, 1);
        const { findings, suppressed } = analyzeText(write(comment), settings);
        assert.deepEqual([findings.length, suppressed.length], [0, 1]);
      });
    }

    it("does not count for what is decorated, nor for the body", () => {
      const bodyOf = (head: string) => `${head}:${comment}\n    n = ${bad}\n`;
      assert.equal(analyzeText(bodyOf("if (\n    a\n)"), settings).findings.length, 1);
      assert.equal(analyzeText(bodyOf(`@g(${bad})\ndef f(\n)`), settings).findings.length, 2);
    });
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
      "adds its code to one without brackets",
      "line",
      `n = ${bad}  # memory: ignore MEM203 -- why`,
      `n = ${bad}  # memory: ignore MEM203, MEM101 -- why`,
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

describe("other linters' comments for the same pattern", () => {
  const settingsFor301 = settingsWith({ select: ["MEM301"] });
  const body = "    a.append(1)\n    return a\n";
  const def = (name: string, comment = "") => `def ${name}(a=[]):${comment}\n${body}`;
  const silent = (text: string) => {
    const { findings, suppressed } = analyzeText(text, settingsFor301);
    assert.ok(findings.length + suppressed.length > 0, "there is something to silence");
    return places(text, suppressed).map(place => place.replace("MEM301 ", ""));
  };

  const counting = [
    "# noqa: B006",
    "# noqa: E501,B006",
    "# noqa: B",
    "# noqa: B0",
    "# noqa: PLW0102",
    "# noqa: W0102",
    "# pylint: disable=dangerous-default-value",
    "# pylint: disable=W0102",
    "# pylint:disable=unused-argument, dangerous-default-value",
    "# small  # pylint: disable=dangerous-default-value",
    "# ruff: disable[B006]",
  ];
  for (const comment of counting) {
    const expected = /noqa: B$/.test(comment) ? [] : ["1:9"];
    it(`${comment} ${expected.length > 0 ? "counts" : "does not count"}`, () => {
      assert.deepEqual(silent(def("f", `  ${comment}`)), expected);
    });
  }

  const others = [
    "# noqa: B008",
    "# noqa: dangerous-default-value",
    "# pylint: disable=all-of-it",
    "# pylint: enable=dangerous-default-value",
    "# nosonar",
    "# NOSONAR",
    "# type: ignore",
  ];
  for (const comment of others) {
    it(`${comment} does not`, () => assert.deepEqual(silent(def("f", `  ${comment}`)), []));
  }

  it("for a file counts wherever it stands", () => {
    for (const comment of ["ruff: noqa: B006", "ruff: noqa", "flake8: noqa: E501, B006"]) {
      assert.deepEqual(silent(`${def("f")}# ${comment}\n${def("g")}`), ["1:9", "5:9"], comment);
    }
    assert.deepEqual(silent(`# ruff: noqa: E501\n${def("f")}`), []);
  });

  it("disable-next and noinspection speak of the next line", () => {
    for (const comment of [
      "pylint: disable-next=dangerous-default-value",
      "pylint: disable-next=W0102",
      "noinspection PyDefaultArgument",
    ]) {
      assert.deepEqual(silent(`# ${comment}\n${def("f")}${def("g")}`), ["2:9"], comment);
    }
  });

  const disable = "# pylint: disable=dangerous-default-value";
  it("disable on a line of its own reaches to the end of the block", () => {
    assert.deepEqual(silent(`${disable}\n${def("f")}${def("g")}`), ["2:9", "5:9"]);
    assert.deepEqual(silent(`${def("f")}${disable}\n${def("g")}`), ["5:9"]);
    const inner = def("g").replace(/^(?=.)/gm, "    ");
    assert.deepEqual(silent(`class C:\n    x = 1\n    ${disable}\n${inner}\n${def("f")}`), [
      "4:13",
    ]);
    assert.deepEqual(silent(`if x:\n    y = 1\n    ${disable}\n${inner}else:\n${inner}`), ["4:13"]);
  });

  it("disable in a head reaches over what it opens", () => {
    const inner = def("g").replace(/^(?=.)/gm, "    ");
    assert.deepEqual(silent(`class C:  ${disable}\n${inner}${def("f")}`), ["2:13"]);
    assert.deepEqual(silent(`class C:\n    ${disable}\n${inner}${def("f")}`), ["3:13"]);
    assert.deepEqual(silent(`if x:  ${disable}\n${inner}else:\n${inner}`), ["2:13"]);
    assert.deepEqual(silent(`def f(\n    a=[],\n):  ${disable}\n${body}`), ["2:7"]);
  });

  it("disable behind a simple statement reaches no further", () => {
    const text = `x = 1  ${disable}\nclass C: x = 1  ${disable}\n${def("f")}`;
    assert.deepEqual(silent(text), []);
  });

  it("enable ends what disable began", () => {
    const enable = "# pylint: enable=dangerous-default-value";
    assert.deepEqual(silent(`${disable}\n${def("f")}${enable}\n${def("g")}`), ["2:9"]);
    assert.deepEqual(
      silent(`# ruff: disable[B006]\n${def("f")}# ruff: enable[B006]\n${def("g")}`),
      ["2:9"],
    );
  });

  it("are never called unused", () => {
    const text = `n = 1  # noqa: B006\nm = 2  ${disable}\n# ruff: noqa: B006\n`;
    assert.deepEqual(analyzeText(text, settingsWith({})).findings, []);
  });
});
