// From a stop of the debugger to the figures, with half a million traced blocks, over real debugpy.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { runOrFail } from "../processes.mjs";
import { median, table } from "./tables.mjs";

const steps = 8;
const program = fileURLToPath(new URL("workloads/stop.py", import.meta.url));

/** @returns the table as text; `python` has debugpy. */
export async function benchStop({ root, python }) {
  const state = await mkdtemp(join(tmpdir(), "memory-insights-bench-"));
  try {
    const script = join(state, "time-stop.cjs");
    await bundle(root, script);
    const line = (await readFile(program, "utf8")).split("\n").indexOf("steps = 0") + 1;
    const args = [script, python, program, String(line), String(steps)];
    const { stdout } = await runOrFail(process.execPath, args, { cwd: root });
    const times = Object.entries(JSON.parse(stdout));
    return table([
      ["level", "blocks", "size in all", "lines", "next stop, for a step at once"],
      ...times.map(([level, stops]) => row(level, stops)),
    ]);
  } finally {
    await rm(state, { recursive: true, force: true });
  }
}

function bundle(root, outfile) {
  return build({
    absWorkingDir: root,
    entryPoints: ["test/dap/time-stop.ts"],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    loader: { ".md": "text" },
    logLevel: "warning",
  });
}

function row(level, stops) {
  const of = key => {
    const values = stops.map(stop => stop[key]);
    return `${median(values).toFixed(0)} ms, at most ${Math.max(...values).toFixed(0)}`;
  };
  const blocks = stops.at(-1).blocks;
  return [level, blocks === 0 ? "not counted" : blocks, of("total"), of("lines"), of("step")];
}
