import assert from "node:assert/strict";
import type { ProcessMessage } from "#profile";
import { renameFiles } from "../../src/recorder/rename-files";

describe("files of a program elsewhere", () => {
  const rename = (file: string): string => file.replace("/srv/", "/home/");

  it("get their names here, and nothing else changes", () => {
    const lines: ProcessMessage = {
      kind: "lines",
      source: "sampled",
      t: 1,
      rows: [["/srv/a.py", 3, null, null, null, 10]],
    };
    assert.deepEqual(renameFiles(lines, rename), {
      ...lines,
      rows: [["/home/a.py", 3, null, null, null, 10]],
    });
    const problem: ProcessMessage = { kind: "problem", text: "/srv/" };
    assert.equal(renameFiles(problem, rename), problem);
  });
});
