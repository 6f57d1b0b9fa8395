import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type CheckFolder, checkFolder } from "./run-check";

const cells = [
  { cell_type: "markdown", metadata: {}, source: ["# Title"] },
  { cell_type: "code", metadata: {}, outputs: [], source: ["%load_ext a\n", "y = load()"] },
  {
    cell_type: "code",
    metadata: {},
    outputs: [],
    source: ["import os\n", "é = 1; n = sum([x for x in y])\n", "?os"],
  },
];
const text = (language = "python") =>
  `${JSON.stringify({ cells, metadata: { kernelspec: { language } }, nbformat: 4 }, null, 1)}\n`;

describe("check of a notebook", () => {
  let folder: CheckFolder;
  beforeEach(() => {
    folder = checkFolder();
    folder.write({ "a.ipynb": text() });
  });
  afterEach(() => folder.remove());
  const run = (...argv: readonly string[]) => folder.run("--select", "MEM101", ...argv);
  const content = () => readFileSync(join(folder.path, "a.ipynb"), "utf8");

  it("names the cell and the line in it", async () => {
    const { code, out, err } = await run(".");
    assert.deepEqual([code, err], [1, ""]);
    assert.match(
      out,
      /^a\.ipynb:cell 3:2:16: MEM101 .*\nFound 1 memory problem in 1 file of 1 file/,
    );
    assert.match(
      (await run("--format", "github", ".")).out,
      /,file=a\.ipynb::a\.ipynb:cell 3:2:16: /,
    );
    const [row] = JSON.parse((await run("--format", "json", ".")).out) as Record<string, unknown>[];
    assert.equal(row?.["cell"], 3);
    assert.deepEqual(row["location"], { row: 2, column: 16 });
    assert.deepEqual(row["end_location"], { row: 2, column: 30 });
  });

  it("is fixed in place, and nothing but the line changes", async () => {
    const { code, out } = await run("--fix", ".");
    assert.deepEqual([code, out], [0, "Fixed 1 problem. No memory problems in 1 file.\n"]);
    assert.equal(content(), text().replace("[x for x in y]", "x for x in y"));
    await run("--fix", ".");
    assert.equal(content(), text().replace("[x for x in y]", "x for x in y"));
  });

  it("is shown as a diff that patches the file", async () => {
    const { out } = await run("--diff", ".");
    assert.match(out, /^-.*sum\(\[x for x in y\]\)\\n",$/m);
    assert.equal(content(), text());
  });

  it("comes from standard input too", async () => {
    const argv = ["--select", "MEM101", "--stdin-filename", "b.ipynb", "-"];
    assert.match((await folder.runOn(text(), ...argv)).out, /^b\.ipynb:cell 3:2:16: MEM101/);
    const { out } = await folder.runOn(text(), "--fix", ...argv);
    assert.equal(out, text().replace("[x for x in y]", "x for x in y"));
    assert.equal((await folder.runOn("{", ...argv)).code, 2);
  });

  it("is passed over in another language, and told of when it is none", async () => {
    folder.write({ "a.ipynb": text("julia"), "b.ipynb": "{" });
    const { code, out, err } = await run("-v", ".");
    assert.equal(code, 0);
    assert.match(
      err,
      /^b\.ipynb: is no notebook: it is not JSON\na\.ipynb: passed over, notebook of/,
    );
    assert.match(out, /No memory problems found; 1 file could not be checked\.$/m);
  });

  it("keeps what is in a broken cell out of the others", async () => {
    const broken = [...cells, { cell_type: "code", source: ["def f(:\n"] }];
    folder.write({ "a.ipynb": JSON.stringify({ cells: broken, metadata: {} }) });
    const { out, err } = await run(".");
    assert.match(out, /^a\.ipynb:cell 3:2:16/);
    assert.match(err, /^a\.ipynb:cell 4:1:7: not valid Python 3 here/);
  });
});
