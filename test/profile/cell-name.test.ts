import assert from "node:assert/strict";
import { cellFilesIn, type CellNow, readCellName, type SourceFile } from "#profile";

const notebook = "/a/plot.ipynb";

describe("the name of a cell in a run", () => {
  it("leads to the cell", () => {
    assert.deepEqual(readCellName("/a/plot.ipynb[3]"), { notebook, number: 3 });
    assert.deepEqual(readCellName("/a/plot.ipynb[3.2]"), { notebook, number: 3 });
    assert.equal(readCellName("/a/plot.ipynb"), null);
    assert.equal(readCellName("/a/plot.py[3]"), null);
  });

  const file = (path: string, fingerprint: string | null): SourceFile => ({
    ...{ path, origin: "user", fingerprint },
  });
  const ran = [
    file("/a/app.py", "text"),
    file("/b/plot.ipynb[1]", "text"),
    file("/a/plot.ipynb[1]", "load"),
    file("/a/plot.ipynb[2]", "text"),
    file("/a/plot.ipynb[3]", null),
  ];
  const names = (...cells: readonly CellNow[]) => cellFilesIn(ran, notebook, cells);
  const cell = (number: number, fingerprint: string, ranAs: string | null = null): CellNow => ({
    ...{ number, fingerprint, ranAs },
  });

  it("is that of where it stands, while its text is the one that ran, or that is not known", () => {
    assert.deepEqual(names(cell(1, "load"), cell(3, "new")), [
      "/a/plot.ipynb[1]",
      "/a/plot.ipynb[3]",
    ]);
  });

  it("is found by its text when it has moved, in its own notebook, by one cell", () => {
    assert.deepEqual(names(cell(1, "text"), cell(2, "load"), cell(4, "text")), [
      "/a/plot.ipynb[2]",
      "/a/plot.ipynb[1]",
      null,
    ]);
  });

  it("stays when its text is another one now", () => {
    assert.deepEqual(names(cell(1, "new"), cell(2, "text")), [
      "/a/plot.ipynb[1]",
      "/a/plot.ipynb[2]",
    ]);
  });

  it("is not that of another cell, which has moved", () => {
    assert.deepEqual(names(cell(1, "new"), cell(4, "load")), [null, "/a/plot.ipynb[1]"]);
    assert.deepEqual(names(cell(1, "new"), cell(4, "edited", "/a/plot.ipynb[1]")), [
      null,
      "/a/plot.ipynb[1]",
    ]);
  });

  it("is the one that a kernel ran, also where a copy of it stands", () => {
    assert.deepEqual(names(cell(1, "load"), cell(2, "load", "/a/plot.ipynb[1]")), [
      null,
      "/a/plot.ipynb[1]",
    ]);
  });

  it("is that of where it stands in a run of another kernel", () => {
    assert.deepEqual(names(cell(2, "edited", "/a/plot.ipynb[7]")), ["/a/plot.ipynb[2]"]);
  });
});
