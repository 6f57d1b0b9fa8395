// Runs measure blocks, each function in a fresh interpreter, and remembers what came out.
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keyOf } from "../cache.mjs";
import { run } from "../processes.mjs";

const timeoutMs = 60_000;

/**
 * Measures a block on a Python, `{ interpreter, version, packages }`, and returns `bad` and `fixed`
 * as `{ peak, retained }` in bytes. `root` is the checkout; the figures are kept below its .cache,
 * under a name made of all that they depend on, and `isFresh` measures anew.
 *
 * @throws Error when the block fails, with what Python said
 */
export async function measureBlock(code, python, { root, isFresh = false }) {
  const script = join(root, "scripts", "measure", "measure.py");
  const cache = join(root, ".cache", "measure");
  const key = keyOf(code, python.version, python.packages ?? "", readFileSync(script, "utf8"));
  const file = join(cache, `${key}.json`);
  const known = isFresh ? undefined : await readFile(file, "utf8").catch(() => undefined);
  if (known) return JSON.parse(known);
  const figures = {
    bad: await measureFunction(code, "bad", { python, script }),
    fixed: await measureFunction(code, "fixed", { python, script }),
  };
  await mkdir(cache, { recursive: true });
  const half = `${file}.${process.pid}`;
  await writeFile(half, JSON.stringify(figures));
  await rename(half, file);
  return figures;
}

/** Blocks may leave temporary files: they and the block lie in a folder that is removed. */
async function measureFunction(code, name, { python, script }) {
  const folder = await mkdtemp(join(tmpdir(), "memory-insights-measure-"));
  try {
    const block = join(folder, "block.py");
    await writeFile(block, code);
    const env = { ...fixedEnvironment, TMPDIR: folder, TEMP: folder, TMP: folder };
    const args = ["-s", "-B", script, block, name];
    const result = await run(python.interpreter, args, { cwd: folder, env, timeoutMs });
    if (result.code !== 0) throw new Error(`${name} failed:\n${result.output.trim()}`);
    return JSON.parse(result.stdout.trim().split("\n").at(-1));
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** What would change the figures from one shell to the next. */
const fixedEnvironment = {
  PYTHONHASHSEED: "0",
  PYTHONMALLOC: "",
  PYTHONTRACEMALLOC: "",
  PYTHONDEVMODE: "",
  PYTHONPATH: "",
  PYTHONSTARTUP: "",
  PYTHONOPTIMIZE: "",
};
