import { spawnSync } from "node:child_process";

/**
 * Runs a Python script on text from standard input and reads its JSON. Tests that compare with
 * CPython need a Python; the one named by the test command, else the first on the path.
 */
export function askPython(script: string, input: unknown): unknown {
  const python = process.env["MEMORY_INSIGHTS_PYTHON"] ?? "python3";
  const run = spawnSync(python, ["-c", script], {
    input: JSON.stringify(input),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (run.status !== 0) throw new Error(`${python}: ${run.error?.message ?? run.stderr}`);
  return JSON.parse(run.stdout);
}
