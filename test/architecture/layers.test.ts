import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { cycleIn, folderProblems, importsOf, problemsOf } from "./imports";
import { layerTable } from "./layer-table";

const source = join(process.cwd(), "src");

describe("the layer law", () => {
  it("holds for every file of src", () => {
    const problems = typeScriptFiles().flatMap(file =>
      problemsOf(file, importsOf(readFileSync(join(source, file), "utf8"))),
    );
    assert.deepEqual(problems, []);
  });

  it("declares every folder of src", () => {
    const folders = readdirSync(source, { withFileTypes: true }).filter(entry =>
      entry.isDirectory(),
    );
    assert.deepEqual(folderProblems(folders.map(folder => folder.name)), []);
  });

  it("gives every layer with code a door", () => {
    const layers = new Set(typeScriptFiles().map(file => file.split("/")[0] ?? ""));
    const hosts = ["cli", "server", "webview", "extension"];
    const closed = [...layers]
      .filter(layer => !hosts.includes(layer))
      .filter(layer => !existsSync(join(source, layer, "index.ts")));
    assert.deepEqual(closed, []);
  });

  it("has no cycle in its table", () => {
    assert.equal(cycleIn(layerTable), undefined);
  });
});

describe("the layer check", () => {
  const cases: readonly (readonly [file: string, code: string, problem: RegExp | undefined])[] = [
    ["rules/a.ts", 'import { a } from "#base";', undefined],
    ["rules/x/a.ts", 'import { a } from "../rule";', undefined],
    [
      "rules/a.ts",
      'import "vscode";',
      /`rules` may not import `vscode`.*allowed: #base, #syntax, #sem/,
    ],
    ["rules/a.ts", 'import { a } from "#profile";', /`rules` may not import `#profile`/],
    ["rules/a.ts", 'import { a } from "../base/span";', /leaves its layer by `\.\.\/base\/span`/],
    ["rules/a.ts", 'export * from "#base/span";', /only door is #base/],
    ["base/a.ts", 'import { readFile } from "node:fs";', /allowed: nothing/],
    ["base/a.ts", 'import { readFile } from "fs/promises";', /may not import `fs\/promises`/],
    ["base/a.ts", 'const a = await import("#rules");', /may not import `#rules`/],
    ["base/a.ts", 'const a = require("#rules");', /may not import `#rules`/],
    ["base/a.ts", 'type A = import("#rules").A;', /may not import `#rules`/],
    ["evidence/a.ts", 'import type { A } from "#rules";', undefined],
    ["evidence/a.ts", 'export type { A } from "#rules";', undefined],
    ["evidence/a.ts", 'import { type A } from "#rules";', /only types of `#rules`/],
    ["server/main.node.ts", 'import "node:path";', undefined],
    ["server/a.ts", 'import "node:path";', /`server` may not import `node:path`/],
    ["server/a.ts", 'import "vscode-languageserver/node";', undefined],
    ["cli/a.ts", 'import { run } from "./main";', /nobody imports a main/],
    ["cli/a.ts", '// import "vscode";\nconst a = \'import "vscode"\';', undefined],
    ["tools/a.ts", "", /lies in no declared layer/],
    ["a.ts", "", /lies in no declared layer/],
  ];
  for (const [file, code, problem] of cases) {
    it(`${problem ? "refuses" : "allows"} ${code || "nothing"} in ${file}`, () => {
      const problems = problemsOf(file, importsOf(code)).join("\n");
      if (problem) assert.match(problems, problem);
      else assert.equal(problems, "");
    });
  }

  it("refuses a folder that is not declared", () => {
    assert.match(folderProblems(["utils"]).join(), /`src\/utils` is not declared/);
  });

  it("finds a cycle in a table", () => {
    const table = { a: { layers: ["b"] }, b: { layers: [], typesOf: ["a"] } };
    assert.deepEqual(cycleIn(table), ["a", "b", "a"]);
  });
});

/** Paths below src with forward slashes. */
function typeScriptFiles(): readonly string[] {
  return readdirSync(source, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map(entry => relative(source, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}
