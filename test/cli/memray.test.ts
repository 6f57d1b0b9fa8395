import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import type { Profile } from "#profile";
import { CliFolder, python } from "./cli-process";

/** A Python with memray; see scripts/test-stages.mjs. */
const memrayPython = process.env["MEMORY_INSIGHTS_MEMRAY_PYTHON"] ?? "";

const program = `import os, signal, sys
kept = bytearray(20_000_000)
for size in range(10):
    passing = b"p" * 3_000_000
del passing
if "die" in sys.argv:
    os.kill(os.getpid(), signal.SIGKILL)
`;

/** Children that end by themselves, at once, and as another program. */
const forking = `import os, sys, warnings
warnings.simplefilter("ignore")
child = os.fork()
if child == 0:
    kept = bytearray(11_000_000)
    sys.exit(0)
os.waitpid(child, 0)
if os.fork() == 0:
    gone = bytearray(12_000_000)
    os._exit(0)
os.wait()
if os.fork() == 0:
    os.execv(sys.executable, [sys.executable, "-c", "x = bytearray(13_000_000)"])
os.wait()
if os.fork() == 0:
    os.execv("/bin/sh", ["sh", "-c", "exit 0"])
os.wait()
`;

describe("memray as the engine", function () {
  this.timeout(60_000);
  let folder: CliFolder;

  beforeEach(() => {
    folder = new CliFolder();
    folder.write("app.py", program);
  });

  afterEach(() => folder.remove());

  const profile = (executable: string, ...argv: readonly string[]) =>
    folder.run(["profile", "--python", executable, "-o", "run.memprofile", ...argv]);

  /** What memray tells of lines of the program: live, peak. */
  function counted({ lines, files }: Profile) {
    return lines
      .filter(({ source, file }) => source === "memray" && files[file]?.path.endsWith("app.py"))
      .map(({ line, liveBytes, peakBytes }) => [line, liveBytes ?? 0, peakBytes ?? 0] as const);
  }

  (memrayPython === "" ? it.skip : it)("counts what lines hold, and all that passes", async () => {
    const { code, err } = await profile(
      memrayPython,
      "--engine",
      "auto",
      "--level=allocations",
      "app.py",
    );
    assert.equal(code, 0, err);
    assert.match(err, /lines counted by memray/);
    const { profile: run } = folder.readRun("run.memprofile");
    const [kept, passing] = [2, 4].map(line => counted(run).find(row => row[0] === line));
    assert.ok(kept && kept[1] >= 20_000_000 && kept[2] < 20_100_000, String(kept));
    assert.ok(passing && passing[1] < 100_000 && passing[2] >= 3_000_000, String(passing));
    assert.ok((run.peakTracedBytes ?? 0) > 23_000_000);
    const report = await folder.run(["report", "run.memprofile", "--format", "json"]);
    const { engine, snapshots } = JSON.parse(report.out) as {
      engine: string;
      snapshots: { source: string; turnover: { line: number; bytes: number }[] }[];
    };
    assert.equal(engine, "memray");
    const turnover = snapshots.findLast(({ source }) => source === "memray")?.turnover;
    const passed = turnover?.find(({ line }) => line === 4)?.bytes ?? 0;
    assert.ok(passed >= 30_000_000 && passed < 31_000_000, `${passed}`);
    assert.deepEqual(
      readdirSync(folder.path).filter(name => name.includes("memray")),
      [],
    );
  });

  (memrayPython === "" ? it.skip : it)("counts up to the death of a program", async () => {
    const { code, err } = await profile(memrayPython, "--engine=memray", "app.py", "die");
    assert.equal(code, 128 + 9, err);
    const { profile: run } = folder.readRun("run.memprofile");
    assert.deepEqual(run.exit, { code: null, signal: "SIGKILL" });
    assert.ok(counted(run).some(([line, , peak]) => line === 2 && peak >= 20_000_000));
  });

  (memrayPython === "" ? it.skip : it)(
    "counts forked children, and those that follow",
    async () => {
      folder.write("app.py", forking);
      const { code, err } = await profile(memrayPython, "--engine=memray", "app.py");
      assert.equal(code, 0, err);
      assert.doesNotMatch(err, /could not start/);
      const { profile: run } = folder.readRun("run.memprofile");
      const rows = counted(run);
      for (const [line, bytes] of [
        [5, 11_000_000],
        [9, 12_000_000],
      ] as const) {
        const peak = rows.find(row => row[0] === line)?.[2] ?? 0;
        assert.ok(peak >= bytes && peak < bytes + 100_000, `${line}: ${peak}`);
      }
      const exec = run.lines.find(
        ({ source, file }) => source === "memray" && run.files[file]?.path === "<string>",
      );
      assert.ok((exec?.peakBytes ?? 0) >= 13_000_000, JSON.stringify(exec));
      assert.deepEqual(
        readdirSync(folder.path).filter(name => name.includes("memray")),
        [],
      );
    },
  );

  it("gives way to Python's own tracing where there is none", async () => {
    const { code, err } = await profile(python, "--engine", "memray", "app.py");
    assert.equal(code, 0, err);
    assert.match(err, /has no memray that can be imported, so Python traces instead/);
    assert.match(err, /lines traced by Python/);
    const auto = await profile(python, "--engine", "auto", "--level", "allocations", "app.py");
    assert.doesNotMatch(auto.err, /no memray/);
  });
});
