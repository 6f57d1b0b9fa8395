import assert from "node:assert/strict";
import { readProfileArguments } from "../../src/cli/profile-arguments";

/** Expects a request with these fields. */
function asks(argv: readonly string[], expected: object): void {
  const read = readProfileArguments(argv);
  assert.ok(read.kind === "request", JSON.stringify(read));
  for (const [name, value] of Object.entries(expected)) {
    assert.deepEqual(read.request[name as keyof typeof read.request], value, name);
  }
}

function refuses(argv: readonly string[], text: RegExp): void {
  const read = readProfileArguments(argv);
  assert.ok(read.kind === "problem", JSON.stringify(read));
  assert.match(read.text, text);
}

describe("arguments of profile", () => {
  it("are the options before the script", () => {
    asks(["app.py"], { level: "live", python: undefined, output: undefined, program: ["app.py"] });
    asks(["--level", "allocations", "-o", "a.memprofile", "--python", "py", "src/app.py"], {
      level: "allocations",
      output: "a.memprofile",
      python: "py",
      program: ["src/app.py"],
      name: "app",
    });
    asks(["--level=allocations", "--output=x", "app.py"], { level: "allocations", output: "x" });
  });

  it("leave the program's own untouched", () => {
    const program = ["app.py", "--level", "x", "-o", "y", "--", "-m", "--python", "z", "--help"];
    asks(["-o", "run", ...program], { output: "run", program });
  });

  it("may name a module", () => {
    asks(["-m", "black", "--check", "-o", "."], {
      program: ["-m", "black", "--check", "-o", "."],
      name: "black",
    });
    asks(["-o", "run", "-mjson.tool", "-o"], { output: "run", program: ["-m", "json.tool", "-o"] });
    asks(["--module", "json.tool"], { program: ["-m", "json.tool"], name: "json.tool" });
  });

  it("may end with two dashes", () => {
    asks(["-o", "run", "--", "-odd.py", "-x"], { output: "run", program: ["-odd.py", "-x"] });
  });

  it("are refused when unknown, wrong or too few", () => {
    refuses(["--levle", "live", "app.py"], /--levle/);
    refuses(["-x", "app.py"], /-x/);
    refuses(["--level", "deep", "app.py"], /--level must be live or allocations, not deep/);
    refuses([], /no script/);
    refuses(["--level", "live"], /no script/);
    refuses(["-o"], /-o/);
    refuses(["-m"], /-m/);
  });

  it("may say how much is kept of each allocation, and how often a snapshot", () => {
    asks(["app.py"], { frames: 1, snapshotMs: 0 });
    asks(["--frames", "5", "--snapshot-every", "10", "app.py"], { frames: 5, snapshotMs: 10_000 });
    asks(["--snapshot-every=0.5s", "app.py"], { snapshotMs: 500 });
    refuses(["--frames", "2", "app.py"], /--frames must be 1, 5 or 25, not 2/);
    for (const wrong of ["0", "-1", "soon", "1e9", "90000"]) {
      refuses([`--snapshot-every=${wrong}`, "app.py"], /--snapshot-every needs seconds, as in 10/);
    }
  });

  it("may choose the engine", () => {
    asks(["app.py"], { engine: "tracemalloc", level: "live" });
    asks(["--engine", "memray", "app.py"], { engine: "memray", level: "allocations" });
    asks(["--engine", "auto", "app.py"], { engine: "auto", level: "live" });
    refuses(["--engine", "fil", "app.py"], /--engine must be tracemalloc, memray or auto, not fil/);
    refuses(["--engine=memray", "--level=live", "app.py"], /goes with --level allocations/);
  });

  it("may name a function to trace", () => {
    asks(["app.py"], { traceFunction: "" });
    for (const place of ["shop.py:Shop.load", "shop.stock:load", "C:\\shop\\a.py:load"]) {
      asks(["--trace-function", place, "app.py"], { traceFunction: place });
    }
    for (const wrong of ["load", "shop.py:", ":load", "shop.py:12 3"]) {
      refuses([`--trace-function=${wrong}`, "app.py"], /--trace-function needs FILE.py:NAME/);
    }
  });

  it("may set budgets", () => {
    asks(["app.py"], { budgets: [] });
    asks(["--budget", "peak=200MiB", "--budget=traced=1.5 GB", "app.py"], {
      budgets: [
        { of: "peak", bytes: 200 * 1024 ** 2 },
        { of: "traced", bytes: 1_500_000_000 },
      ],
    });
    refuses(["--budget", "200MiB", "app.py"], /knows peak and traced, as in peak=200MiB/);
    refuses(["--budget", "peak=200", "app.py"], /needs a size, as in peak=200MiB/);
    refuses(["--budget", "peak=", "app.py"], /needs a size/);
  });

  it("may ask for help", () => {
    assert.equal(readProfileArguments(["--help"]).kind, "help");
  });
});
