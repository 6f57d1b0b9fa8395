// What the live level costs a program in instructions, which no other work on the machine changes.
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "../processes.mjs";
import { table } from "./tables.mjs";

const workloads = ["nothing", "objects", "text", "frames", "arrays", "server"];

/**
 * Counts by valgrind's callgrind what the threads of a program execute, plain and with the probe at
 * the live level. The probe's own thread works by the clock, and a counted program takes fifty times
 * as long: what that thread takes is measured in an ordinary run.
 *
 * @returns the table as text
 */
export async function benchInstructions({ root, python, say }) {
  const { code } = await run("valgrind", ["--version"]);
  if (code !== 0) throw new Error("valgrind is needed to count instructions");
  const state = await mkdtemp(join(tmpdir(), "memory-insights-bench-"));
  try {
    const rows = [["workload", "plain", "with the probe", "more", "the probe's thread"]];
    for (const workload of workloads) {
      say(`  ${workload}`);
      rows.push([workload, ...(await benchWorkload(workload, { root, python, state }))]);
    }
    return table(rows);
  } finally {
    await rm(state, { recursive: true, force: true });
  }
}

async function benchWorkload(workload, { root, python, state }) {
  const script = fileURLToPath(new URL(`workloads/${workload}.py`, import.meta.url));
  const runFile = join(state, "run.memprofile");
  const profiled = interpreter => [
    ...[process.execPath, join(root, "dist", "cli.js"), "profile"],
    ...["--python", interpreter, "-o", runFile, script],
  ];
  // Brings the probe's bytecode to where the next runs find it.
  await once(profiled(python), state);
  const share = await ownShare(runFile);
  const plain = await countedRun(state, python, interpreter => [interpreter, script]);
  const live = await countedRun(state, python, profiled);
  const before = sum(plain);
  // The probe's thread starts before the program does, and so comes second.
  const after = sum(live) - (live[1] ?? 0);
  return [
    millions(before),
    millions(after),
    percent(after / before - 1),
    share === null ? "too short to tell" : percent(share),
  ];
}

/** Instructions of each thread, in the order in which they started. */
async function countedRun(state, python, commandWith) {
  const output = join(state, "callgrind");
  const counting = join(state, "python");
  // Only the workload itself is counted, not what asks the interpreter about itself.
  await writeFile(
    counting,
    `#!/bin/sh
case "$*" in
*bench/workloads*) exec valgrind -q --tool=callgrind --separate-threads=yes --callgrind-out-file="$CALLGRIND_OUT" "$BENCH_PYTHON" "$@" ;;
*) exec "$BENCH_PYTHON" "$@" ;;
esac
`,
  );
  await chmod(counting, 0o755);
  await once(commandWith(counting), state, { CALLGRIND_OUT: output, BENCH_PYTHON: python });
  const files = (await readdir(state)).filter(name => /^callgrind-\d+$/.test(name)).sort();
  const totals = [];
  for (const name of files) {
    const text = await readFile(join(state, name), "utf8");
    totals.push(Number(/^totals: (\d+)/m.exec(text)?.[1] ?? 0));
    await rm(join(state, name));
  }
  if (totals.length === 0) throw new Error("valgrind wrote no counts");
  return totals;
}

/** The share of one core that the probe's thread took in a run; null where that was too short. */
async function ownShare(runFile) {
  const records = (await readFile(runFile, "utf8")).split("\n").filter(line => line !== "");
  const costs = records.map(line => JSON.parse(line)).filter(({ kind }) => kind === "cost");
  const [first, last] = [costs[0], costs.at(-1)];
  if (!last || last.t - first.t < 500) return null;
  return (last.cpuMs - first.cpuMs) / (last.t - first.t);
}

async function once([command, ...args], state, env = {}) {
  const outcome = join(state, "outcome.json");
  const { code, output } = await run(command, args, {
    cwd: state,
    // The same order of sets and dictionaries each time.
    env: { BENCH_OUTCOME: outcome, PYTHONHASHSEED: "0", ...env },
  });
  if (code !== 0) throw new Error(`${command} failed with ${code}:\n${output}`);
}

const sum = values => values.reduce((total, value) => total + value, 0);
const millions = count => `${(count / 1e6).toFixed(0)} M`;
const percent = share => `${(share * 100).toFixed(1)} %`;
