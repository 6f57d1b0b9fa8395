// `check` beside Ruff and Pylint, on the same package, with the checks that have to do with memory.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "../processes.mjs";
import { mebibytes, median, seconds, table, times } from "./tables.mjs";

const measure = fileURLToPath(new URL("measure.py", import.meta.url));

/** Ruff's and Pylint's rules for the patterns of ours. */
const ruffRules = "B006,B019,C419,FURB129,PERF401,PERF402,SIM115";
const pylintRules =
  "dangerous-default-value,method-cache-max-size-none,use-a-generator,consider-using-generator," +
  "consider-using-join,consider-using-with";

/** What the rows are called of runs with one thread each; their ratio is to Ruff's with one. */
const alone = ", one thread";

/** @returns the table as text; `python` has the peers installed, `target` is a folder of Python. */
export async function benchCheck({ root, python, target, rounds, hasPylint }) {
  const cli = join(root, "dist", "cli.js");
  const node = process.execPath;
  // Its own program, since starting Python would count as Ruff's time.
  const ruff = join(dirname(python), "ruff");
  const state = await mkdtemp(join(tmpdir(), "memory-insights-bench-"));
  const cached = { MEMORY_INSIGHTS_CACHE: join(state, "cache") };
  const ruffCold = [ruff, "check", "--no-cache", "--select", ruffRules, "--preview", target];
  const tools = [
    ["check, cold", [node, cli, "check", "--no-cache", target]],
    ["check, unchanged files", [node, cli, "check", target], cached],
    ["Ruff, cold", ruffCold],
    [
      "Ruff, unchanged files",
      [ruff, "check", "--select", ruffRules, "--preview", target],
      { RUFF_CACHE_DIR: join(state, "ruff") },
    ],
    [`check, cold${alone}`, [node, cli, "check", "--no-cache", "--threads", "1", target]],
    [`Ruff, cold${alone}`, ruffCold, { RAYON_NUM_THREADS: "1" }],
    ...(hasPylint
      ? [["Pylint", [python, "-m", "pylint", "--disable=all", `--enable=${pylintRules}`, target]]]
      : []),
  ];
  try {
    const figures = new Map(tools.map(([name]) => [name, []]));
    // The caches are filled before they are measured.
    await once(python, state, tools[1]);
    await once(python, state, tools[3]);
    for (let round = 0; round < rounds; round++) {
      for (const tool of tools) {
        // Pylint takes a minute a run; once tells enough.
        if (tool[0] === "Pylint" && round > 0) continue;
        figures.get(tool[0]).push(await once(python, state, tool));
      }
    }
    return checkTable(figures);
  } finally {
    await rm(state, { recursive: true, force: true });
  }
}

async function once(python, state, [name, command, env]) {
  const result = join(state, "result.json");
  const { output } = await run(python, [measure, result, ...command], { env });
  const figure = JSON.parse(await readFile(result, "utf8").catch(() => "{}"));
  // Linters exit with 1 to 31 when they have findings; a crash is said with its own words.
  if (figure.code === undefined || figure.code < 0 || /Traceback|Error:/.test(figure.errors)) {
    throw new Error(`${name} failed: ${figure.errors ?? output}`);
  }
  return figure;
}

function checkTable(figures) {
  const wallOf = name => median(figures.get(name).map(each => each.wall));
  const ruffFor = name => wallOf(name.endsWith(alone) ? `Ruff, cold${alone}` : "Ruff, cold");
  const rows = [...figures].map(([name, runs]) => [
    name,
    seconds(wallOf(name)),
    times(wallOf(name) / ruffFor(name)),
    seconds(median(runs.map(each => each.cpu))),
    mebibytes(median(runs.map(each => each.rss))),
    runs.length,
  ]);
  return table([["tool", "wall", "to Ruff", "CPU", "peak RSS", "runs"], ...rows]);
}
