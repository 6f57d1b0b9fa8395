import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { RunFolder } from "../../src/extension/runs/run-folder";

describe("the folder of runs", () => {
  let folder = "";

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "runs-"));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it("names a run by its time and program, and finds it again", async () => {
    const runs = new RunFolder(folder, () => 20);
    const before = Date.now();
    const path = await runs.newFile("app.py");
    await writeFile(path, "{}\n");
    const [run] = await runs.list();
    assert.equal(run?.path, path);
    assert.equal(run.program, "app.py");
    assert.equal(run.sizeBytes, 3);
    assert.ok(run.startedAt.getTime() >= before && run.startedAt.getTime() <= Date.now());
  });

  it("makes a file name of any program name", async () => {
    const path = await new RunFolder(folder, () => 20).newFile("a/b\\c:d?é 日.py");
    assert.match(basename(path), /^\S+Z_a_b_c_d_é_日\.py\.memprofile$/u);
  });

  it("lists the newest first and nothing else that lies there", async () => {
    await write("2026-01-01T00-00-00-000Z_old.py.memprofile");
    await write("2026-02-01T00-00-00-000Z_new.py.memprofile");
    await write("notes.txt");
    const programs = (await new RunFolder(folder, () => 20).list()).map(run => run.program);
    assert.deepEqual(programs, ["new.py", "old.py"]);
  });

  it("makes room for a new run by deleting the oldest", async () => {
    for (const day of ["01", "02", "03"])
      await write(`2026-01-${day}T00-00-00-000Z_${day}.memprofile`);
    const runs = new RunFolder(folder, () => 3);
    await runs.newFile("next.py");
    assert.deepEqual(
      (await runs.list()).map(run => run.program),
      ["03", "02"],
    );
  });

  it("has no runs before the first one", async () => {
    assert.deepEqual(await new RunFolder(join(folder, "missing"), () => 3).list(), []);
  });

  it("deletes a run that is gone already", async () => {
    const runs = new RunFolder(folder, () => 3);
    await write("2026-01-01T00-00-00-000Z_a.memprofile");
    const [run] = await runs.list();
    assert.ok(run);
    await runs.delete(run);
    await runs.delete(run);
    assert.deepEqual(await runs.list(), []);
  });

  const write = (name: string) => writeFile(join(folder, name), "");
});
