import assert from "node:assert/strict";
import type { RunFileRecord } from "#profile";
import { helloMessage, pid, runRecord, toText } from "../profile/records";
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
      [["a", "--betwen", "1", "2"], /did you mean --between\?/],
      [["a", "--between", "1"], /--between takes two stops/],
      [["a", "--between", "1", "--format", "json"], /--between takes two stops/],
      [["--between", "1", "a"], /the number of a stop, or first the word start, not a/],
      [["--between", "1", "2"], /no run is given/],
      [["a", "--between", "1", "start"], /ends at a stop, not at the start/],
      [["a", "--between", "1", "2", "--between", "2", "3"], /given twice/],
    ];
    for (const [argv, text] of cases) {
      const { code, err } = await folder.run(["report", ...argv]);
      assert.equal(code, 2);
      assert.match(err, text);
      assert.match(err, /^memory-insights report: .+\nTry memory-insights report --help\n$/);
    }
  });

  describe("of two stops", () => {
    const file = "/home/ada/shop/app.py";
    const sums = { source: "traced", rssBytes: 4096, tracedBytes: 1024, blocks: 2 } as const;
    const stop = (id: number, of: number, line: number, bytes: number): RunFileRecord => ({
      ...{ kind: "delta" as const, id, t: id * 1000, sinceT: id * 1000 - 1000, ...sums, pid: of },
      at: { file, line, reason: "step", function: "load" },
      rows: [[file, line, bytes, 1]],
      turnover: [],
      objects: [],
    });
    const child = pid + 1;
    const run = toText([
      runRecord,
      { ...helloMessage, pid },
      { ...helloMessage, pid: child, parentPid: pid },
      ...[stop(1, pid, 3, 500), stop(2, pid, 5, 7 * 1024), stop(3, child, 3, 1)],
      ...[stop(4, pid, 5, 1024), stop(6, pid, 3, -100)],
    ]);

    beforeEach(() => folder.write("run", run));

    it("adds up what grew, for people", async () => {
      const { code, out, err } = await folder.run(["report", "run", "--between", "1", "4"]);
      assert.equal(err, "");
      assert.equal(code, 0);
      assert.equal(
        out,
        [
          "From         stop 1, /home/ada/shop/app.py:3",
          "To           stop 4, /home/ada/shop/app.py:5",
          "Time         3.0 s",
          "RSS          +8.0 KiB",
          "Traced       +2.0 KiB",
          "Blocks       +4",
          "",
          "Lines of your code that grew most",
          "     +8.0 KiB  /home/ada/shop/app.py:5  (traced by Python)  +2 blocks",
          "",
        ].join("\n"),
      );
    });

    it("adds up what grew, for programs, from the start too", async () => {
      const argv = ["report", "--between", "start", "6", "run", "--format", "json"];
      const { code, out } = await folder.run(argv);
      assert.equal(code, 0);
      assert.deepEqual(JSON.parse(out), {
        ...{ schema: 1, from: null, to: 6, pid, since_t: 0, t: 6000 },
        ...{ rss_bytes: 4 * 4096, traced_bytes: 4 * 1024, blocks: 8 },
        lines: [
          { file, line: 5, source: "traced", bytes: 8 * 1024, blocks: 2 },
          { file, line: 3, source: "traced", bytes: 400, blocks: 2 },
        ],
      });
    });

    it("says which stops there are where these are not two of one process in order", async () => {
      const stops = `its stops are 1, 2, 4, 6 of pid ${pid}; 3 of pid ${child}, and before them the start`;
      const cases: readonly (readonly [string, string, string])[] = [
        ["1", "9", `it has no stop 9; ${stops}`],
        ["5", "4", `it has no stop 5; ${stops}`],
        ["1", "3", `stops 1 and 3 are of two processes; ${stops}`],
        ["4", "1", "stop 4 does not come before stop 1"],
        ["4", "4", "stop 4 does not come before stop 4"],
      ];
      for (const [from, to, problem] of cases) {
        const { code, out, err } = await folder.run(["report", "run", "--between", from, to]);
        assert.deepEqual([code, out, err], [2, "", `memory-insights report: run: ${problem}\n`]);
      }
      folder.write("none", toText([runRecord, { ...helloMessage, pid }]));
      const { code, err } = await folder.run(["report", "none", "--between", "start", "1"]);
      assert.equal(code, 2);
      assert.match(err, /it has no stops to compare/);
    });
  });
});
