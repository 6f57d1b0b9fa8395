import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { problemsOf } from "../../scripts/measure/judge.mjs";
import { readBlocks, writeTables } from "../../scripts/measure/pages.mjs";
import { measureBlock } from "../../scripts/measure/run-blocks.mjs";
import { formatBytes, parseBytes } from "../../scripts/measure/sizes.mjs";
import { findPython } from "../../scripts/python.mjs";

const block = "def bad():\n    return 1\n\n\ndef fixed():\n    return 2\n";
const page = (...parts) => ["# a-rule (MEM100)", ...parts, "## When to suppress", ""].join("\n\n");
const code = info => `\`\`\`python ${info}\n${block}\`\`\``;

describe("the tables of measure blocks", () => {
  it("are written between the markers, and read again", () => {
    const markers = "<!-- measured -->\n<!-- /measured -->";
    const text = page(code("bad"), code("measure peak"), markers);
    const rows = [
      { label: "Python 3.13, numpy 2.4.6", bad: 8_000_000, fixed: 100 },
      { label: "Python 3.9", bad: 7_000_000, fixed: 200 },
    ];
    const written = writeTables(text, [rows]);
    const [{ claim, needs, rows: read, line }] = readBlocks(written);
    assert.deepEqual({ claim, needs, line }, { claim: "peak", needs: [], line: 12 });
    assert.deepEqual([...read.keys()], ["3.13", "3.9"]);
    assert.equal(formatBytes(read.get("3.13").bad), "7.6 MiB");
    assert.equal(read.get("3.9").fixed, 200);
    assert.equal(writeTables(written, [rows]), written, "the same again");
    assert.ok(written.startsWith(text.slice(0, text.indexOf(markers))), "the rest stays");
    assert.ok(written.endsWith("<!-- /measured -->\n\n## When to suppress\n\n"));
    assert.equal(writeTables(text.replace(markers + "\n\n", ""), [rows]), written, "markers too");
  });

  it("stay as they are where nothing was measured", () => {
    const text = page(code("measure retained needs numpy"));
    assert.equal(writeTables(text, [[]]), text);
    assert.deepEqual(readBlocks(text)[0].needs, ["numpy"]);
    assert.equal(readBlocks(text)[0].rows, undefined);
  });

  it("say what they do not understand", () => {
    assert.throws(() => readBlocks(page(code("measure time"))), /line 3: not "measure peak/);
    assert.throws(() => readBlocks(page(code("measure peak numpy"))), /line 3/);
  });
});

describe("a size", () => {
  for (const [bytes, text] of [
    [0, "0 B"],
    [1023, "1023 B"],
    [1536, "1.5 KiB"],
    [8 * 2 ** 20, "8.0 MiB"],
  ]) {
    it(`of ${bytes} bytes is ${text}`, () => {
      assert.equal(formatBytes(bytes), text);
      assert.equal(parseBytes(text), bytes);
    });
  }

  it("that nobody wrote is no number", () => assert.ok(Number.isNaN(parseBytes("much"))));
});

describe("the judgement of figures", () => {
  const MiB = 2 ** 20;
  const judged = (rows, bad, fixed, mustGain = true) => {
    const measured = { bad: { peak: bad, retained: 0 }, fixed: { peak: fixed, retained: 0 } };
    const block = { claim: "peak", rows: rows && new Map(rows) };
    return problemsOf(block, "3.13", measured, { mustGain });
  };
  const row = (bad, fixed) => ["3.13", { bad, fixed }];

  it("finds nothing wrong with a gain that the page tells", () => {
    assert.deepEqual(judged([row(10 * MiB, MiB)], 10 * MiB, MiB), []);
    assert.deepEqual(judged([row(9 * MiB, 30_000)], 10 * MiB, 1000), [], "near enough");
    assert.deepEqual(judged([["3.9", { bad: 1, fixed: 1 }]], 10 * MiB, MiB), [], "another Python");
  });

  it("wants a gain", () => {
    assert.match(judged([row(10 * MiB, 10 * MiB)], 10 * MiB, 9.5 * MiB)[0], /^no gain in peak/);
    assert.equal(judged([row(0, 0)], 0, 0).length, 0);
    assert.deepEqual(judged([row(MiB, MiB)], MiB, MiB, false), [], "a page that claims none");
  });

  it("wants the page's figures to be true, and there", () => {
    const [problem] = judged([row(20 * MiB, MiB)], 10 * MiB, MiB);
    assert.equal(problem, "peak of bad: 20.0 MiB in the page, 10.0 MiB measured");
    assert.equal(judged([row(10 * MiB, NaN)], 10 * MiB, MiB).length, 1);
    assert.deepEqual(judged(undefined, 10 * MiB, MiB), ["the page has no figures"]);
    assert.deepEqual(judged([], 10 * MiB, MiB), ["the page has no figures"]);
  });
});

describe("a measurement", () => {
  let root, python;

  before(async function () {
    const found = await findPython();
    if (!found) return this.skip();
    python = { ...found, interpreter: found.executable };
    root = mkdtempSync(join(tmpdir(), "measure-test-"));
    cpSync("scripts/measure", join(root, "scripts", "measure"), { recursive: true });
  });

  after(() => root && rmSync(root, { recursive: true }));

  const text = [
    "held = bytes(5_000_000)",
    "def bad():",
    "    parts = [bytes(100_000) for _ in range(50)]",
    "    return parts[:10]",
    "def fixed():",
    "    print('some words')",
    "    return bytes(200_000)",
  ].join("\n");

  it("tells the highest point and what the value holds, without the set-up", async () => {
    const { bad, fixed } = await measureBlock(text, python, { root });
    const near = (bytes, expected) => assert.ok(Math.abs(bytes - expected) < 20_000, `${bytes}`);
    near(bad.peak, 5_000_000);
    near(bad.retained, 1_000_000);
    near(fixed.peak, 200_000);
    near(fixed.retained, 200_000);
    assert.deepEqual(await measureBlock(text, python, { root }), { bad, fixed });
  });

  it("fails with what Python said", async () => {
    const failing = measureBlock("def bad():\n    1 / 0", python, { root });
    await assert.rejects(failing, /bad failed:[^]*ZeroDivisionError/);
  });
});
