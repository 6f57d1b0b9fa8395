import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createModel } from "#semantics";
import { parseSource } from "#syntax";
import { askPython } from "../support/python";
import { compareTables } from "./compare-tables";
import { scopeSamples } from "./scope-samples";
import { type ScopeTable, scopeTables } from "./scope-tables";

/** What CPython says of one file. */
interface Answer {
  readonly path: string;
  readonly table: ScopeTable;
}

/** So many parts that none is near the time limit on a busy machine. */
const partCount = 8;

describe("scopes and bindings are those of CPython's symtable", () => {
  let minor = 0;
  let files: readonly string[] = [];

  before(() => {
    ({ files, minor } = askPython(listScript, null) as { files: string[]; minor: number });
    assert.ok(files.length > 400, `${files.length} files of the standard library`);
  });

  for (let part = 0; part < partCount; part++) {
    it(`in part ${part + 1} of ${partCount} of the standard library`, () => {
      const chosen = files.filter((_, at) => at % partCount === part);
      const sources = chosen.map(path => ({ path }));
      const answers = askPython(tablesScript, sources) as Answer[];
      assert.ok(
        answers.length > chosen.length * 0.9,
        `${answers.length} of ${chosen.length} files`,
      );
      const differences = answers.flatMap(({ path, table }) => {
        const text = readFileSync(path, "utf8");
        return compareTables(tablesOf(text, minor), table, path);
      });
      assert.deepEqual(differences, []);
    });
  }

  for (const { path, minor: since, text } of scopeSamples) {
    it(`in a sample of ${path}`, function () {
      if (minor < since) return this.skip();
      const [answer] = askPython(tablesScript, [{ path, text }]) as Answer[];
      assert.ok(answer, "CPython compiles it");
      assert.deepEqual(compareTables(tablesOf(text, minor), answer.table, path), []);
    });
  }
});

/** With this future, and for all files from 3.14 on, annotations are not code of the scope. */
function tablesOf(text: string, minor: number): ScopeTable {
  const areRead = minor < 14 && !text.includes("from __future__ import annotations");
  return scopeTables(createModel(parseSource(text)), { areRead });
}

/** Prints the version and the standard library's files, its tests left out. */
const listScript = `
import json, os, sys, sysconfig
skipped = {"__pycache__", "idle_test", "site-packages", "dist-packages", "test", "tests"}
files = []
for folder, folders, names in os.walk(sysconfig.get_path("stdlib")):
    folders[:] = [name for name in folders if name not in skipped]
    files += [os.path.join(folder, name) for name in names if name.endswith(".py")]
print(json.dumps({"files": sorted(files), "minor": sys.version_info[1]}))
`;

/** Reads `[{path, text?}]` and prints `[{path, table}]` of what this Python compiles. */
const tablesScript = `
import json, symtable, sys

# What Python 3.12 calls them, and later ones.
kinds = {
    "type parameter": "type parameters",
    "TypeVar bound": "lazy",
    "type variable": "lazy",
    "type alias": "lazy",
}

def table_of(table):
    kind = kinds.get(str(table.get_type()), str(table.get_type()))
    # A walrus in a comprehension is a declaration to CPython.
    declares = kind != "module" and not table.get_name().endswith(("comp", "genexpr"))
    symbols = {each.get_name(): use_of(each, kind, declares) for each in table.get_symbols()}
    return {
        "kind": kind,
        "name": table.get_name(),
        "line": table.get_lineno(),
        "names": symbols,
        "children": [table_of(child) for child in table.get_children()],
    }

def use_of(symbol, kind, declares):
    how = {
        "a": symbol.is_assigned(),
        "d": declares and symbol.is_declared_global(),
        "i": symbol.is_imported(),
        "n": declares and symbol.is_nonlocal(),
        "p": symbol.is_parameter(),
        "r": symbol.is_referenced(),
    }
    # All names of a module are local to it; what counts is whether its own code binds them.
    is_local = how["a"] or how["i"] if kind == "module" else symbol.is_local()
    reach = "L" if is_local else "F" if symbol.is_free() else "G"
    return reach + ":" + "".join(letter for letter, is_so in how.items() if is_so)

answers = []
for source in json.load(sys.stdin):
    path, text = source["path"], source.get("text")
    try:
        if text is None:
            with open(path, encoding="utf-8") as file:
                text = file.read()
        table = table_of(symtable.symtable(text, path, "exec"))
    except (SyntaxError, UnicodeDecodeError, ValueError):
        continue
    answers.append({"path": path, "table": table})
print(json.dumps(answers))
`;
