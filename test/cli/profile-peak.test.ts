import assert from "node:assert/strict";
import { CliFolder, python } from "./cli-process";

describe("profile, where memory is highest", function () {
  this.timeout(60_000);
  let folder: CliFolder;

  beforeEach(() => {
    folder = new CliFolder();
  });

  afterEach(() => folder.remove());

  const profile = (argv: readonly string[]) =>
    folder.run(["profile", "--python", python, "-o", "run.memprofile", ...argv]);

  it("exits with 1 past a budget, and says by which lines", async () => {
    folder.write("app.py", "kept = [str(number) * 10 for number in range(300_000)]\n");
    const over = await profile(["--budget", "peak=1MiB", "app.py"]);
    assert.equal(over.code, 1);
    assert.match(over.err, /peak RSS [\d.]+ MiB is over the budget of 1\.0 MiB \(\+/);
    assert.match(over.err, /by these lines most(?:, [^\n]+)?:\n +\+?[\d.]+ MiB {2}app\.py:1/);
    // It is there for less than the time between two looks.
    folder.write("passing.py", "a = b'x' * 200_000_000; del a");
    const passing = await profile(["--budget", "peak=150MiB", "passing.py"]);
    assert.equal(passing.code, 1, passing.err);
    const kept = await profile(["--budget", "peak=8GiB", "app.py"]);
    assert.equal(kept.code, 0);
    assert.match(kept.err, /keeps to the budget of 8\.0 GiB/);
    const unknown = await profile(["--budget", "traced=1GiB", "app.py"]);
    assert.equal(unknown.code, 2);
    assert.match(unknown.err, /cannot be judged: no traced peak was measured.*--level allocations/);
    folder.write("fails.py", "import sys\nsys.exit(7)\n");
    assert.equal((await profile(["--budget", "peak=1MiB", "fails.py"])).code, 7);
  });

  it("tells by line what was held at the peak, and is gone at the end", async () => {
    const makes = "data = [bytes(10_000) for _ in range(5_000)]";
    folder.write(
      "app.py",
      `import time\n${makes}\ntime.sleep(1.5)\ndel data\nkept = bytes(10 ** 6)\n`,
    );
    const run = await profile(["-o", "run.memprofile", "--level", "allocations", "app.py"]);
    assert.match(
      run.err,
      /where memory was highest, these lines held most:\n +4[78]\.\d MiB {2}app\.py:2\n/,
    );
    const report = await folder.run(["report", "run.memprofile"]);
    assert.match(
      report.out,
      /Lines of your code that held most at the peak, at [\d.]+ s, [\d.]+ MiB in all\n +4[78]\.\d MiB {2}app\.py:2 /,
    );
    assert.match(report.out, /Lines of your code that grew most\n +\+976\.\d KiB {2}app\.py:5 /);
  });
});
