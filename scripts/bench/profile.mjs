// What profiling costs a program: our levels beside a plain run, tracemalloc and memray.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "../processes.mjs";
import { mebibytes, median, table, times } from "./tables.mjs";

const workloads = ["objects", "text", "frames"];

/** @returns the table as text; each figure is the program's own, seen from inside of it. */
export async function benchProfile({ root, python, rounds, say }) {
  const state = await mkdtemp(join(tmpdir(), "memory-insights-bench-"));
  const cli = [process.execPath, join(root, "dist", "cli.js"), "profile", "--python", python];
  const runFile = join(state, "run.memprofile");
  const capture = join(state, "capture.bin");
  const tools = [
    ["plain", script => [python, script]],
    ["live (ours)", script => [...cli, "-o", runFile, script]],
    ["allocations (ours)", script => [...cli, "--level", "allocations", "-o", runFile, script]],
    ["tracemalloc, 1 frame", script => [python, "-X", "tracemalloc=1", script]],
    ["memray", script => [python, "-m", "memray", "run", "-q", "-f", "-o", capture, script]],
  ];
  try {
    const rows = [];
    for (const workload of workloads) {
      say(`  ${workload}`);
      rows.push(...(await benchWorkload(workload, tools, state, rounds)));
    }
    return table([["workload", "tool", "CPU", "wall", "extra RSS"], ...rows]);
  } finally {
    await rm(state, { recursive: true, force: true });
  }
}

async function benchWorkload(workload, tools, state, rounds) {
  const script = fileURLToPath(new URL(`workloads/${workload}.py`, import.meta.url));
  const figures = new Map(tools.map(([name]) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, commandFor] of tools) {
      figures.get(name).push(await once(commandFor(script), state, name));
      await rm(join(state, "run.memprofile"), { force: true });
    }
  }
  const of = (name, key) => median(figures.get(name).map(each => each[key]));
  return tools.map(([name]) => [
    workload,
    name,
    times(of(name, "cpu") / of("plain", "cpu")),
    times(of(name, "wall") / of("plain", "wall")),
    mebibytes(of(name, "rss") - of("plain", "rss")),
  ]);
}

async function once([command, ...args], state, name) {
  const outcome = join(state, "outcome.json");
  const { code, output } = await run(command, args, {
    cwd: state,
    env: { BENCH_OUTCOME: outcome },
  });
  if (code !== 0) throw new Error(`${name} failed with ${code}:\n${output}`);
  return JSON.parse(await readFile(outcome, "utf8"));
}
