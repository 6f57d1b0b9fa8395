// What runs the tests of a suite: a test module of CPython, or the suite of a package.
import { cp, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ProgramFailed, run } from "../processes.mjs";
import { environmentOf, sourceOf } from "../fix-all/environment.mjs";

export const runner = fileURLToPath(new URL("outcomes.py", import.meta.url));
const startMethod = fileURLToPath(new URL("start_method.py", import.meta.url));
const plugin = fileURLToPath(new URL("../fix-all", import.meta.url));

/** The name of a suite in the table. */
export const labelOf = ({ name, version }) => (version ? `${name} ${version}` : `test_${name}`);

/**
 * Returns `{ executable, args, env, cwd }`; the tests work in `folder` and write to the file `report`.
 *
 * @throws ProgramFailed when a package cannot be had for this Python
 */
export async function programOf(suite, python, folder, report) {
  const cwd = join(folder, "work");
  await mkdir(cwd);
  if (!suite.version) {
    const { module, env } = await moduleOf(suite, python, cwd);
    return { executable: python.executable, args: [runner, report, module], env, cwd };
  }
  // Some packages bring their tests along.
  if (!suite.isInstalled) await cp(await sourceOf(suite, python), cwd, { recursive: true });
  const options = ["-q", "-p", "outcomes", "-p", "no:cacheprovider", "-o", "addopts="];
  return {
    executable: await environmentOf(suite, python),
    args: ["-m", "pytest", ...options, ...suite.suite],
    env: { PYTHONPATH: plugin, FIX_ALL_OUTCOMES: report, PYTHONHASHSEED: "0" },
    cwd,
  };
}

/** Names the module with the tests of a suite; one that is not installed is made where it can be. */
async function moduleOf({ name }, { executable }, cwd) {
  const installed = `test.test_${name}`;
  const ask = "import importlib.util, sys; sys.exit(not importlib.util.find_spec(sys.argv[1]))";
  if ((await run(executable, ["-c", ask, installed])).code === 0) {
    return { module: installed, env: {} };
  }
  if (!name.startsWith("multiprocessing_")) throw new ProgramFailed(`${installed} is missing`, "");
  await cp(startMethod, join(cwd, `test_${name}.py`));
  return { module: `test_${name}`, env: { PYTHONPATH: cwd } };
}

/** Reads what the tests came to, as `{ outcomes, details }`. */
export async function readOutcomes(suite, report) {
  const text = await readFile(report, "utf8").catch(() => "");
  if (suite.version) return { outcomes: JSON.parse(text || "{}"), details: {} };
  const outcomes = {};
  const details = {};
  for (const { id, outcome, detail } of linesOf(text)) {
    // Python 3.12 ends some skipped tests that it never began; they are told already.
    if (outcome === null) continue;
    const name = id.replace(/^test\./, "");
    outcomes[name] = outcome;
    if (outcome === "failed" || outcome === "error") details[name] = detail;
  }
  return { outcomes, details };
}

/** Reads lines of JSON. */
export function linesOf(text) {
  return text.split("\n").flatMap(line => (line ? [JSON.parse(line)] : []));
}
