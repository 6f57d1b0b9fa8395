import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runOnChanges } from "../../src/cli/watch";

describe("watching", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "watch-"))));
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const write = (name: string) => {
    writeFileSync(join(folder, name), `# ${Math.random()}\n`);
  };

  /** Runs on changes; `after[i]` is done in run `i`, and the last one ends the watch. */
  async function runs(path: string, ...after: readonly (() => void)[]): Promise<number> {
    const end = new AbortController();
    let count = 0;
    await runOnChanges([path], end.signal, () => {
      const next = after[count++];
      if (next) next();
      else end.abort();
      return Promise.resolve();
    });
    return count;
  }

  it("runs once, and again after each change of a Python file below", async () => {
    mkdirSync(join(folder, "deep"));
    assert.equal(
      await runs(
        folder,
        () => write("a.py"),
        () => write("deep/b.ipynb"),
      ),
      3,
    );
  });

  it("watches what configures a run, and not what it does not read", async () => {
    const both = () => {
      write("notes.txt");
      write("pyproject.toml");
    };
    assert.equal(await runs(folder, both), 2);
  });

  it("watches a single file by its name, also when it is replaced", async () => {
    write("a.py");
    const replace = () => {
      rmSync(join(folder, "a.py"));
      write("b.py");
      write("a.py");
    };
    assert.equal(await runs(join(folder, "a.py"), replace), 2);
  });

  it("ends after the run that is under way", async () => {
    assert.equal(await runs(folder), 1);
  });

  it("rejects for a path that is not there", async () => {
    await assert.rejects(runs(join(folder, "nowhere")), /ENOENT/);
  });
});
