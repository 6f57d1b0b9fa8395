import assert from "node:assert/strict";
import { findRunTargets, isTestFile } from "#analyzer";

describe("targets of a run", () => {
  it("are the main part and the functions of the module, with what they need", () => {
    const text = `
def load(path, *more, limit=None, **options): ...
async def serve(): ...
if True:
    def later(): ...
@contextmanager
def opened(): ...
@app.route("/")
def page():
    def inner(): ...
class Cart:
    def total(self): ...
if "__main__" == __name__:
    def only_here(): ...
`;
    assert.deepEqual(targetsOf(text), [
      "function load needs path",
      "function serve",
      "function later",
      "function page",
      "main",
    ]);
  });

  it("are tests as pytest names them, in a file of tests", () => {
    const text = `
@pytest.fixture()
def cart(): ...
def test_total(cart): ...
def helper(): ...
class TestCart:
    def setup_method(self): ...
    def test_empty(self): ...
    class TestInner:
        def test_deep(self, cart): ...
class Other:
    def test_not(self): ...
`;
    assert.deepEqual(targetsOf(text, true), [
      "test test_total needs cart",
      "function helper",
      "testClass TestCart",
      "test TestCart.test_empty",
      "testClass TestCart.TestInner",
      "test TestCart.TestInner.test_deep needs cart",
    ]);
  });

  it("are tests of unittest in any file", () => {
    const text = `
import unittest as u
from django.test import TestCase as Case
class Base(u.TestCase): ...
class CartTests(Base):
    def setUp(self): ...
    def test_total(self): ...
class Later(Case, metaclass=Meta):
    def test_later(self): ...
class Round(Round):
    def test_not(self): ...
def test_plain(): ...
`;
    assert.deepEqual(targetsOf(text), [
      "testClass Base (unittest)",
      "testClass CartTests (unittest)",
      "test CartTests.test_total (unittest)",
      "testClass Later (unittest)",
      "test Later.test_later (unittest)",
      "function test_plain",
    ]);
  });

  it("are the last of what is defined twice, and the whole parts of broken text", () => {
    const text = "def f(a): ...\ndef f(): ...\ndef g(:\n    x = (\ndef h(): ...\n";
    const targets = targetsOf(text);
    assert.ok(targets.includes("function f"), targets.join());
    assert.ok(targets.includes("function h"), targets.join());
  });

  it("say where their names stand", () => {
    const text = "x = 1\nasync def serve(): ...\n";
    const [target] = findRunTargets(text, false);
    assert.ok(target);
    assert.equal(text.slice(target.nameSpan.start, target.nameSpan.end), "serve");
    assert.equal(text.slice(target.span.start, target.span.end), "async def serve(): ...");
  });

  it("are sought as tests in files that pytest reads", () => {
    for (const name of ["a/test_cart.py", "C:\\a\\cart_test.py", "tests.py"]) {
      assert.ok(isTestFile(name), name);
    }
    for (const name of ["testing.py", "tests/cart.py", "test_cart.pyi"]) {
      assert.ok(!isTestFile(name), name);
    }
  });
});

function targetsOf(text: string, isInTestFile = false): readonly string[] {
  return findRunTargets(text, isInTestFile).map(({ kind, path, isUnittest, needs }) =>
    [
      ...[kind, path.join(".")].filter(part => part !== ""),
      ...(isUnittest ? ["(unittest)"] : []),
      ...(needs.length > 0 ? [`needs ${needs.join(", ")}`] : []),
    ].join(" "),
  );
}
