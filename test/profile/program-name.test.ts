import assert from "node:assert/strict";
import { createProfileBuilder, liveView, type RunFileRecord } from "#profile";

describe("the name of a program", () => {
  const cases: readonly [command: readonly string[], name: string][] = [
    [["python", "-X", "dev", "app.py", "--fast"], "app.py"],
    [["python", "-m", "shop.main", "a.py"], "shop.main"],
    [["python", "-m", "pytest"], "pytest"],
    [["python", "-m", "pytest", "-q"], "pytest"],
    [["python", "-m", "pytest", "/a/test_app.py::test_load[1]"], "test_app.py::test_load[1]"],
    [["python", "-m", "unittest", "test_app.Load.test_one"], "test_app.Load.test_one"],
    [["python", "/p/run_function.py", "C:\\a\\app.py", "load", "10"], "app.py::load"],
    [["python", "/p/run_tests.py", "pytest", "10", "/a/test_app.py::T::t"], "test_app.py::T::t"],
    [["python", "/p/run_cells.py", "/a/plot.ipynb", "3"], "plot.ipynb[3]"],
    [["python", "/p/run_cells.py", "/a/plot.ipynb"], "plot.ipynb"],
    [["python", "-B", "-c", "print(1)", "a.py"], "-c"],
    [
      ["python", "-c", "import x; from multiprocessing.spawn import spawn_main; spawn_main()"],
      "worker",
    ],
    [["python", "-u", "-c", "import sys;exec(eval(sys.stdin.readline()))"], "worker"],
    [["python"], "python"],
    [[], ""],
  ];
  for (const [command, name] of cases) {
    it(`of ${command.join(" ")} is ${name}`, () => {
      const builder = createProfileBuilder();
      const run: RunFileRecord = {
        kind: "run",
        schema: 1,
        tool: "test",
        command,
        createdAt: 0,
        level: "live",
      };
      builder.add(run);
      const { program } = liveView(builder.profile(), { status: "ended", roots: [] });
      assert.equal(program, name);
    });
  }
});
