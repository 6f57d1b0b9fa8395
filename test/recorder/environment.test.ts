import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readGitState } from "../../src/recorder/git-state";
import { readPackages } from "../../src/recorder/packages";

describe("what a program runs with", () => {
  let folder = "";

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "environment-"));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const state = () => readGitState(folder, new AbortController().signal);

  it("lists packages by the names of their folders, the first of two", async () => {
    const own = join(folder, "own");
    const shared = join(folder, "shared");
    for (const name of [
      "PyYAML-6.0.1.dist-info",
      "zope.interface-5.0-py3.9.egg-info",
      "~yyaml-5.0.dist-info",
      "yaml",
      "notes-1.txt",
    ]) {
      mkdirSync(join(own, name), { recursive: true });
    }
    mkdirSync(join(shared, "pyyaml-5.0.dist-info"), { recursive: true });
    assert.deepEqual(await readPackages([join(folder, "missing"), own, shared]), [
      ["pyyaml", "6.0.1"],
      ["zope-interface", "5.0"],
    ]);
  });

  it("knows no commit outside a repository, nor in a folder that is not there", async () => {
    assert.equal(await state(), null);
    const { signal } = new AbortController();
    assert.equal(await readGitState(join(folder, "missing"), signal), null);
    assert.equal(await readGitState("relative", signal), null);
    assert.equal(await readGitState(folder, AbortSignal.abort()), null);
  });

  it("tells the commit and whether a tracked file has changed", async function () {
    if (!git("init", "--quiet")) this.skip();
    assert.deepEqual(await state(), { commit: null, isDirty: false });
    writeFileSync(join(folder, "app.py"), "a = 1\n");
    git("add", "app.py");
    git("-c", "user.name=Ada", "-c", "user.email=ada@example.com", "commit", "-m", "first");
    const clean = await state();
    assert.match(clean?.commit ?? "", /^[0-9a-f]{40,64}$/);
    assert.equal(clean?.isDirty, false);
    writeFileSync(join(folder, "notes.txt"), "not tracked\n");
    assert.equal((await state())?.isDirty, false);
    writeFileSync(join(folder, "app.py"), "a = 2\n");
    assert.deepEqual(await state(), { commit: clean.commit, isDirty: true });
  });

  function git(...args: readonly string[]): boolean {
    try {
      execFileSync("git", ["-C", folder, "-c", "commit.gpgsign=false", ...args], {
        stdio: "ignore",
      });
      return true;
    } catch {
      return false;
    }
  }
});
