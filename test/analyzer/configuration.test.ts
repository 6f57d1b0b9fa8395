import assert from "node:assert/strict";
import {
  activeRules,
  type Configuration,
  isExcluded,
  readConfiguration,
  settingsForFile,
} from "#analyzer";

const own = "memory-insights.toml";

function read(text: string, file = own): Configuration {
  const reading = readConfiguration(text, file);
  assert.equal(reading.kind, "configuration", JSON.stringify(reading));
  return reading.configuration;
}

function problems(text: string, file = own): readonly string[] {
  const reading = readConfiguration(text, file);
  return reading.kind === "problems"
    ? reading.problems.map(({ line, text: said }) => `${line + 1}: ${said}`)
    : [];
}

describe("a configuration file", () => {
  it("gives every key", () => {
    const text = `
select = ["MEM1"]
extend-select = ["MEM203"]
ignore = ["list-building-loop"]
exclude = ["old"]
extend-exclude = ["gen/*.py"]
respect-gitignore = false
target-version = "py310"
[per-file-ignores]
"tests/*" = ["MEM1", "MEM203"]
[severity]
MEM1 = "hint"
list-built-for-reduction = "off"
`;
    assert.deepEqual(read(text), {
      select: ["MEM1"],
      extendSelect: ["MEM203"],
      ignore: ["list-building-loop"],
      perFileIgnores: [{ pattern: "tests/*", selectors: ["MEM1", "MEM203"] }],
      severities: { MEM1: "hint", "list-built-for-reduction": "off" },
      exclude: ["old"],
      extendExclude: ["gen/*.py"],
      respectGitignore: false,
      target: { minor: 10 },
    });
  });

  it("is a table of pyproject.toml, or the top of any other file", () => {
    const table = '[tool.memory-insights]\nselect = ["MEM1"]\n[tool.other]\nselect = 1\n';
    assert.deepEqual(read(table, "/a/pyproject.toml").select, ["MEM1"]);
    assert.deepEqual(read("tool.memory-insights.ignore = ['MEM1']", "pyproject.toml").ignore, [
      "MEM1",
    ]);
    assert.deepEqual(read("", "any.toml").select, null);
    assert.deepEqual(readConfiguration("[tool.ruff]\nselect = 1\n", "pyproject.toml"), {
      kind: "none",
      target: null,
    });
    assert.deepEqual(readConfiguration("[tool.ruff\n", "pyproject.toml").kind, "none");
  });

  const requirements: readonly (readonly [string, number | null])[] = [
    [">=3.9", 9],
    [">= 3.10, < 4", 10],
    ["~=3.11.2", 11],
    ["==3.12.*", 12],
    [">=3.8,!=3.8.1,>=3.9", 9],
    [">2.7", null],
    ["<4", null],
    ["", null],
  ];
  for (const [requirement, minor] of requirements) {
    it(`takes the target from requires-python = "${requirement}"`, () => {
      const text = `[project]\nrequires-python = "${requirement}"\n`;
      const expected = minor === null ? null : { minor };
      assert.deepEqual(readConfiguration(text, "pyproject.toml"), {
        kind: "none",
        target: expected,
      });
      const table = `${text}[tool.memory-insights]\n`;
      assert.deepEqual(read(table, "pyproject.toml").target, expected);
      const named = `${table}target-version = "py314"\n`;
      assert.deepEqual(read(named, "pyproject.toml").target, { minor: 14 });
    });
  }

  it("is told when its table is misspelt, and not of the tables of others", () => {
    for (const name of ["memory-insight", "memory_insights", "MemoryInsights"]) {
      assert.deepEqual(readConfiguration(`[tool.${name}]\nselect = []\n`, "pyproject.toml"), {
        kind: "problems",
        problems: [
          { line: 0, text: `tool.${name} is nobody's table; did you mean tool.memory-insights?` },
        ],
      });
    }
    const other = "[tool.memory-insights-report]\n";
    assert.equal(readConfiguration(other, "pyproject.toml").kind, "none");
  });

  const wrong: readonly (readonly [what: string, text: string, expected: readonly string[]])[] = [
    ["an unknown key", "\nselct = []\n", ["2: selct: unknown key; did you mean select?"]],
    ["a key like no other", "colour = 1\n", ["1: colour: unknown key"]],
    [
      "an unknown code, on its line",
      'select = [\n  "MEM1",\n  "MEN101",\n]\nignore = ["complexity"]\n',
      [
        '3: select: unknown rule "MEN101"; did you mean MEM101?',
        '5: ignore: unknown rule "complexity"',
      ],
    ],
    [
      "a string for a list",
      'select = "MEM1"\n',
      ["1: select: must be a list of codes or names of rules"],
    ],
    [
      "an unknown severity",
      '[severity]\nMEM1 = "hint"\nMEM2 = "warnin"\n',
      [
        "3: severity: MEM2 must be one of error, warning, information, hint, off; " +
          "did you mean warning?",
      ],
    ],
    [
      "an unknown code below a pattern",
      '[per-file-ignores]\n"a" = ["MEM1"]\n"b.py" = ["MEM1",\n "elsewhere"]\n',
      ['4: per-file-ignores: unknown rule "elsewhere"'],
    ],
    [
      "an unknown version",
      'target-version = "3.9"\n',
      [
        "1: target-version: must be one of py37, py38, py39, py310, py311, py312, py313, py314; " +
          "did you mean py39?",
      ],
    ],
    ["no bool", "respect-gitignore = 1\n", ["1: respect-gitignore: must be true or false"]],
    ["no TOML", "a = 1\nb = [1,\n", ["3: not TOML: invalid value"]],
  ];
  for (const [what, text, expected] of wrong) {
    it(`tells of ${what}`, () => {
      const said = problems(text);
      assert.deepEqual(said, expected);
    });
  }

  it("tells of all problems, each on its line, in pyproject.toml too", () => {
    const text =
      '[project]\nname = "MEN1"\n\n[tool.memory-insights]\nselct = 1\nignore = [\n"MEN1"]\n';
    assert.deepEqual(
      problems(text, "pyproject.toml").map(each => each.replace(/; did.*/, "")),
      ["5: selct: unknown key", '7: ignore: unknown rule "MEN1"'],
    );
  });
});

describe("settings of a file", () => {
  const codes = (text: string, path: string) =>
    activeRules(settingsForFile(read(text), path)).map(({ rule }) => rule.meta.code);

  it("are those of the configuration", () => {
    assert.deepEqual(codes('select = ["MEM101"]', "a.py"), ["MEM101"]);
    assert.ok(codes('extend-select = ["MEM201"]\nignore = ["MEM1"]', "a.py").includes("MEM201"));
    assert.ok(!codes('ignore = ["MEM1"]', "a.py").includes("MEM101"));
  });

  it("leave out what is ignored in the file, however it was selected", () => {
    const text = 'select = ["MEM101", "MEM203"]\n[per-file-ignores]\n"tests/*" = ["MEM1"]\n';
    assert.deepEqual(codes(text, "a.py"), ["MEM101", "MEM203"]);
    assert.deepEqual(codes(text, "tests/deep/a.py"), ["MEM203"]);
    const others = text.replace("tests/*", "!src/**");
    assert.deepEqual(codes(others, "src/a.py"), ["MEM101", "MEM203"]);
    assert.deepEqual(codes(others, "a.py"), ["MEM203"]);
  });
});

describe("path patterns", () => {
  const cases: readonly (readonly [
    pattern: string,
    matching: readonly string[],
    others: readonly string[],
  ])[] = [
    ["build", ["build", "build/a.py", "a/build/b.py"], ["builder/a.py", "a/rebuild.py"]],
    ["*_pb2.py", ["a_pb2.py", "x/y_pb2.py"], ["a_pb2.pyi", "pb2.py"]],
    ["src/gen", ["src/gen/a.py", "src/gen"], ["gen/a.py", "x/src/gen/a.py"]],
    ["./src/gen/", ["src/gen/a.py"], ["src/generated.py"]],
    ["src/*.py", ["src/a.py", "src/b/a.py"], ["a.py", "src/a.pyi"]],
    ["**/gen/*.py", ["gen/a.py", "x/y/gen/a.py"], ["gen.py"]],
    ["src/**/a.py", ["src/a.py", "src/b/c/a.py"], ["src/ba.py"]],
    ["{a,b}?.py", ["a1.py", "x/b2.py"], ["a.py", "c1.py"]],
    ["[!a]x.py", ["bx.py"], ["ax.py"]],
    ["[z-a].py", ["[z-a].py"], ["z.py"]],
    ["a+(b).py", ["a+(b).py"], ["aab.py"]],
  ];
  for (const [pattern, matching, others] of cases) {
    it(`${pattern} matches as documented`, () => {
      const configuration = { ...read(""), exclude: [pattern] };
      const excluded = [...matching, ...others].filter(path => isExcluded(configuration, path));
      assert.deepEqual(excluded, matching);
    });
  }

  it("without a setting leave out what is no code of the project", () => {
    const excluded = ["a.py", "build/a.py", "x/.venv/lib/a.py", "src/dist.py"].filter(path =>
      isExcluded(read('extend-exclude = ["a.py"]'), path),
    );
    assert.deepEqual(excluded, ["a.py", "build/a.py", "x/.venv/lib/a.py"]);
  });
});
