import assert from "node:assert/strict";
import { readProfileArguments } from "../../../src/cli/profile-arguments";
import {
  readDefinition,
  runFileOf,
  taskArguments,
} from "../../../src/extension/tasks/task-command";

const start = {
  cli: "/dist/cli.js",
  python: "/bin/python",
  runFile: "/runs/a.memprofile",
  level: "allocations",
  frames: 5,
  engine: "auto",
} as const;

describe("a task that profiles a program", () => {
  it("is one with a program or a module", () => {
    assert.deepEqual(readDefinition({ program: "app.py", args: ["-x", 3], level: "live" }), {
      command: ["app.py", "-x"],
      cwd: null,
      level: "live",
      engine: null,
    });
    assert.deepEqual(readDefinition({ module: "shop", cwd: "/a" }), {
      command: ["-m", "shop"],
      cwd: "/a",
      level: null,
      engine: null,
    });
    assert.deepEqual(readDefinition({ program: "app.py", engine: "memray" }), {
      command: ["app.py"],
      cwd: null,
      level: "allocations",
      engine: "memray",
    });
    assert.equal(readDefinition({ args: ["a"] }), null);
  });

  for (const command of [["app.py", "--level", "x"], ["-m", "shop", "-o", "x"], ["-odd.py"]]) {
    it(`is the command line's own request: ${command.join(" ")}`, () => {
      const [cli, profile, ...args] = taskArguments({ command }, start);
      assert.deepEqual([cli, profile], ["/dist/cli.js", "profile"]);
      const read = readProfileArguments(args);
      assert.ok(read.kind === "request", JSON.stringify(read));
      const { program, python, output, level, frames, engine } = read.request;
      assert.deepEqual(
        { program, python, output, level, frames, engine },
        {
          program: command,
          python: "/bin/python",
          output: "/runs/a.memprofile",
          level: "allocations",
          frames: 5,
          engine: "auto",
        },
      );
    });
  }

  it("has no engine where nothing is traced", () => {
    const args = taskArguments({ command: ["app.py"] }, { ...start, level: "live" });
    assert.ok(!args.includes("--engine"));
  });

  it("is known by its arguments when it ends", () => {
    const args = taskArguments({ command: ["app.py", "-o", "x"] }, start);
    assert.equal(runFileOf(args, "/dist/cli.js"), "/runs/a.memprofile");
    assert.equal(runFileOf(["app.py", "-o", "x"], "/dist/cli.js"), null);
  });
});
