import assert from "node:assert/strict";
import { CliFolder } from "./cli-process";

const header = {
  kind: "run",
  schema: 1,
  tool: "memory-insights 0.1.0",
  command: ["python3", "app.py"],
  createdAt: 1,
  level: "live",
};

describe("report", function () {
  this.timeout(30_000);
  let folder: CliFolder;

  beforeEach(() => {
    folder = new CliFolder();
  });

  afterEach(() => folder.remove());

  const line = (record: object) => `${JSON.stringify(record)}\n`;

  it("refuses a run of a newer version, what is no run, and what is not there", async () => {
    folder.write("newer", line({ ...header, schema: 2 }));
    folder.write("foreign", "hello\n");
    folder.write("empty", "");
    const expected = {
      newer: /newer version/,
      foreign: /not a run/,
      empty: /empty/,
      gone: /ENOENT/,
    };
    for (const [name, text] of Object.entries(expected)) {
      const { code, out, err } = await folder.run(["report", name]);
      assert.equal(code, 2, name);
      assert.equal(out, "");
      assert.match(err, text);
    }
  });

  it("shows a run that was cut, and tells of damage", async () => {
    const problem = line({ kind: "problem", text: "seen", pid: 1 });
    folder.write("cut", `${line(header)}${problem}{"kind":"exit","co`);
    const cut = await folder.run(["report", "cut"]);
    assert.equal(cut.code, 0);
    assert.equal(cut.err, "");
    assert.match(
      cut.out,
      /Ending +the end of the run was not recorded; data up to 0\.0 s\n[^]*Note: seen/,
    );
    folder.write("damaged", `${line(header)}garbage\n${problem}`);
    const damaged = await folder.run(["report", "damaged"]);
    assert.equal(damaged.code, 0);
    assert.match(damaged.err, /1 line of the run could not be read/);
  });

  it("exits 2 on bad usage and names what is wrong", async () => {
    const cases: readonly (readonly [string[], RegExp])[] = [
      [[], /no run is given/],
      [["a", "b"], /not also b/],
      [["a", "--format", "xml"], /--format must be text or json, not xml/],
      [["a", "--from", "b"], /--from/],
    ];
    for (const [argv, text] of cases) {
      const { code, err } = await folder.run(["report", ...argv]);
      assert.equal(code, 2);
      assert.match(err, text);
      assert.match(err, /^memory-insights report: .+\nTry memory-insights report --help\n$/);
    }
  });
});
