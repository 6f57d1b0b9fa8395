import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type CheckFolder, checkFolder } from "./run-check";

const sum = "n = sum([x for x in y])\n";
const inFunction = "def load(y):\n    return sum([x for x in y])\n";

describe("check with a baseline", () => {
  let folder: CheckFolder;
  beforeEach(() => {
    folder = checkFolder();
    folder.write({ "src/a.py": sum + inFunction + sum, "src/b.py": sum });
  });
  afterEach(() => folder.remove());
  const run = (...argv: readonly string[]) =>
    folder.run("--select", "MEM101", "--baseline", "known.json", ...argv);
  const write = () => folder.run("--select", "MEM101", "--write-baseline", "known.json", ".");
  const baseline = () => readFileSync(join(folder.path, "known.json"), "utf8");

  it("is written by file, code, function and text, counted, and sorted", async () => {
    assert.deepEqual(await write(), {
      code: 0,
      out: "",
      err: "Wrote 4 findings to known.json.\n",
    });
    const text = baseline();
    assert.match(
      text.replace(/[0-9a-f]{14}/g, "#"),
      /^\{\n {2}"version": 1,\n {2}"findings": \{\n {4}"src\/a\.py": \{\n {6}"MEM101 - #": 2,\n {6}"MEM101 load #": 1\n/,
    );
    await write();
    assert.equal(baseline(), text);
  });

  it("leaves out what it knows, wherever it has moved to", async () => {
    await write();
    assert.deepEqual(await run("."), {
      code: 0,
      out: "No memory problems in 2 files.\n",
      err: "4 findings of the baseline left out\n",
    });
    const indented = inFunction.replace("return sum([", "return sum([\n  ");
    folder.write({ "src/a.py": `import os\n\n${indented}${sum}x = 1\n${sum}` });
    assert.deepEqual((await run(".")).code, 0);
  });

  it("reports what is new: another text, another function, one more of the same", async () => {
    await write();
    folder.write({
      "src/a.py": `${sum}${inFunction}${sum}m = max([x for x in z])\n`,
      "src/b.py": sum + sum,
      "src/c.py": inFunction.replace("load", "other"),
    });
    const { code, out } = await run(".");
    assert.equal(code, 1);
    const places = out.match(/^\S+:\d+(?=:\d+: MEM101)/gm);
    assert.deepEqual(places, ["src/a.py:5", "src/b.py:2", "src/c.py:2"]);
  });

  it("tells once what is gone, and the next write drops it", async () => {
    await write();
    folder.write({ "src/a.py": sum, "src/b.py": "" });
    const leftOut = "1 finding of the baseline left out\n";
    const gone = "3 findings of the baseline are gone; --write-baseline drops what is gone\n";
    const out = "No memory problems in 2 files.\n";
    assert.deepEqual(await run("."), { code: 0, out, err: leftOut + gone });
    assert.deepEqual(
      (await run("src/b.py")).err,
      gone.replace("3 findings", "1 finding").replace("are", "is"),
    );
    await write();
    assert.equal((await run(".")).err, leftOut);
    assert.ok(!baseline().includes("b.py"));
  });

  it("is relative to where it lies", async () => {
    await folder.run("--select", "MEM101", "--write-baseline", "src/known.json", ".");
    assert.match(readFileSync(join(folder.path, "src/known.json"), "utf8"), /^ {4}"a\.py": \{$/m);
    const { code } = await folder.run("--select", "MEM101", "--baseline", "src/known.json", "src");
    assert.equal(code, 0);
  });

  const wrong = [
    ["{", /known\.json is not JSON/],
    ["[]", /known\.json is no baseline/],
    ['{"version": 1, "findings": {"a": {"b": "c"}}}', /known\.json is no baseline/],
    ['{"version": 2, "findings": {}}', /known\.json is a baseline of another version/],
  ] as const;
  for (const [text, expected] of wrong) {
    it(`exits 2 for ${text}`, async () => {
      folder.write({ "known.json": text });
      const { code, err } = await run(".");
      assert.equal(code, 2);
      assert.match(err, expected);
    });
  }
});
