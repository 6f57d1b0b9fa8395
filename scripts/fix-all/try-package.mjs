// One package: its suite before and after all safe fixes of all rules.
import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { environmentOf, sourceOf } from "./environment.mjs";
import { differences, stableOutcomes } from "./outcomes.mjs";
import { ensureOwnCode, runSuite } from "./suite.mjs";
import { changedFiles, digestsOf, fixTree, parsedBy, safeFixesOf } from "./tree.mjs";

const mostRunsBefore = 3;

/**
 * Runs the suite of a package as published and after fixes. Where a test differs, the suite runs
 * twice more as published, to leave out what does not agree with itself. `problems` has a line for
 * each thing that is not as it should be.
 *
 * @param pythons those that must still parse each file; the suite runs on the first.
 * @param folder for the trees; the suite always finds its tree at the same path.
 */
export async function tryPackage(tested, { pythons, cli, folder }) {
  const [python] = pythons;
  const source = await sourceOf(tested, python);
  const interpreter = await environmentOf(tested, python);
  const tree = join(folder, tested.name);
  const runAsPublished = async () => {
    await renew(source, tree);
    return runSuite(tested, interpreter, tree);
  };

  const runs = [await runAsPublished()];
  await renew(source, tree);
  await ensureOwnCode(tested, interpreter, tree);
  const fixed = await fix(tree, pythons, cli);
  const after = await runSuite(tested, interpreter, tree);
  if (differences(runs[0], after, []).length > 0) {
    while (runs.length < mostRunsBefore) runs.push(await runAsPublished());
  }
  const { outcomes: before, flaky } = stableOutcomes(runs);
  const changed = differences(before, after, flaky);
  return { ...fixed, before, after, flaky, problems: [...fixed.problems, ...changed] };
}

async function renew(source, tree) {
  await rm(tree, { recursive: true, force: true, maxRetries: 3 });
  await cp(source, tree, { recursive: true });
}

/** Fixes a tree, and looks whether it still parses and is the same when fixed again. */
async function fix(tree, pythons, cli) {
  const original = await digestsOf(tree);
  const parsed = await parsedByEach(pythons, tree);
  const rules = await safeFixesOf(cli, tree);
  const fixes = await fixTree(cli, tree);
  const once = await digestsOf(tree);
  const unparsed = lost(parsed, await parsedByEach(pythons, tree));
  const again = await fixTree(cli, tree);
  const moved = changedFiles(once, await digestsOf(tree));
  return {
    fixes,
    rules,
    files: changedFiles(original, once),
    parsed: parsed[0].paths.length,
    problems: [
      ...unparsed,
      ...(again > 0 ? [`a second --fix fixed ${again} more`] : []),
      ...moved.map(path => `${path}: changed by a second --fix`),
    ],
  };
}

async function parsedByEach(pythons, tree) {
  const found = [];
  for (const python of pythons) found.push({ python, paths: await parsedBy(python, tree) });
  return found;
}

/** The files that a Python could parse before and cannot any more. */
function lost(before, after) {
  return before.flatMap(({ python, paths }, index) => {
    const now = new Set(after[index].paths);
    const gone = paths.filter(path => !now.has(path));
    return gone.map(path => `${path}: Python ${python.version} cannot parse it any more`);
  });
}
