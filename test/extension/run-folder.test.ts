import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { readRun } from "#profile";
import { readRunFile } from "#recorder";
import { RunFolder, runKey } from "../../src/extension/runs/run-folder";

const record = {
  ...{ kind: "run", schema: 1, tool: "memory-insights test", command: ["app.py"] },
  ...{ createdAt: 1, level: "live" },
};

describe("the folder of runs", () => {
  let folder = "";

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "runs-"));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it("names a run by its time and program, and finds it again", async () => {
    const runs = new RunFolder(folder, () => bounds(20));
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
    const path = await new RunFolder(folder, () => bounds(20)).newFile("a/b\\c:d?é 日.py");
    assert.match(basename(path), /^\S+Z_a_b_c_d_é_日\.py\.memprofile$/u);
  });

  it("lists the newest first and nothing else that lies there", async () => {
    await write("2026-01-01T00-00-00-000Z_old.py.memprofile");
    await write("2026-02-01T00-00-00-000Z_new.py.memprofile");
    await write("notes.txt");
    const programs = (await new RunFolder(folder, () => bounds(20)).list()).map(run => run.program);
    assert.deepEqual(programs, ["new.py", "old.py"]);
  });

  it("makes room for a new run by deleting the oldest", async () => {
    for (const day of ["01", "02", "03"])
      await write(`2026-01-${day}T00-00-00-000Z_${day}.memprofile`);
    const runs = new RunFolder(folder, () => bounds(3));
    await runs.newFile("next.py");
    assert.deepEqual(
      (await runs.list()).map(run => run.program),
      ["03", "02"],
    );
  });

  it("takes in what another has recorded, each time it has", async () => {
    const runs = new RunFolder(folder, () => bounds(20));
    const path = await runs.fileOfOthers("a task");
    const { profile } = readRun(JSON.stringify(record));
    for (const startedAt of [1_000, 2_000]) {
      await writeFile(path, JSON.stringify(record));
      assert.ok((await runs.list()).every(run => run.path !== path));
      await runs.takeIn(path, { ...profile, run: { ...profile.run, startedAt } });
    }
    assert.deepEqual(
      (await runs.list()).map(run => [run.program, run.startedAt.getTime(), run.isGoing]),
      [
        ["app.py", 2_000, false],
        ["app.py", 1_000, false],
      ],
    );
  });

  it("has no runs before the first one", async () => {
    assert.deepEqual(await new RunFolder(join(folder, "missing"), () => bounds(3)).list(), []);
  });

  it("deletes a run that is gone already", async () => {
    const runs = new RunFolder(folder, () => bounds(3));
    await write("2026-01-01T00-00-00-000Z_a.memprofile");
    const [run] = await runs.list();
    assert.ok(run);
    await runs.delete(run);
    await runs.delete(run);
    assert.deepEqual(await runs.list(), []);
  });

  it("makes room by size, and never deletes what is to be kept or still recorded", async () => {
    for (const day of ["01", "02", "03", "04"])
      await write(`2026-01-${day}T00-00-00-000Z_${day}.memprofile`, "x".repeat(100));
    const runs = new RunFolder(folder, () => ({ runs: 20, bytes: 250 }));
    const [, , , oldest] = await runs.list();
    assert.ok(oldest);
    await runs.annotate(oldest, { isKept: true });
    const going = await runs.newFile("next.py");
    await writeFile(going, "x".repeat(1_000));
    await runs.newFile("another.py");
    const left = await runs.list();
    assert.deepEqual(
      left.map(run => run.program),
      ["next.py", "04", "03", "01"],
    );
    assert.deepEqual(
      left.map(run => run.isGoing),
      [true, false, false, false],
    );
  });

  it("keeps what is said of a run beside it, also when it is packed", async () => {
    const runs = new RunFolder(folder, () => bounds(3));
    const path = await runs.newFile("app.py");
    const text = `${JSON.stringify(record)}\n${" ".repeat(2_000_000)}`;
    await writeFile(path, text);
    const [going] = await runs.list();
    assert.ok(going);
    assert.deepEqual(going.notes, { name: "", note: "", isKept: false, summary: null });
    await runs.annotate(going, { name: "before the fix", note: "two workers", isKept: true });
    const { profile } = readRun(text);
    await runs.finish(path, { ...profile, peakRssBytes: 5 });
    await runs.finish(path, profile);
    const [run, ...others] = await runs.list();
    assert.equal(others.length, 0);
    assert.equal(run?.path, `${path}.gz`);
    assert.equal(runKey(run.path), path);
    assert.ok(run.sizeBytes < 10_000);
    const summary = { level: "live", peakRssBytes: 5 };
    const said = { name: "before the fix", note: "two workers", isKept: true };
    assert.deepEqual(run.notes, { ...said, summary });
    assert.deepEqual((await readRunFile(run.path)).problems, []);
    await runs.annotate(run, { note: "" });
    assert.equal((await runs.list())[0]?.notes.note, "");
    await runs.delete(run);
    assert.deepEqual(await readdir(folder), []);
  });

  it("loses nothing of what is said of a run at once", async () => {
    const runs = new RunFolder(folder, () => bounds(3));
    const path = await runs.newFile("app.py");
    await writeFile(path, "{}\n");
    const [going] = await runs.list();
    assert.ok(going);
    const ended = runs.finish(path, { ...readRun("").profile, peakRssBytes: 5 });
    const changes = [{ isKept: true }, { name: "a" }, { note: "b" }];
    await Promise.all([ended, ...changes.map(change => runs.annotate(going, change))]);
    const [run] = await runs.list();
    const summary = { level: "live", peakRssBytes: 5 };
    assert.deepEqual(run?.notes, { name: "a", note: "b", isKept: true, summary });
  });

  it("leaves a small run as it is, and shows one of two that packing left", async () => {
    const runs = new RunFolder(folder, () => bounds(3));
    const path = await runs.newFile("app.py");
    await writeFile(path, "{}\n");
    await runs.finish(path, readRun("").profile);
    assert.equal((await runs.list())[0]?.path, path);
    await writeFile(`${path}.gz`, "");
    assert.deepEqual(
      (await runs.list()).map(run => run.path),
      [`${path}.gz`],
    );
  });

  for (const text of ["", "null", "[]", '{"name":1,"isKept":"yes","summary":{"level":"x"}}']) {
    it(`takes notes that read ${text || "nothing"} for none`, async () => {
      await write("2026-01-01T00-00-00-000Z_a.memprofile");
      await write("2026-01-01T00-00-00-000Z_a.memprofile.json", text);
      const [run] = await new RunFolder(folder, () => bounds(3)).list();
      assert.deepEqual(run?.notes, { name: "", note: "", isKept: false, summary: null });
    });
  }

  const write = (name: string, text = "") => writeFile(join(folder, name), text);
  const bounds = (runs: number) => ({ runs, bytes: 1_000_000 });
});
