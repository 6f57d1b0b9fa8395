import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { findPython } from "../../src/cli/find-python";
import { until } from "../support/until";
import { cli, CliFolder, python } from "./cli-process";

const program = `import os, sys
print(sys.argv, sys.path, sys.flags.tracing if hasattr(sys.flags, "tracing") else "")
print("error output", file=sys.stderr)
print(sorted(name for name in sys.modules if "sitecustomize" in name))
print(sys.stdin.read())
kept = [str(number) * 10 for number in range(300_000)]
sys.exit(7)
`;

/** Goes on until there is a file `stop`. */
const untilStopped = `import os, time
kept = bytearray(b"x" * 9_000_000)
while not os.path.exists("stop"):
    time.sleep(0.02)
`;

/** Programs and signals of POSIX systems; elsewhere signals cannot be caught or sent. */
const posix = process.platform === "win32" ? it.skip : it;

describe("profile", function () {
  this.timeout(60_000);
  let folder: CliFolder;

  beforeEach(() => {
    folder = new CliFolder();
  });

  afterEach(() => folder.remove());

  const profile = (argv: readonly string[], input?: string) =>
    folder.run(["profile", "--python", python, "-o", "run.memprofile", ...argv], input);

  it("runs a program with its arguments, streams and exit code", async () => {
    folder.write("app.py", program);
    const args = ["app.py", "--level", "ünusual", "-o"];
    const plain = await folder.start(python, args, "input\n").ended;
    const profiled = await profile(args, "input\n");
    assert.equal(profiled.out, plain.out);
    assert.equal(profiled.code, 7);
    assert.equal(plain.code, 7);
    assert.ok(profiled.err.startsWith(plain.err), profiled.err);
    const { profile: run, problems } = folder.readRun("run.memprofile");
    assert.deepEqual(problems, []);
    assert.deepEqual(run.exit, { code: 7, signal: null });
    assert.deepEqual(run.run.command, [python, ...args]);
    assert.equal(run.isComplete, true);
    assert.ok(run.environment?.packages.some(({ name }) => name === "debugpy"));
  });

  it("packs a run whose name asks for it, and reports on it", async () => {
    folder.write("app.py", "print(1)\n");
    const output = ["--python", python, "-o", "run.memprofile.gz"];
    const { code, err } = await folder.run(["profile", ...output, "app.py"]);
    assert.equal(code, 0, err);
    assert.deepEqual(
      [...readFileSync(join(folder.path, "run.memprofile.gz")).subarray(0, 2)],
      [0x1f, 0x8b],
    );
    const report = await folder.run(["report", "run.memprofile.gz"]);
    assert.equal(report.code, 0, report.err);
    assert.match(report.out, /Ending +ended with exit code 0/);
    const files = readdirSync(folder.path).filter(name => name !== "__pycache__");
    assert.deepEqual(files.sort(), ["app.py", "run.memprofile.gz"]);
  });

  it("keeps snapshots every so often, and as many frames as asked for", async () => {
    folder.write("app.py", untilStopped);
    const options = ["--snapshot-every", "0.2", "--frames", "5", "--level", "allocations"];
    const run = ["profile", "--python", python, "-o", "run.memprofile", ...options, "app.py"];
    const running = folder.start(process.execPath, [cli, ...run]);
    await until("the run", () => existsSync(join(folder.path, "run.memprofile")));
    const kept = () => folder.readRun("run.memprofile").profile;
    await until("three snapshots", () => kept().snapshots.length >= 3);
    folder.write("stop", "");
    assert.equal((await running.ended).code, 0);
    assert.deepEqual(kept().levels, [{ t: 0, level: "allocations", frames: 5 }]);
    const triggers = new Set(kept().snapshots.map(({ trigger }) => trigger));
    assert.ok(triggers.has("interval") && triggers.has("exit"), [...triggers].join());
  });

  it("answers comments in the code, or says what they need", async () => {
    const text = `kept = []
for size in range(6):
    kept.append(bytes(2_000_000))  # memory: round
# memory: snapshot "after the loop"
`;
    folder.write("app.py", text);
    const { code, err } = await profile(["--level", "allocations", "app.py"]);
    assert.equal(code, 0, err);
    const { profile: run } = folder.readRun("run.memprofile");
    if (run.coverage !== "exact") {
      assert.match(err, /note: Comments such as .* from Python 3\.12 on/);
      return;
    }
    assert.deepEqual(
      run.stops.map(({ id, at }) => [id, at?.line, at?.reason]),
      [1, 2, 3, 4, 5, 6].map(id => [id, 3, "round"]),
    );
    assert.ok(run.snapshots.some(({ name }) => name === "after the loop"));
    const report = await folder.run(["report", "run.memprofile"]);
    assert.match(report.out, /A round at app\.py:3, of 4 after the first, added\n.*app\.py:3/);
  });

  it("makes runs that can be compared", async () => {
    folder.write("app.py", "kept = [bytes(1000) for _ in range(20_000)]\n");
    await profile(["--level", "allocations", "app.py"]);
    const level = ["--python", python, "--level", "allocations"];
    folder.write("app.py", "kept = [bytes(1000) for _ in range(40_000)]\n");
    await folder.run(["profile", ...level, "-o", "after.memprofile", "app.py"]);
    const { code, out } = await folder.run(["compare", "run.memprofile", "after.memprofile"]);
    assert.equal(code, 0);
    assert.match(out, /\+(19|20)\.\d MiB {2}app\.py in <module>/);
    const wrong = await folder.run(["compare", "run.memprofile"]);
    assert.equal(wrong.code, 2);
    assert.match(wrong.err, /two runs are compared, and 1 given/);
    const gone = await folder.run(["compare", "run.memprofile", "gone"]);
    assert.equal(gone.code, 2);
    assert.match(gone.err, /gone cannot be read/);
  });

  it("sums up on standard error, and report shows more", async () => {
    folder.write("app.py", program);
    const { err } = await profile(["--level", "allocations", "app.py"]);
    assert.match(err, /ended with exit code 7, peak RSS [\d.]+ MiB, traced peak [\d.]+ MiB/);
    assert.match(err, /\+[\d.]+ MiB {2}app\.py:6/);
    assert.match(err, /report: node .*cli\.js report run\.memprofile/);
    const text = await folder.run(["report", "run.memprofile"]);
    assert.equal(text.code, 0);
    assert.match(text.out, /Peak traced/);
    assert.match(text.out, /app\.py:6 {2}\(traced by Python\)/);
    const json = await folder.run(["report", "run.memprofile", "--format", "json"]);
    const report = JSON.parse(json.out) as Record<string, unknown>;
    assert.equal(report["engine"], "tracemalloc");
    assert.deepEqual(Object.keys(report), [
      "schema",
      "python",
      "command",
      "packages",
      "git",
      "engine",
      "exit",
      "peak_rss_bytes",
      "peak_traced_bytes",
      "processes",
      "snapshots",
      "stops",
      "leaks",
      "lines",
      "timeline",
    ]);
    const lines = report["lines"] as { file: string; line: number; live_bytes: number }[];
    const line = lines.find(each => each.line === 6 && each.file.endsWith("app.py"));
    // 300 000 strings of 10 to 60 characters and the list that holds them.
    assert.ok(line && line.live_bytes > 25_000_000 && line.live_bytes < 40_000_000, json.err);
  });

  it("runs a module", async () => {
    const { code, out } = await profile(["-m", "json.tool", "--compact"], '{"a": 1}');
    assert.equal(code, 0);
    assert.equal(out, '{"a":1}\n');
  });

  it("names the run after the script and the date when it has no name", async () => {
    folder.write("app.py", "pass\n");
    const { code } = await folder.run(["profile", "--python", python, "app.py"]);
    assert.equal(code, 0);
    const runs = readdirSync(folder.path).filter(name =>
      /^app-\d{8}-\d{6}\.memprofile$/.test(name),
    );
    assert.equal(runs.length, 1);
  });

  posix("ends as a shell tells it when a signal ended the program", async () => {
    folder.write("app.py", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n");
    const { code, err } = await profile(["app.py"]);
    assert.equal(code, 137);
    assert.match(err, /killed by SIGKILL/);
    assert.deepEqual(folder.readRun("run.memprofile").profile.exit, {
      code: null,
      signal: "SIGKILL",
    });
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    posix(`hands ${signal} on and still writes the run`, async () => {
      folder.write("app.py", waiting);
      const args = ["profile", "--python", python, "-o", "run.memprofile", "app.py"];
      const started = folder.start(process.execPath, [join(process.cwd(), "dist/cli.js"), ...args]);
      await until("the program's start", () => started.out().includes("ready"));
      started.process.kill(signal);
      const { code, out } = await started.ended;
      assert.equal(code, 5);
      assert.match(out, new RegExp(`got ${signal}`));
      assert.deepEqual(folder.readRun("run.memprofile").profile.exit, { code: 5, signal: null });
    });
  }

  it("survives a program that ends without its own end", async () => {
    folder.write("app.py", "import os\nos._exit(3)\n");
    const { code, err } = await profile(["app.py"]);
    assert.equal(code, 3);
    assert.match(err, /ended with exit code 3/);
  });

  it("exits 2 on bad usage and names what is wrong", async () => {
    const unknown = await folder.run(["profile", "--levle", "live", "app.py"]);
    assert.equal(unknown.code, 2);
    assert.equal(
      unknown.err,
      "memory-insights profile: Unknown option '--levle'; did you mean --level?\nTry memory-insights profile --help\n",
    );
    const command = await folder.run(["prophile"]);
    assert.equal(command.code, 2);
    assert.equal(
      command.err,
      "memory-insights: unknown command or option prophile; did you mean profile?\nTry memory-insights --help\n",
    );
    assert.equal((await folder.run([])).code, 2);
    assert.equal((await folder.run(["--nothing"])).code, 2);
  });

  it("runs nothing when the script or the run's folder does not exist", async () => {
    folder.write("app.py", "open('ran', 'w')\n");
    folder.write("file", "");
    const cases = [
      [["nope.py"], "no such file: nope.py"],
      [["-o", "nowhere/x.memprofile", "app.py"], "no such folder: nowhere"],
      [["-o", "file/x.memprofile", "app.py"], "no such folder: file"],
      [["-o", ".", "app.py"], ". is a folder; name the file to write, as in run.memprofile"],
      [["a.ipynb"], "a.ipynb is a notebook, which an editor runs: Profile Memory of Notebook"],
    ] as const;
    for (const [argv, problem] of cases) {
      const { code, out, err } = await folder.run(["profile", "--python", python, ...argv]);
      assert.deepEqual([code, out, err], [2, "", `memory-insights profile: ${problem}\n`]);
    }
    assert.deepEqual(readdirSync(folder.path).sort(), ["app.py", "file"]);
  });

  it("writes the run into a folder that exists, and runs a folder with a main module", async () => {
    mkdirSync(join(folder.path, "app"));
    mkdirSync(join(folder.path, "runs"));
    folder.write("app/__main__.py", "print('ran')\n");
    const { code, out } = await profile(["-o", "runs/x.memprofile", "app"]);
    assert.deepEqual([code, out], [0, "ran\n"]);
    assert.equal(folder.readRun("runs/x.memprofile").profile.isComplete, true);
  });

  it("has help and a version", async () => {
    for (const argv of [["--help"], ["profile", "--help"], ["report", "-h"]]) {
      const { code, out } = await folder.run(argv);
      assert.equal(code, 0);
      assert.match(out, /^Usage: memory-insights/);
    }
    assert.match((await folder.run(["--version"])).out, /^memory-insights \d+\.\d+\.\d+\n$/);
  });

  it("says what to do without a Python", async () => {
    folder.write("app.py", "");
    const { code, err } = await folder.run(["profile", "--python", "./gone", "app.py"]);
    assert.equal(code, 2);
    assert.match(err, /\.\/gone is not a Python that starts\. Choose Python 3\.9 or later/);
  });

  posix("says what to do with an old Python", async () => {
    folder.write("app.py", "");
    fakePython("python3", "3.7.9");
    const old = await folder.run(["profile", "--python", "./python3", "app.py"]);
    assert.equal(old.code, 2);
    assert.match(old.err, /\.\/python3 is Python 3\.7\.9\. Choose Python 3\.9 or later/);
  });

  posix("takes the virtual environment's Python, else the first that is new enough", async () => {
    mkdirSync(join(folder.path, "venv", "bin"), { recursive: true });
    fakePython("venv/bin/python", "3.12.1");
    fakePython("python3", "3.8.0");
    fakePython("python", "3.10.2");
    const environment = { PATH: `${folder.path}${delimiter}${process.env["PATH"] ?? ""}` };
    const version = async (variables: Record<string, string>) => {
      const search = await findPython(undefined, { ...environment, ...variables });
      return search.kind === "python" ? search.python.version : search.text;
    };
    assert.equal(await version({ VIRTUAL_ENV: join(folder.path, "venv") }), "3.12.1");
    assert.equal(await version({ VIRTUAL_ENV: join(folder.path, "gone") }), "3.10.2");
    assert.equal(await version({}), "3.10.2");
  });

  function fakePython(name: string, version: string): void {
    folder.write(name, `#!/bin/sh\necho ${version}\n`);
    chmodSync(join(folder.path, name), 0o755);
  }
});

const waiting = `import signal, sys, time
def stop(number, frame):
    print("got", signal.Signals(number).name, flush=True)
    sys.exit(5)
signal.signal(signal.SIGINT, stop)
signal.signal(signal.SIGTERM, stop)
print("ready", flush=True)
while True:
    time.sleep(0.01)
`;
