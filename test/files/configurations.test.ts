import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Configuration } from "#analyzer";
import { Configurations } from "#files";

describe("configurations of folders", () => {
  let cwd: string;
  beforeEach(() => (cwd = mkdtempSync(join(tmpdir(), "configurations-"))));
  afterEach(() => {
    rmSync(cwd, { recursive: true });
  });
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  };
  const open = (options: Partial<ConstructorParameters<typeof Configurations>[0]> = {}) =>
    new Configurations({ cwd, ...options });

  it("are read once, and shared by the folders below", () => {
    write("memory-insights.toml", 'select = ["MEM1"]\n');
    const configurations = open();
    const found = configurations.of(join(cwd, "a/b"));
    assert.deepEqual([found.root, found.file], [cwd, join(cwd, "memory-insights.toml")]);
    write("memory-insights.toml", 'select = ["MEM2"]\n');
    assert.equal(configurations.of(cwd), found);
    assert.equal(configurations.of(join(cwd, "c")), found);
  });

  it("take the target from a project that configures nothing, unless one above does", () => {
    write("in/pyproject.toml", '[project]\nrequires-python = ">=3.10"\n');
    const { configuration, file, root } = open().of(join(cwd, "in"));
    assert.deepEqual([configuration.target, file, root], [{ minor: 10 }, null, cwd]);
    write("pyproject.toml", '[tool.memory-insights]\ntarget-version = "py39"\n');
    assert.deepEqual(open().of(join(cwd, "in")).configuration.target, { minor: 9 });
  });

  it("believe the names of a folder's entries", () => {
    write("memory-insights.toml", 'select = ["MEM1"]\n');
    assert.equal(open().of(cwd, new Set(["a.py"])).file, null);
  });

  it("can be those of one file, or of none", () => {
    write("other.toml", 'ignore = ["MEM1"]\n');
    write("in/memory-insights.toml", "");
    const file = join(cwd, "other.toml");
    const named = open({ from: { file } }).of(join(cwd, "in"));
    assert.deepEqual([named.configuration.ignore, named.root], [["MEM1"], cwd]);
    assert.equal(open({ from: "none" }).of(join(cwd, "in")).file, null);
  });

  it("are changed by what goes before them, also where there is no file", () => {
    const override = { override: (read: Configuration) => ({ ...read, ignore: ["MEM1"] }) };
    assert.deepEqual(open(override).of(cwd).configuration.ignore, ["MEM1"]);
  });

  it("count as empty where a file has problems, which are kept", () => {
    write("memory-insights.toml", "\nselct = 1\n");
    const configurations = open();
    const { configuration, file } = configurations.of(cwd);
    assert.deepEqual([configuration.select, file], [null, join(cwd, "memory-insights.toml")]);
    const [problem] = configurations.problems;
    assert.deepEqual([problem?.line, problem?.path], [1, file]);
    const unnamed = open({ from: { file: join(cwd, "pyproject.toml") } });
    unnamed.of(cwd);
    assert.match(unnamed.problems[0]?.text ?? "", /cannot be read/);
  });
});
