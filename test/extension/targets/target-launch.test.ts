import assert from "node:assert/strict";
import { moduleOf, runnableName } from "../../../src/extension/targets/module-name";
import {
  launchAllTests,
  launchModule,
  launchTarget,
  type TargetPlace,
  type Wanted,
} from "../../../src/extension/targets/target-launch";

const place: TargetPlace = {
  file: "/home/ada/src/shop/test_cart.py",
  module: { root: "/home/ada/src", name: "shop.test_cart" },
  folder: "/home/ada",
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
      launch: { program: place.file, args: [], cwd: "/home/ada" },
    });
  });

  it("calls a function, once or in rounds, where nothing has to be given to it", () => {
    const program = "/probe/run_function.py";
    const args = [place.file, "load"];
    assert.deepEqual(launchTarget(load, { ...place, folder: null }), {
      kind: "launch",
      launch: { program, args, cwd: "/home/ada/src/shop", rules: rules(program) },
    });
    assert.deepEqual(launchTarget(load, { ...place, rounds: 10 }), {
      kind: "launch",
      launch: { program, args: [...args, "10"], cwd: "/home/ada", rules: rules(program) },
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
      launch: { module: "pytest", args: [id], cwd: "/home/ada" },
    });
    const program = "/probe/run_tests.py";
    assert.deepEqual(launchTarget(test, { ...place, rounds: 5 }), {
      kind: "launch",
      launch: {
        program,
        args: ["pytest", "5", `${place.file}::Cart::test_a`],
        cwd: "/home/ada",
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
        cwd: "/home/ada",
        env: { PYTHONPATH: "/home/ada/src" },
      },
    });
    assert.deepEqual(launchTarget(test, { ...bare, module: null }), { kind: "no-module" });
    assert.equal(launchTarget(plain, bare).kind, "launch");
    assert.deepEqual(launchTarget({ ...plain, needs: ["tmp_path"] }, bare), { kind: "no-pytest" });
    assert.deepEqual(launchTarget({ ...test, isUnittest: false }, bare), { kind: "no-pytest" });
  });

  it("runs all tests of a file or a folder", () => {
    const bare = { ...place, hasPytest: false, folder: "/home/ada/src" };
    const launched = { kind: "launch", launch: { cwd: "/home/ada/src", module: "unittest" } };
    assert.deepEqual(launchAllTests(bare, false), {
      ...launched,
      launch: { ...launched.launch, args: ["shop.test_cart"] },
    });
    const folder = { ...bare, file: "/home/ada/src/tests" };
    assert.deepEqual(launchAllTests(folder, true), {
      ...launched,
      launch: { ...launched.launch, args: ["discover", "-s", "/home/ada/src/tests"] },
    });
    assert.deepEqual(launchAllTests({ ...folder, rounds: 5 }, true), { kind: "no-pytest" });
    assert.deepEqual(launchAllTests({ ...folder, hasPytest: true }, true), {
      ...launched,
      launch: { ...launched.launch, module: "pytest", args: ["/home/ada/src/tests"] },
    });
  });

  it("runs a module from where its packages begin", () => {
    assert.deepEqual(launchModule("shop", place.module, place), {
      module: "shop",
      args: [],
      cwd: "/home/ada",
      env: { PYTHONPATH: "/home/ada/src" },
    });
    assert.deepEqual(launchModule("shop", null, place), {
      module: "shop",
      args: [],
      cwd: "/home/ada",
    });
  });
});

describe("the module of a file", () => {
  const packages = ["/home/ada/shop/__init__.py", "/home/ada/shop/orders/__init__.py"];
  const nameOf = (file: string) => moduleOf(file, path => packages.includes(path));

  it("begins with the outermost package", () => {
    const module = nameOf("/home/ada/shop/orders/load.py");
    assert.deepEqual(module, { root: "/home/ada", name: "shop.orders.load" });
    assert.deepEqual(nameOf("/home/ada/shop/__init__.py"), { root: "/home/ada", name: "shop" });
    assert.deepEqual(nameOf("/home/ada/main.py"), { root: "/home/ada", name: "main" });
  });

  it("is run by the name of its package where it is that package's main part", () => {
    const module = nameOf("/home/ada/shop/__main__.py");
    assert.equal(module && runnableName(module), "shop");
  });

  it("is none where no import can name it", () => {
    assert.equal(nameOf("/home/ada/two words.py"), null);
    assert.equal(nameOf("/home/ada/2024.py"), null);
    assert.equal(nameOf("/home/ada/__init__.py"), null);
  });
});
