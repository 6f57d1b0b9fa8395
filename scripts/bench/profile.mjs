// What profiling costs a program: our levels beside a plain run, tracemalloc and other profilers.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "../processes.mjs";
import { mebibytes, median, table, times } from "./tables.mjs";

const workloads = ["objects", "text", "frames", "arrays", "server"];
const byLine = fileURLToPath(new URL("by_line.py", import.meta.url));
// A start is over in some milliseconds: it takes more runs to tell one from another.
const startsPerRound = 5;

/** @returns two tables as text; each figure is the program's own, seen from inside of it. */
export async function benchProfile({ root, python, rounds, quick, say }) {
  const state = await mkdtemp(join(tmpdir(), "memory-insights-bench-"));
  const cli = [process.execPath, join(root, "dist", "cli.js"), "profile", "--python", python];
  const runFile = join(state, "run.memprofile");
  const capture = join(state, "capture.bin");
  const memray = [python, "-m", "memray", "run", "-q", "-f", "-o", capture];
  const scalene = [python, "-m", "scalene", "run", "-o", join(state, "scalene.json")];
  const mprof = [python, join(dirname(python), "mprof"), "run", "-o", join(state, "mprof.dat")];
  const tools = [
    ["plain", script => [python, script]],
    ["live (ours)", script => [...cli, "-o", runFile, script]],
    ["allocations (ours)", script => [...cli, "--level", "allocations", "-o", runFile, script]],
    ["tracemalloc, 1 frame", script => [python, "-X", "tracemalloc=1", script]],
    ["memray", script => [...memray, script]],
  ];
  // Some take long, and none of our claims hangs on them.
  const others = [
    ["tracemalloc, 5 frames", script => [python, "-X", "tracemalloc=5", script]],
    ["tracemalloc, 25 frames", script => [python, "-X", "tracemalloc=25", script]],
    ["memray, Python allocators", script => [...memray, "--trace-python-allocators", script]],
    ["Scalene", script => [...scalene, script]],
    ["mprof", script => [...mprof, python, script]],
    ["memory_profiler, by line", script => [python, byLine, script]],
  ];
  try {
    const rows = [];
    for (const workload of workloads) {
      say(`  ${workload}`);
      rows.push(...(await benchWorkload(workload, tools, quick ? [] : others, state, rounds)));
    }
    say("  start");
    const starts = await measureAll("nothing", tools, state, rounds * startsPerRound);
    return [
      table([["workload", "tool", "CPU", "wall", "extra RSS", "runs"], ...rows]),
      "CPU time of a program that does nothing. What starting takes is in the ratios above, too.",
      table([["tool", "CPU", "more than plain"], ...startRows(tools, starts)]),
    ].join("\n\n");
  } finally {
    await rm(state, { recursive: true, force: true });
  }
}

/** @returns the outcomes of each tool by its name; the tools take turns. */
async function measureAll(workload, tools, state, rounds) {
  const script = fileURLToPath(new URL(`workloads/${workload}.py`, import.meta.url));
  const figures = new Map(tools.map(([name]) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, commandFor] of tools) {
      figures.get(name).push(await once(commandFor(script), state, name));
      await rm(join(state, "run.memprofile"), { force: true });
    }
  }
  return figures;
}

async function benchWorkload(workload, tools, others, state, rounds) {
  const figures = await measureAll(workload, tools, state, rounds);
  const seldom = await measureAll(workload, others, state, 1);
  for (const [name, outcomes] of seldom) figures.set(name, outcomes);
  const of = (name, key) => median(figures.get(name).map(each => each[key]));
  return [...figures].map(([name, outcomes]) => [
    workload,
    name,
    times(of(name, "cpu") / of("plain", "cpu")),
    times(of(name, "wall") / of("plain", "wall")),
    mebibytes(of(name, "rss") - of("plain", "rss")),
    outcomes.length,
  ]);
}

function startRows(tools, figures) {
  const cpu = name => median(figures.get(name).map(each => each.cpu));
  return tools.map(([name]) => [name, inMs(cpu(name)), inMs(cpu(name) - cpu("plain"))]);
}

const inMs = seconds => `${(seconds * 1000).toFixed(0)} ms`;

async function once([command, ...args], state, name) {
  const outcome = join(state, "outcome.json");
  const { code, output } = await run(command, args, {
    cwd: state,
    env: { BENCH_OUTCOME: outcome },
  });
  if (code !== 0) throw new Error(`${name} failed with ${code}:\n${output}`);
  return JSON.parse(await readFile(outcome, "utf8"));
}
