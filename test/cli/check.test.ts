import assert from "node:assert/strict";
import { chmodSync, linkSync, readFileSync, readdirSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { type CheckFolder, checkFolder } from "./run-check";

const bad = "n = sum([x for x in y])\n";
const mended = "n = sum(x for x in y)\n";
const message = "`sum` reads this list once; a generator holds one element at a time";

describe("check", () => {
  let folder: CheckFolder;
  beforeEach(() => (folder = checkFolder()));
  afterEach(() => folder.remove());
  const run = (...argv: readonly string[]) => folder.run("--select", "MEM101", ...argv);
  const bytes = (name: string) => readFileSync(join(folder.path, name));

  it("exits 0 when there is nothing, and says how much it read", async () => {
    folder.write({ "a.py": "n = 1\n", "b.py": "" });
    assert.deepEqual(await run("."), { code: 0, out: "No memory problems in 2 files.\n", err: "" });
  });

  it("exits 1 with findings, sorted by path and place", async () => {
    folder.write({ "b.py": bad, "a/c.py": `\n${bad}${bad}` });
    assert.deepEqual(await run("."), {
      code: 1,
      out:
        `a/c.py:2:9: MEM101 ${message}\n` +
        `a/c.py:3:9: MEM101 ${message}\n` +
        `b.py:1:9: MEM101 ${message}\n` +
        "Found 3 memory problems in 2 files of 2 files (3 fixable with --fix).\n",
      err: "",
    });
  });

  const usage = [
    [
      ["--what"],
      /^memory-insights check: Unknown option '--what'\nTry memory-insights check --help\n$/,
    ],
    [["nowhere.py"], /no such path: nowhere\.py/],
    [
      [".", "--format", "xml"],
      /unknown format "xml"; choose one of text, concise, full, grouped, json/,
    ],
    [[".", "-"], /standard input is checked alone/],
    [["--stdin-filename", "a.py"], /give - as the path/],
    [[".", "--config", "nowhere.toml"], /^nowhere\.toml:1: cannot be read \(ENOENT\)\n$/],
    [[".", "--isolated", "--config", "a.toml"], /--config and --isolated exclude each other/],
    [[".", "--target-version", "3.9"], /unknown Python version "3\.9"; choose one of py37/],
    [[".", "--per-file-ignores", "tests"], /takes PATTERN:CODE, not tests/],
    [[".", "--ignore", "E501"], /unknown rule "E501"/],
    [[".", "--baseline", "none.json"], /none\.json cannot be read \(ENOENT\); --write-baseline/],
    [[".", "--explain", "MEN101"], /unknown rule "MEN101"; did you mean MEM101\?/],
    [[".", "--fix", "--diff"], /exclude each other/],
    [[".", "--select", "MEN101"], /unknown rule "MEN101"; did you mean MEM101\?/],
    [[".", "--select", "MEM101,nothing-like-it"], /unknown rule "nothing-like-it"\n/],
    [[".", "--select", "MEM999"], /unknown rule "MEM999"\n/],
    [[".", "--select", "mutable-default"], /did you mean mutable-default-argument\?/],
    [[".", "--select="], /--select names no rule/],
    [[".", "--statistic"], /Unknown option '--statistic'; did you mean --statistics\?/],
    [[".", "--output-format", "jsn"], /; did you mean json\?/],
  ] as const;
  for (const [argv, expected] of usage) {
    it(`exits 2 for: check ${argv.join(" ")}`, async () => {
      const { code, out, err } = await folder.run(...argv);
      assert.deepEqual([code, out], [2, ""]);
      assert.match(err, expected);
      assert.ok(err.split("\n").length <= 3, err);
    });
  }

  it("says how it is used", async () => {
    const { code, out } = await folder.run("--help");
    assert.equal(code, 0);
    for (const option of ["--select", "--output-format", "--baseline", "--watch"]) {
      assert.ok(out.includes(`  ${option}`) || out.includes(`, ${option}`), option);
    }
    assert.ok(out.split("\n").every(line => line.length <= 100));
  });

  it("finds Python files, but none of environments, caches and what git ignores", async () => {
    folder.write({
      ...Object.fromEntries(
        ["a.py", "b.pyi", "c.pyw", "deep/er/d.py", "kept/generated.py"].map(name => [name, bad]),
      ),
      ...Object.fromEntries(
        ["e.txt", "venv/f.py", "env/lib/g.py", "node_modules/h.py", ".git/i.py"].map(name => [
          name,
          bad,
        ]),
      ),
      ...Object.fromEntries(
        ["build/j.py", "deep/generated.py", "__pycache__/k.py"].map(n => [n, bad]),
      ),
      "env/pyvenv.cfg": "",
      ".gitignore": "/build/\ngenerated.py\n",
      "kept/.gitignore": "!generated.py\n",
    });
    const { out } = await run(".");
    const found = out.match(/^[^:\n]+(?=:\d)/gm);
    assert.deepEqual(found, ["a.py", "c.pyw", "deep/er/d.py", "kept/generated.py"]);
    assert.match((await run("build/j.py", "e.txt")).out, /^build\/j.py:1:9/);
    assert.match((await run("deep", "build")).out, /^build\/j.py:1:9.*\ndeep\/er\/d.py/);
  });

  it("does not follow a link around in a circle", async function () {
    if (process.platform === "win32") return this.skip();
    folder.write({ "a/b.py": bad });
    symlinkSync(folder.path, join(folder.path, "a", "again"));
    assert.match((await run(".")).out, /in 1 file of 1 file/);
  });

  it("takes a file of two names once", async function () {
    if (process.platform === "win32") return this.skip();
    folder.write({ "b.py": bad, "else/c.txt": bad });
    symlinkSync("b.py", join(folder.path, "a.py"));
    symlinkSync("else/c.txt", join(folder.path, "d.py"));
    symlinkSync("d.py", join(folder.path, "e.py"));
    const found = (await run(".")).out.match(/^[^:\n]+(?=:\d)/gm);
    assert.deepEqual(found, ["b.py", "d.py"]);
  });

  it("goes on after a file that it cannot read", async () => {
    folder.write({ "a.py": Buffer.from([0x66, 0xff]), "b.py": "# coding: klingon\n", "c.py": bad });
    const { code, err, out } = await run(".");
    assert.equal(code, 1);
    assert.equal(
      err,
      "a.py: is not UTF-8 and declares no other encoding\n" +
        "b.py: declares the unknown encoding klingon\n",
    );
    assert.match(out, /^c\.py:1:9/);
    assert.match(
      out,
      /in 1 file of 3 files \(1 fixable with --fix\); 2 files could not be checked\.\n$/,
    );
    const { code: named, out: summary } = await run("a.py");
    assert.equal(named, 2);
    assert.equal(summary, "No memory problems found; 1 file could not be checked.\n");
  });

  it("says that a file is not Python, and checks the rest of it", async () => {
    folder.write({ "a.py": `def f(y):\n    return sum([x for x in y])\n\ndef g(:\n    pass\n` });
    const { code, out, err } = await run(".");
    assert.equal(code, 1);
    assert.equal(err, "a.py:4:7: not valid Python 3 here; the rest was checked\n");
    assert.match(out, /^a\.py:2:16/);
    assert.match(out, /\(1 fixable with --fix\); 1 file was checked in part\.\n$/);
  });

  it("does not call a file clean that it checked in part, nor from kept results", async () => {
    folder.write({ "deep/a.py": "x = 1\nreturn 'é', 1 +\n" });
    const expected = {
      code: 0,
      out: "No memory problems found; 1 file was checked in part.\n",
      err: "deep/a.py:2:16: not valid Python 3 here; the rest was checked\n",
    };
    assert.deepEqual(await run("deep/a.py"), expected);
    assert.deepEqual(await run("deep/a.py"), expected);
    const fixed = await run("--fix", "--no-cache", "deep/a.py");
    assert.deepEqual(fixed, { ...expected, out: `Fixed 0 problems. ${expected.out}` });
    assert.match(
      (await run("--diff", "deep/a.py")).err,
      /Would fix 0 .*; 1 file was checked in part/,
    );
    assert.deepEqual(await run("--format", "json", "."), { ...expected, out: "[]\n" });
  });

  it("names at most 20 files that are not Python", async () => {
    const names = Array.from({ length: 23 }, (_, index) => `m${index}.py`);
    folder.write(Object.fromEntries(names.map(name => [name, "def f(:\n"])));
    const { out, err } = await run(".");
    const lines = err.trimEnd().split("\n");
    assert.equal(lines.length, 21);
    assert.match(lines[19] ?? "", /^m\d+\.py:1:\d+: not valid Python 3 here/);
    assert.equal(lines[20], "… and 3 more");
    assert.equal(out, "No memory problems found; 23 files were checked in part.\n");
  });

  it("counts columns in characters, whatever the encoding", async () => {
    const line = `s = "\u{1f40d}é"; ${bad}`;
    folder.write({
      "bom.py": `\ufeff${line}`,
      "latin.py": Buffer.from(`# -*- coding: latin-1 -*-\ns = "é\x85"; ${bad}`, "latin1"),
      "utf.py": line,
      "windows.py": Buffer.from(
        `#!python\n# vim: set fileencoding=cp1252 :\ns = "\x80\x99"; ${bad}`,
        "latin1",
      ),
    });
    assert.deepEqual((await run(".")).out.match(/^.*(?=: MEM)/gm), [
      "bom.py:1:19",
      "latin.py:2:19",
      "utf.py:1:19",
      "windows.py:3:19",
    ]);
  });

  describe("--fix", () => {
    it("writes safe fixes, reports what is left, and does nothing the second time", async () => {
      folder.write({ "a.py": `${bad}ok = all([f(x) for x in y])\n` });
      const { code, out } = await run("--fix", ".");
      assert.equal(code, 1);
      assert.match(
        out,
        /^a\.py:2:10.*\nFixed 1 problem\. Found 1 memory problem in 1 file of 1 file\.\n$/,
      );
      assert.equal(bytes("a.py").toString(), `${mended}ok = all([f(x) for x in y])\n`);
      const { mtimeMs } = statSync(join(folder.path, "a.py"));
      assert.match((await run("--fix", ".")).out, /Fixed 0 problems/);
      assert.equal(statSync(join(folder.path, "a.py")).mtimeMs, mtimeMs);
    });

    it("exits 0 when nothing is left", async () => {
      folder.write({ "a.py": bad });
      assert.deepEqual(await run("--fix", "a.py"), {
        code: 0,
        out: "Fixed 1 problem. No memory problems in 1 file.\n",
        err: "",
      });
    });

    const encodings = [
      [
        "line ends",
        Buffer.from(`a = 1\r\n${bad.trimEnd()}\r\n`),
        Buffer.from(`a = 1\r\n${mended.trimEnd()}\r\n`),
      ],
      ["a byte order mark", Buffer.from(`\ufeff${bad}`), Buffer.from(`\ufeff${mended}`)],
      ...["latin-1", "cp1251"].map(name => {
        const head = `# coding: ${name}\ns = "\xe9\xff"\n`;
        return [
          name,
          Buffer.from(head + bad, "latin1"),
          Buffer.from(head + mended, "latin1"),
        ] as const;
      }),
      ["no line end at the end", Buffer.from(bad.trimEnd()), Buffer.from(mended.trimEnd())],
    ] as const;
    for (const [what, before, after] of encodings) {
      it(`keeps ${what}`, async () => {
        folder.write({ "a.py": before });
        await run("--fix", ".");
        assert.equal(bytes("a.py").toString("latin1"), after.toString("latin1"));
      });
    }

    it("keeps the mode and follows a link to the file", async function () {
      if (process.platform === "win32") return this.skip();
      folder.write({ "a.py": bad });
      chmodSync(join(folder.path, "a.py"), 0o755);
      symlinkSync("a.py", join(folder.path, "link.py"));
      await run("--fix", "link.py");
      assert.equal(bytes("a.py").toString(), mended);
      assert.equal(statSync(join(folder.path, "a.py")).mode & 0o777, 0o755);
      assert.ok(readdirSync(folder.path).includes("link.py"));
      assert.deepEqual(
        readdirSync(folder.path).filter(name => name.endsWith(".tmp")),
        [],
      );
    });

    it("keeps the other names of a file", async () => {
      folder.write({ "a.py": bad });
      linkSync(join(folder.path, "a.py"), join(folder.path, "b.py"));
      await run("--fix", "a.py");
      assert.equal(bytes("a.py").toString(), mended);
      assert.equal(bytes("b.py").toString(), mended);
    });

    it("leaves a file alone that may not be written", async function () {
      // Root may write everything, and Windows asks other questions.
      if (process.platform === "win32" || process.getuid?.() === 0) return this.skip();
      folder.write({ "a.py": bad });
      chmodSync(join(folder.path, "a.py"), 0o444);
      const { err } = await run("--fix", "a.py");
      assert.match(err, /^a\.py: was not fixed: it cannot be written/);
      assert.equal(bytes("a.py").toString(), bad);
    });

    it("leaves a file alone whose encoding it cannot write", async () => {
      const text = Buffer.concat([
        Buffer.from("# coding: euc-jp\ns = '"),
        Buffer.from([0xa4, 0xa2]),
        Buffer.from(`'\n${bad}`),
      ]);
      folder.write({ "a.py": text });
      const { code, err } = await run("--fix", ".");
      assert.equal(err, "a.py: was not fixed: its encoding cannot be written back exactly\n");
      assert.equal(code, 1);
      assert.ok(bytes("a.py").equals(text));
    });
  });

  it("--diff shows what would change, and writes nothing", async () => {
    const lines = Array.from({ length: 20 }, (_, index) => `a${index} = ${index}\n`);
    folder.write({ "a.py": `${lines.join("")}${bad}${lines.join("")}n = max([x for x in y])` });
    const before = bytes("a.py");
    const { code, out, err } = await run("--diff", ".");
    assert.equal(code, 1);
    assert.equal(err, "Would fix 2 problems in 1 file.\n");
    assert.equal(
      out,
      [
        "--- a.py",
        "+++ a.py",
        "@@ -18,7 +18,7 @@",
        " a17 = 17",
        " a18 = 18",
        " a19 = 19",
        "-n = sum([x for x in y])",
        "+n = sum(x for x in y)",
        " a0 = 0",
        " a1 = 1",
        " a2 = 2",
        "@@ -39,4 +39,4 @@",
        " a17 = 17",
        " a18 = 18",
        " a19 = 19",
        "-n = max([x for x in y])",
        "\\ No newline at end of file",
        "+n = max(x for x in y)",
        "\\ No newline at end of file",
        "",
      ].join("\n"),
    );
    assert.ok(bytes("a.py").equals(before));
  });

  describe("results of unchanged files", () => {
    const results = () => readdirSync(join(folder.path, ".results"));

    it("are kept by content and settings, and give the same report", async () => {
      folder.write({ "a.py": bad });
      const first = await run(".");
      assert.equal(results().length, 1);
      folder.write({ "b.py": bad });
      const { out } = await run(".");
      assert.match(out, /^a\.py:1:9.*\nb\.py:1:9/);
      folder.write({ "a.py": "\n" });
      assert.equal((await folder.run("--select", "MEM2", ".")).code, 0);
      assert.match((await run("b.py")).out, /^b\.py:1:9/);
      assert.equal(first.code, 1);
    });

    it("are not written with --no-cache", async () => {
      folder.write({ "a.py": bad });
      await run("--no-cache", ".");
      assert.throws(results, /ENOENT/);
    });

    it("that are damaged count as none", async () => {
      folder.write({ "a.py": bad });
      const first = await run(".");
      for (const damage of ["{", "[]", '{"x":{"rows":1}}', ""]) {
        const [name] = results();
        folder.write({ [`.results/${name ?? ""}`]: damage });
        assert.deepEqual(await run("."), first);
      }
    });

    it("stay whole when runs write at once", async () => {
      const names = Array.from({ length: 30 }, (_, index) => `m${index}.py`);
      folder.write(Object.fromEntries(names.map((name, index) => [name, `${bad}# ${index}\n`])));
      const outcomes = await Promise.all([1, 2, 3, 4].map(() => run(".")));
      for (const outcome of outcomes) assert.deepEqual(outcome, outcomes[0]);
      assert.equal(results().length, 1);
      assert.deepEqual(await run("."), outcomes[0]);
    });
  });
});
