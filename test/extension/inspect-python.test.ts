import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspectPython } from "../../src/extension/python/inspect-python";

describe("a command that may be a Python", () => {
  let folder = "";

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "python-"));
  });

  after(() => rm(folder, { recursive: true }));

  it("is none when it is not there", async () => {
    assert.equal(await inspectPython(["memory-insights-no-such-python"]), null);
  });

  check("is none when it answers nothing", [""], null);
  check("is none when it answers as something else", ["Python was not found"], null);
  check("is none when it is too old", ['["/python", "3.8.1", true, false]'], null);
  check("is none when it does not know where it is", ['["", "3.12.1", true, true]'], null);
  check("is one without debugpy", ['["/python", "3.12.1", false, true, true]'], {
    executable: "/python",
    version: "3.12.1",
    hasDebugpy: false,
    hasPytest: true,
  });
  check("is one behind a wrapper that talks", ["Loading…", '["/python", "3.12.1", true, true]'], {
    executable: "/python",
    version: "3.12.1",
    hasDebugpy: true,
    hasPytest: false,
  });

  /** Lets Node answer in a Python's place. */
  function check(title: string, lines: readonly string[], expected: object | null) {
    it(title, async () => {
      const script = join(folder, "python.js");
      await writeFile(script, `console.log(${JSON.stringify(lines.join("\n"))})`);
      assert.deepEqual(await inspectPython([process.execPath, script]), expected);
    });
  }
});
