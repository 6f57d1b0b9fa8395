import assert from "node:assert/strict";
import type { LanguageRunTarget } from "#protocol";
import { targetAt } from "../../../src/extension/targets/target-at";
import { readTestItem, testOf } from "../../../src/extension/targets/test-item";

function target(
  kind: LanguageRunTarget["kind"],
  name: string,
  first: number,
  last: number,
): LanguageRunTarget {
  const range = { start: { line: first, character: 0 }, end: { line: last, character: 0 } };
  return { kind, path: name.split("."), range, nameRange: range, isUnittest: false, needs: [] };
}

const targets = [
  target("function", "helper", 0, 3),
  target("testClass", "TestCart", 5, 20),
  target("test", "TestCart.test_a", 6, 9),
  target("test", "test_b", 22, 25),
];

describe("an item of the test explorer", () => {
  const nameOf = (id: string, line: number | null) => {
    const found = testOf({ id, line }, targets);
    return found && found.path.join(".") + (found.parameters ?? "");
  };

  it("is a test by its id, with one set of parameters where that names one", () => {
    assert.equal(nameOf("/a[b]/test_cart.py::TestCart::test_a", null), "TestCart.test_a");
    assert.equal(nameOf("/a/test_cart.py::test_b[x::[1]]", 0), "test_b[x::[1]]");
    assert.equal(nameOf("C:\\a\\test_cart.py\\TestCart\\test_a", null), "TestCart.test_a");
    assert.equal(nameOf("/a/test_cart.py::TestCart", null), "TestCart");
  });

  it("is the test at its line where its id says nothing", () => {
    assert.equal(nameOf("17", 7), "TestCart.test_a");
    assert.equal(nameOf("17", 12), "TestCart");
    assert.equal(nameOf("17", 1), null);
  });

  it("is all of its file where it names none", () => {
    assert.equal(nameOf("/a/test_cart.py", null), null);
  });

  it("says where it stands, or is of no use", () => {
    const uri = {};
    const range = { start: { line: 3, character: 0 }, end: { line: 4, character: 0 } };
    assert.deepEqual(readTestItem({ id: "x", uri, range }), { id: "x", uri, line: 3 });
    assert.deepEqual(readTestItem({ id: "x", uri, range: undefined }), {
      id: "x",
      uri,
      line: null,
    });
    assert.equal(readTestItem({ id: "x" }), null);
    assert.equal(readTestItem(undefined), null);
  });
});

describe("the target at a line", () => {
  it("is the innermost around it", () => {
    assert.equal(targetAt(targets, 8)?.path.join("."), "TestCart.test_a");
    assert.equal(targetAt(targets, 5)?.path.join("."), "TestCart");
    assert.equal(targetAt(targets, 21), null);
  });
});
