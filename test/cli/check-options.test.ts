import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type CheckFolder, checkFolder } from "./run-check";

const sum = "n = sum([x for x in y])\n";
const any = "ok = all([f(x) for x in y])\n";
const message = "`sum` reads this list once; a generator holds one element at a time";

describe("check's options", () => {
  let folder: CheckFolder;
  beforeEach(() => {
    folder = checkFolder();
    folder.write({ "a.py": sum + any, "b/c.py": `if x:\n\t${sum}` });
  });
  afterEach(() => folder.remove());
  const run = (...argv: readonly string[]) => folder.run("--select", "MEM101", ...argv);
  const read = (name: string) => readFileSync(join(folder.path, name), "utf8");

  it("--output-format is --format; concise is text", async () => {
    const text = await run("--format", "text", ".");
    assert.deepEqual(await run("--output-format", "concise", "."), text);
    assert.deepEqual(await run("."), text);
  });

  it("full shows the line, what of it is meant, and the fix", async () => {
    const { out } = await run("--format", "full", ".");
    const [first, , third] = out.split("\n\n");
    assert.equal(
      first,
      [
        `a.py:1:9: MEM101 ${message}`,
        "  |",
        "1 | n = sum([x for x in y])",
        "  |         ^^^^^^^^^^^^^^",
        "  = safe fix: Pass a generator",
      ].join("\n"),
    );
    assert.match(third ?? "", /^2 \| \tn = sum\(\[x for x in y\]\)\n {2}\| \t {8}\^{14}\n/m);
    assert.match(
      out,
      /\nFound 3 memory problems in 2 files of 2 files \(2 fixable with --fix\)\.\n$/,
    );
  });

  it("full shows what is around the finding of a long line, in characters", async () => {
    folder.write({
      "long.py": `s = "${"🐍".repeat(300)}"; n = sum([x for x in y]); ${"m = 1; ".repeat(50)}\n`,
    });
    const { out } = await run("--format", "full", "long.py");
    const [place, , line = "", mark = ""] = out.split("\n");
    assert.match(place ?? "", /^long\.py:1:317: /);
    assert.match(line, /^1 \| …🐍{49}"; n = sum\(\[x for x in y\]\); (?:m = 1; )*.*…$/u);
    assert.equal(Array.from(line).length, "1 | ……".length + 200);
    assert.equal(mark, `  | ${" ".repeat(61)}${"^".repeat(14)}`);
  });

  it("grouped writes findings below their file", async () => {
    const { out } = await run("--format", "grouped", ".");
    assert.match(
      out,
      /^a\.py:\n {2}1:9 {2}MEM101 `sum`.*\n {2}2:10 MEM101 .*\n\nb\/c\.py:\n {2}2:10 MEM101/,
    );
  });

  it("json-lines writes what json does, one finding a line", async () => {
    const lines = (await run("--format", "json-lines", ".")).out.trimEnd().split("\n");
    const rows = JSON.parse((await run("--format", "json", ".")).out) as unknown;
    assert.deepEqual(
      lines.map(line => JSON.parse(line) as unknown),
      rows,
    );
  });

  it("gitlab tells equal findings apart, and keeps their fingerprints when lines move", async () => {
    folder.write({ "a.py": sum + sum, "b/c.py": "" });
    const report = async () =>
      JSON.parse((await run("--format", "gitlab", ".")).out) as Record<string, unknown>[];
    const before = await report();
    assert.deepEqual(before[0], {
      check_name: "MEM101",
      description: `MEM101: ${message}`,
      severity: "major",
      fingerprint: before[0]?.["fingerprint"],
      location: {
        path: "a.py",
        positions: { begin: { line: 1, column: 9 }, end: { line: 1, column: 23 } },
      },
    });
    const prints = before.map(each => each["fingerprint"]);
    assert.equal(new Set(prints).size, 2);
    folder.write({ "a.py": `import os\n${sum}x = 1\n${sum}` });
    assert.deepEqual(
      (await report()).map(each => each["fingerprint"]),
      prints,
    );
  });

  it("junit is XML with a failure for each finding", async () => {
    folder.write({ 'b/<&">.py': sum });
    const { out } = await run("--format", "junit", ".");
    assert.match(
      out,
      /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="memory-insights" tests="4" /,
    );
    assert.ok(
      out.includes('<testsuite name="b/&lt;&amp;&quot;&gt;.py" tests="1" failures="1" errors="0">'),
    );
    assert.equal(out.match(/<failure message="/g)?.length, 4);
    assert.match(out, /<\/testsuites>\n$/);
  });

  it("--statistics counts by rule, also for programs", async () => {
    const { code, out } = await folder.run("--select", "MEM101,MEM203", "--statistics", ".");
    assert.equal(code, 1);
    assert.match(
      out,
      /^3 MEM101 list-built-for-reduction \(2 fixable with --fix\)\nFound 3 memory/,
    );
    const json = await run("--statistics", "--format", "json", ".");
    assert.deepEqual(JSON.parse(json.out), [
      { code: "MEM101", name: "list-built-for-reduction", count: 3, fixable: 2 },
    ]);
  });

  it("--output-file takes the report, and the summary stays behind", async () => {
    const { out: expected } = await run("--format", "json", ".");
    const { code, out, err } = await run("--format", "json", "-o", "report.json", ".");
    assert.deepEqual([code, out], [1, ""]);
    assert.match(err, /^Found 3 memory problems/);
    assert.equal(read("report.json").replaceAll(folder.path, "ROOT"), expected);
    assert.equal((await run("-o", "nowhere/report", ".")).code, 2);
  });

  it("--quiet leaves only findings, --verbose says what was passed over", async () => {
    folder.write({ "s.pyi": sum, "d.py": "def f(:\n" });
    const quiet = await run("-q", ".");
    assert.equal(quiet.err, "");
    assert.equal(quiet.out.match(/^.+$/gm)?.length, 3);
    assert.match((await run("-v", ".")).err, /^s\.pyi: passed over, stub file$/m);
  });

  it("exit codes can be told apart from findings, and from fixes", async () => {
    assert.equal((await run("--exit-zero", ".")).code, 0);
    assert.equal((await run("--exit-zero", "nowhere")).code, 2);
    assert.equal((await run("--fix", "--exit-non-zero-on-fix", "b")).code, 1);
    assert.equal((await run("--fix", "--exit-non-zero-on-fix", "b")).code, 0);
  });

  describe("--min-severity", () => {
    const hint = "out = []\nfor a in b:\n    out.append(a + 1)\n";
    const lines = async (...argv: readonly string[]) =>
      (await folder.run("--select", "MEM101,MEM102", ...argv)).out.match(/^.*MEM10.*$/gm) ?? [];

    it("leaves what is below out of the output and the exit code", async () => {
      folder.write({ "hint.py": hint, "both.py": `${hint}${sum}` });
      const run = (...argv: readonly string[]) => folder.run("--select", "MEM102", ...argv);
      assert.equal((await run("hint.py")).code, 1);
      assert.equal((await run("--min-severity", "hint", "hint.py")).code, 1);
      const { code, out } = await run("--min-severity", "information", "hint.py");
      assert.deepEqual([code, out], [0, "No memory problems in 1 file.\n"]);
      assert.equal((await lines("both.py")).length, 2);
      assert.deepEqual(await lines("--min-severity=error", "both.py"), []);
      const [only, ...others] = await lines("--min-severity=warning", "both.py");
      assert.match(only ?? "", /: MEM101 `sum`/);
      assert.deepEqual(others, []);
    });

    it("is marked in lines for people, where it is less than a warning", async () => {
      folder.write({ "both.py": `${hint}${sum}` });
      for (const format of ["text", "full", "grouped"]) {
        const [less, warning] = await lines("--format", format, "both.py");
        assert.match(less ?? "", /MEM102 \[hint\] \w/);
        assert.match(warning ?? "", /MEM101 `sum`/);
      }
    });

    it("does not change what is fixed or known", async () => {
      folder.write({ "hint.py": hint, "both.py": `${hint}${sum}` });
      await lines("--min-severity=error", "--fix", "both.py");
      assert.equal(read("both.py"), hint + sum.replace(/[[\]]/g, ""));
      await lines("--min-severity=error", "--write-baseline", "known.json", "hint.py");
      assert.match(read("known.json"), /MEM102/);
      const known = ["--select", "MEM102", "--min-severity=error", "--baseline", "known.json"];
      assert.match((await folder.run(...known, "hint.py")).err, /^1 finding of the baseline left/);
    });

    it("has to be known", async () => {
      const threads = await run("--threads", "many", ".");
      assert.equal(threads.code, 2);
      assert.match(threads.err, /--threads takes a number from 1 on, not "many"/);
      const { code, err } = await run("--min-severity", "warnings", ".");
      assert.equal(code, 2);
      assert.match(err, /unknown severity "warnings"; choose one of error, .*warning/);
    });
  });

  describe("-", () => {
    const input = (text: string | Uint8Array, ...argv: readonly string[]) =>
      folder.runOn(text, "--select", "MEM101", ...argv);

    it("reads standard input, under the name that it is given", async () => {
      assert.match((await input(sum, "-")).out, /^-:1:9: MEM101/);
      const named = await input(sum, "--stdin-filename", "b/x.py", "-");
      assert.match(named.out, /^b\/x\.py:1:9: MEM101/);
      folder.write({ "b/memory-insights.toml": '[per-file-ignores]\n"x.py" = ["MEM1"]\n' });
      assert.equal((await input(sum, "--stdin-filename", "b/x.py", "-")).code, 0);
    });

    it("with --fix writes the text, fixed or as it was", async () => {
      const { code, out, err } = await input(sum + any, "--fix", "-");
      assert.deepEqual([code, out], [1, "n = sum(x for x in y)\n" + any]);
      assert.match(err, /^-:2:10: MEM101 .*\nFixed 1 problem\. Found 1 memory problem/);
      assert.deepEqual((await input("a = 1\n", "--fix", "-")).out, "a = 1\n");
      assert.deepEqual(
        (await input("a: int\n", "--fix", "--stdin-filename", "a.pyi", "-")).out,
        "a: int\n",
      );
    });

    it("with --diff shows the difference", async () => {
      const { out } = await input(sum, "--diff", "--stdin-filename", "a.py", "-");
      assert.match(out, /^--- a\.py\n\+\+\+ a\.py\n@@ -1 \+1 @@\n-n = sum\(\[/);
    });

    it("exits 2 for bytes that are no text", async () => {
      const { code, err } = await input(Uint8Array.of(0x66, 0xff), "-");
      assert.equal(code, 2);
      assert.match(err, /^-: is not UTF-8/);
    });
  });

  describe("--explain", () => {
    beforeEach(() => {
      const page = readFileSync("src/rules/collections/list-built-for-reduction.md", "utf8");
      folder.write({ ".dist/rules/list-built-for-reduction.md": page });
    });

    it("shows the page of a rule, by code or name", async () => {
      const { code, out } = await folder.run("--explain", "MEM101");
      assert.equal(code, 0);
      assert.match(out, /^# list-built-for-reduction \(MEM101\)\n/);
      assert.doesNotMatch(out, /<!--/);
      assert.equal((await folder.run("--explain", "list-built-for-reduction")).out, out);
    });

    it("lists the rules of a prefix", async () => {
      const { out } = await folder.run("--explain", "MEM");
      assert.match(out, /^MEM000 unused-suppression: .*\nMEM101 list-built-for-reduction: /);
    });
  });
});

describe("files that check passes over", () => {
  let folder: CheckFolder;
  beforeEach(() => (folder = checkFolder()));
  afterEach(() => folder.remove());
  const reasonFor = async (name: string, text: string, ...argv: readonly string[]) => {
    folder.write({ [name]: text });
    const { out, err } = await folder.run("--select", "MEM101", "-v", ...argv, name);
    const reason = /passed over, (.*)/.exec(err)?.[1];
    assert.equal(
      reason === undefined,
      /MEM101/.test(out),
      "nothing of what is passed over is said",
    );
    return reason ?? null;
  };

  const passed = [
    ["stub file", "a.pyi", sum],
    ["Python 2", "a.py", `${sum}print "a"\n`],
    ["Python 2", "a.py", `${sum}exec "x = 1"\n`],
    ["Python 2", "a.py", `#!/usr/bin/python2\n${sum}`],
    ["template", "a.py", `${sum}from {{ cookiecutter.name }} import x\n`],
    ["template", "a.py", `${sum}{% if a %}\nx = 1\n{% endif %}\n`],
    [
      "generated code",
      "a.py",
      `# Generated by the protocol buffer compiler.  DO NOT EDIT!\n${sum}`,
    ],
    [
      "generated code",
      "a.py",
      `#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n\n# @generated\n${sum}`,
    ],
    ["generated code", "a.py", `# This file was autogenerated by a tool\n${sum}`],
  ] as const;
  for (const [reason, name, text] of passed) {
    it(`${reason}: ${JSON.stringify(text.replace(sum, "…"))}`, async () => {
      assert.equal(await reasonFor(name, text), reason);
    });
  }

  const checked = [
    ["a.pyw", sum],
    ["a.py", `s = "{{ name }} {% if %}"\n${sum}`],
    ["a.py", `# generated\n${sum}`],
    ["a.py", `${sum}# Generated by hand\n`],
    ["a.py", `s = """\n# Generated by x\n"""\n${sum}`],
    ["a.py", `s = {{1}, {2}}\n${sum}`],
    ["a.py", `# python2 is not supported\n${sum}`],
    ["a.py", `${sum}def f(:\n`],
  ] as const;
  for (const [name, text] of checked) {
    it(`but not: ${JSON.stringify(text.replace(sum, "…"))} in ${name}`, async () => {
      assert.equal(await reasonFor(name, text), null);
    });
  }

  it("are fixed no more than they are reported", async () => {
    folder.write({ "a.py": `# @generated\n${sum}` });
    await folder.run("--select", "MEM101", "--fix", "a.py");
    assert.equal(readFileSync(join(folder.path, "a.py"), "utf8"), `# @generated\n${sum}`);
  });

  it("are reported when asked for, where they are generated", async () => {
    assert.equal(await reasonFor("a.py", `# @generated\n${sum}`, "--include-generated"), null);
    assert.equal(await reasonFor("a.py", `# @generated\n${sum}`), "generated code");
  });

  it("are counted by --statistics, and not as files that were checked", async () => {
    folder.write({ "a.pyi": sum, "b.py": 'print "a"\n', "c.py": "x = 1\n" });
    assert.deepEqual(await folder.run("--statistics", "."), {
      code: 0,
      out: "Passed over: 1 Python 2, 1 stub file\nNo memory problems in 1 file.\n",
      err: "",
    });
  });
});
