import assert from "node:assert/strict";
import { moduleOf, runnableName } from "../../../src/extension/targets/module-name";
import { readCellName } from "../../../src/extension/targets/notebook-place";
import {
  launchAllTests,
  launchModule,
  launchTarget,
  type TargetPlace,
  type Wanted,
} from "../../../src/extension/targets/target-launch";

const place: TargetPlace = {
  file: "/work/src/shop/test_cart.py",
  module: { root: "/work/src", name: "shop.test_cart" },
  folder: "/work",
  runners: "/probe",
  hasPytest: true,
  rounds: null,
};
const load: Wanted = { kind: "function", path: ["load"], isUnittest: false, needs: [] };
const test: Wanted = { kind: "test", path: ["Cart", "test_a"], isUnittest: true, needs: [] };
const plain: Wanted = { kind: "test", path: ["test_a"], isUnittest: false, needs: [] };
const rules = (path: string) => [{ path, include: false }];

describe("the launch of a target", () => {
  it("runs the main part as the file", () => {
    const main: Wanted = { kind: "main", path: [], isUnittest: false, needs: [] };
    assert.deepEqual(launchTarget(main, place), {
      kind: "launch",
      launch: { program: place.file, args: [], cwd: "/work" },
    });
  });

  it("calls a function, once or in rounds, where nothing has to be given to it", () => {
    const program = "/probe/run_function.py";
    const args = [place.file, "load"];
    assert.deepEqual(launchTarget(load, { ...place, folder: null }), {
      kind: "launch",
      launch: { program, args, cwd: "/work/src/shop", rules: rules(program) },
    });
    assert.deepEqual(launchTarget(load, { ...place, rounds: 10 }), {
      kind: "launch",
      launch: { program, args: [...args, "10"], cwd: "/work", rules: rules(program) },
    });
    assert.deepEqual(launchTarget({ ...load, needs: ["path"] }, place), {
      kind: "needs",
      name: "load",
      needs: ["path"],
    });
  });

  it("runs a test by pytest where that is there, of its parameter sets the one that is meant", () => {
    const id = `${place.file}::Cart::test_a[1-2]`;
    assert.deepEqual(launchTarget({ ...test, parameters: "[1-2]" }, place), {
      kind: "launch",
      launch: { module: "pytest", args: [id], cwd: "/work" },
    });
    const program = "/probe/run_tests.py";
    assert.deepEqual(launchTarget(test, { ...place, rounds: 5 }), {
      kind: "launch",
      launch: {
        program,
        args: ["pytest", "5", `${place.file}::Cart::test_a`],
        cwd: "/work",
        rules: rules(program),
      },
    });
  });

  it("runs a test without pytest if it can be", () => {
    const bare = { ...place, hasPytest: false };
    assert.deepEqual(launchTarget(test, bare), {
      kind: "launch",
      launch: {
        module: "unittest",
        args: ["shop.test_cart.Cart.test_a"],
        cwd: "/work",
        env: { PYTHONPATH: "/work/src" },
      },
    });
    assert.deepEqual(launchTarget(test, { ...bare, module: null }), { kind: "no-module" });
    assert.equal(launchTarget(plain, bare).kind, "launch");
    assert.deepEqual(launchTarget({ ...plain, needs: ["tmp_path"] }, bare), { kind: "no-pytest" });
    assert.deepEqual(launchTarget({ ...test, isUnittest: false }, bare), { kind: "no-pytest" });
  });

  it("runs all tests of a file or a folder", () => {
    const bare = { ...place, hasPytest: false, folder: "/work/src" };
    const launched = { kind: "launch", launch: { cwd: "/work/src", module: "unittest" } };
    assert.deepEqual(launchAllTests(bare, false), {
      ...launched,
      launch: { ...launched.launch, args: ["shop.test_cart"] },
    });
    const folder = { ...bare, file: "/work/src/tests" };
    assert.deepEqual(launchAllTests(folder, true), {
      ...launched,
      launch: { ...launched.launch, args: ["discover", "-s", "/work/src/tests"] },
    });
    assert.deepEqual(launchAllTests({ ...folder, rounds: 5 }, true), { kind: "no-pytest" });
    assert.deepEqual(launchAllTests({ ...folder, hasPytest: true }, true), {
      ...launched,
      launch: { ...launched.launch, module: "pytest", args: ["/work/src/tests"] },
    });
  });

  it("runs a module from where its packages begin", () => {
    assert.deepEqual(launchModule("shop", place.module, place), {
      module: "shop",
      args: [],
      cwd: "/work",
      env: { PYTHONPATH: "/work/src" },
    });
    assert.deepEqual(launchModule("shop", null, place), { module: "shop", args: [], cwd: "/work" });
  });
});

describe("the name of a cell in a run", () => {
  it("leads to the cell", () => {
    const cell = { notebook: "/a/plot.ipynb", number: 3 };
    assert.deepEqual(readCellName("/a/plot.ipynb[3]"), cell);
    assert.equal(readCellName("/a/plot.ipynb"), null);
    assert.equal(readCellName("/a/plot.py[3]"), null);
  });
});

describe("the module of a file", () => {
  const packages = ["/work/shop/__init__.py", "/work/shop/orders/__init__.py"];
  const nameOf = (file: string) => moduleOf(file, path => packages.includes(path));

  it("begins with the outermost package", () => {
    const module = nameOf("/work/shop/orders/load.py");
    assert.deepEqual(module, { root: "/work", name: "shop.orders.load" });
    assert.deepEqual(nameOf("/work/shop/__init__.py"), { root: "/work", name: "shop" });
    assert.deepEqual(nameOf("/work/main.py"), { root: "/work", name: "main" });
  });

  it("is run by the name of its package where it is that package's main part", () => {
    const module = nameOf("/work/shop/__main__.py");
    assert.equal(module && runnableName(module), "shop");
  });

  it("is none where no import can name it", () => {
    assert.equal(nameOf("/work/two words.py"), null);
    assert.equal(nameOf("/work/2024.py"), null);
    assert.equal(nameOf("/work/__init__.py"), null);
  });
});
