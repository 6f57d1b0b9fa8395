// Runs the suite of a package over a tree, with the code of that tree.
import { readFile, rm } from "node:fs/promises";
import { delimiter, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { ProgramFailed, run, runOrFail } from "../processes.mjs";

const plugin = fileURLToPath(new URL(".", import.meta.url));
const mostMilliseconds = 10 * 60_000;

/**
 * Runs the suite and returns `{ [id]: outcome }`.
 *
 * @throws ProgramFailed when pytest ends without a report, or runs no test
 */
export async function runSuite(tested, interpreter, tree) {
  const report = `${tree}.outcomes.json`;
  await rm(report, { force: true });
  const { suite, args = [] } = tested;
  const own = ["-m", "pytest", "-q", "-p", "outcomes", "-p", "no:cacheprovider", "-o", "addopts="];
  const result = await run(
    interpreter,
    [...own, "--tb=short", "--continue-on-collection-errors", ...args, ...suite],
    {
      cwd: tree,
      env: { ...environment(tested, tree), FIX_ALL_OUTCOMES: report },
      timeoutMs: mostMilliseconds,
    },
  );
  const text = await readFile(report, "utf8").catch(() => "{}");
  const outcomes = JSON.parse(text);
  // 1: some tests failed, which the comparison judges; all above means that not all of it was run.
  if (result.code > 1 || Object.keys(outcomes).length === 0) {
    throw new ProgramFailed(`pytest ended with ${result.code}`, result.output.slice(-3000));
  }
  return outcomes;
}

/** Makes sure that the suite tests the tree, and not the copy in the environment. */
export async function ensureOwnCode(tested, interpreter, tree) {
  const { module } = tested;
  const program = `import ${module}; print(${module}.__file__)`;
  const options = { cwd: tree, env: environment(tested, tree) };
  const { stdout } = await runOrFail(interpreter, ["-c", program], options);
  const path = relative(tree, stdout.trim());
  if (path.startsWith(`..${sep}`))
    throw new Error(`${module} was not imported from its tree: ${stdout.trim()}`);
}

function environment({ code = "." }, tree) {
  return {
    PYTHONPATH: [join(tree, code), plugin].join(delimiter),
    PYTHONDONTWRITEBYTECODE: "1",
    PYTHONHASHSEED: "0",
  };
}
