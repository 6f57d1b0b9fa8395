import assert from "node:assert/strict";
import { originOf, type Places } from "#profile";

const linux: Places = {
  platform: "linux",
  prefix: "/home/ada/shop/.venv",
  stdlib: "/usr/lib/python3.11",
  sitePaths: ["/home/ada/shop/.venv/lib/python3.11/site-packages", ""],
  probePath: "/opt/insights/dist/probe",
};

const windows: Places = {
  platform: "win32",
  prefix: "C:\\Python311",
  stdlib: "C:\\Python311\\Lib",
  sitePaths: ["C:\\Python311\\Lib\\site-packages"],
  probePath: "c:\\users\\ada\\insights\\dist\\probe",
};

const cases: readonly [file: string, places: Places | null, origin: string][] = [
  ["/home/ada/shop/app.py", linux, "user"],
  ["/home/ada/shop/debugpy/notes.py", linux, "user"],
  ["/usr/lib/python3.11x/app.py", linux, "user"],
  ["/home/ada/shop/.venv/lib/python3.11/site-packages/attrs/make.py", linux, "library"],
  ["/home/ada/shop/.venv/bin/black", linux, "library"],
  ["/usr/lib/python3/dist-packages/yaml/__init__.py", linux, "library"],
  ["/usr/lib/python3.11/json/decoder.py", linux, "stdlib"],
  ["/usr/lib/python3.11/site-packages/six.py", linux, "library"],
  ["/usr/lib/python311.zip/json/decoder.py", linux, "stdlib"],
  ["<frozen importlib._bootstrap>", linux, "stdlib"],
  ["<string>", linux, "library"],
  ["<profiler and debugger>", linux, "tool"],
  ["/opt/insights/dist/probe/site/_memory_insights/sampler.py", linux, "tool"],
  ["/home/ada/shop/.venv/lib/python3.11/site-packages/debugpy/server/api.py", linux, "tool"],
  ["/x/debugpy/_vendored/pydevd/_pydevd_bundle/pydevd_comm.py", linux, "tool"],
  ["/home/ada/.vscode/extensions/ms-python.debugpy-2025.1/bundled/libs/x.py", linux, "tool"],
  ["/home/ada/shop/app.py", null, "user"],
  ["C:\\Work\\App.py", windows, "user"],
  ["c:\\python311\\lib\\json\\decoder.py", windows, "stdlib"],
  ["C:\\Python311\\Lib\\site-packages\\attrs\\make.py", windows, "library"],
  ["C:\\Users\\Ada\\Insights\\dist\\probe\\site\\x.py", windows, "tool"],
  ["C:\\Python311\\Scripts\\black.py", windows, "library"],
];

describe("origin of a file", () => {
  for (const [file, places, origin] of cases) {
    it(`${file} is ${origin}`, () => assert.equal(originOf(file, places), origin));
  }
});
