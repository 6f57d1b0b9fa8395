import assert from "node:assert/strict";
import { joinPythonPath, readEnvironment } from "../../src/extension/debug/environment";

describe("PYTHONPATH of a profiled run", () => {
  check(
    "names the configuration's folders before the process's",
    { PYTHONPATH: "/a:/b" },
    "/c",
    "/a:/b:/c",
  );
  check("names each folder once", { PYTHONPATH: "/a:/b" }, "/b:/a", "/a:/b");
  check("leaves empty parts out", { PYTHONPATH: ":/a:" }, "", "/a");
  check("takes the process's where the configuration has none", {}, "/c", "/c");
  check("is absent where nobody sets it", {}, undefined, undefined);
  check("is absent where the configuration takes it away", { PYTHONPATH: null }, "/c", undefined);

  function check(
    title: string,
    configured: Record<string, string | null>,
    inherited: string | undefined,
    expected: string | undefined,
  ) {
    it(title, () => {
      assert.equal(joinPythonPath(configured, { PYTHONPATH: inherited }, ":"), expected);
    });
  }
});

describe("`env` of a launch configuration", () => {
  it("keeps variables, and null, which takes one away", () => {
    assert.deepEqual(readEnvironment({ A: "1", B: null }), { A: "1", B: null });
  });

  it("leaves out what is no variable", () => {
    assert.deepEqual(readEnvironment({ A: 1, B: ["x"], C: undefined }), {});
    for (const value of [undefined, null, "A=1", 3]) assert.deepEqual(readEnvironment(value), {});
  });
});
