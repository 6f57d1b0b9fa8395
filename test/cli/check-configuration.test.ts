import assert from "node:assert/strict";
import { type CheckFolder, checkFolder } from "./run-check";

const sum = "n = sum([x for x in y])\n";
const lines = "for line in open('a').readlines():\n    print(line)\n";

describe("check with a project's configuration", () => {
  let folder: CheckFolder;
  beforeEach(() => (folder = checkFolder()));
  afterEach(() => folder.remove());
  const found = async (...argv: readonly string[]) => {
    const { out, err, code } = await folder.run(...argv);
    assert.notEqual(code, 2, err);
    return out.match(/^\S+:\d+:\d+: MEM\d+/gm)?.map(line => line.replace(/:\d+:\d+:/, "")) ?? [];
  };

  it("takes the nearest file, wholly", async () => {
    folder.write({
      "pyproject.toml": '[tool.memory-insights]\nselect = ["MEM101"]\nignore = ["MEM203"]\n',
      "a.py": sum + lines,
      "inner/pyproject.toml": "[tool.other]\n",
      "inner/b.py": sum + lines,
      "own/memory-insights.toml": 'select = ["MEM203"]\n',
      "own/pyproject.toml": '[tool.memory-insights]\nselect = ["MEM4"]\n',
      "own/deep/c.py": sum + lines,
    });
    const expected = ["a.py MEM101", "inner/b.py MEM101", "own/deep/c.py MEM203"];
    assert.deepEqual(await found("."), expected);
    assert.deepEqual(await found("own/deep/c.py", "a.py"), ["a.py MEM101", "own/deep/c.py MEM203"]);
    assert.deepEqual(await found("--config", "own/memory-insights.toml", "a.py"), ["a.py MEM203"]);
    const isolated = await found("--isolated", "own");
    assert.ok(isolated.includes("own/deep/c.py MEM101"), isolated.join());
  });

  it("lets the command line win", async () => {
    folder.write({
      "memory-insights.toml": 'select = ["MEM101"]\nignore = ["MEM203"]\n',
      "a.py": sum + lines,
    });
    assert.deepEqual(await found("--select", "MEM203"), ["a.py MEM203"]);
    assert.deepEqual(await found("--extend-select", "MEM203"), ["a.py MEM101", "a.py MEM203"]);
    assert.deepEqual(await found("--ignore", "MEM1"), ["a.py MEM101"], "a whole code is longer");
    assert.deepEqual(await found("--ignore", "MEM101"), []);
    assert.deepEqual(await found("--per-file-ignores", "a.py:MEM1"), []);
  });

  it("leaves out files by pattern, also of the command line and from a folder below", async () => {
    folder.write({
      "memory-insights.toml": 'select = ["MEM101"]\nextend-exclude = ["gen", "src/*_pb2.py"]\n',
      "a.py": sum,
      "build/b.py": sum,
      "gen/c.py": sum,
      "src/d_pb2.py": sum,
      "src/e.py": sum,
    });
    assert.deepEqual(await found("."), ["a.py MEM101", "src/e.py MEM101"]);
    assert.deepEqual(await found("--exclude", "src/e.py"), ["a.py MEM101", "build/b.py MEM101"]);
    assert.deepEqual(await found("--extend-exclude", "./a.py,x"), ["src/e.py MEM101"]);
    assert.deepEqual(await found("gen/c.py"), ["gen/c.py MEM101"], "whoever names it wants it");
    assert.deepEqual(await found("--force-exclude", "gen/c.py", "a.py"), ["a.py MEM101"]);
  });

  it("looks at what git ignores when told to", async () => {
    folder.write({ ".gitignore": "a.py\n", "a.py": sum });
    const select = ["--select", "MEM101"];
    assert.deepEqual(await found(...select), []);
    assert.deepEqual(await found(...select, "--no-respect-gitignore"), ["a.py MEM101"]);
    folder.write({ "memory-insights.toml": "respect-gitignore = false\n" });
    assert.deepEqual(await found(...select), ["a.py MEM101"]);
    assert.deepEqual(await found(...select, "--respect-gitignore"), []);
  });

  it("ignores rules in some files, and gives severities", async () => {
    folder.write({
      "memory-insights.toml":
        'select = ["MEM101", "MEM203"]\n[per-file-ignores]\n"tests/*" = ["MEM1"]\n' +
        '[severity]\nMEM2 = "error"\n',
      "tests/deep/a.py": sum + lines,
    });
    const { out } = await folder.run("--format", "json");
    const rows = JSON.parse(out) as { code: string; severity: string }[];
    assert.deepEqual(
      rows.map(({ code, severity }) => `${code} ${severity}`),
      ["MEM203 error"],
    );
  });

  it("keeps results apart by their settings", async () => {
    folder.write({ "a/x.py": sum, "b/x.py": sum, "b/memory-insights.toml": 'ignore = ["MEM1"]\n' });
    for (const round of [1, 2]) {
      assert.deepEqual(await found("."), ["a/x.py MEM101"], `round ${round}`);
    }
    folder.write({ "a/memory-insights.toml": 'ignore = ["MEM1"]\n' });
    assert.deepEqual(await found("."), []);
  });

  it("exits 2 for what is misspelt, with the line and what may be meant", async () => {
    folder.write({
      "pyproject.toml": "[project]\nname = 'x'\n\n[tool.memory-insights]\nselct = []\n",
      "in/memory-insights.toml": 'ignore = [\n  "MEN101",\n]\n',
      "in/a.py": sum,
      "b.py": sum,
    });
    assert.deepEqual(await folder.run("."), {
      code: 2,
      out: "",
      err:
        "pyproject.toml:5: selct: unknown key; did you mean select?\n" +
        'in/memory-insights.toml:2: ignore: unknown rule "MEN101"; did you mean MEM101?\n',
    });
    assert.equal((await folder.run("--isolated", ".")).code, 1);
  });
});
