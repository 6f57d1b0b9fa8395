// npm run fix-all: applies all safe fixes to packages as published, and runs their own test suites
// before and after. Prints a table and keeps it in test/fix-all/results.md; fails when a test comes
// to something else, a file does not parse any more, or a second --fix changes anything.
import { mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { tableOf, writePage } from "./fix-all/page.mjs";
import { tryPackage } from "./fix-all/try-package.mjs";
import { cleanUpWhenStopped, runMain, runOrFail, stopAllOnSignals } from "./processes.mjs";
import { findPython, findPythons } from "./python.mjs";

const help = `npm run fix-all [-- --only=PACKAGE,PACKAGE]

Runs the test suites of the packages in scripts/fix-all/packages.json as published and after
\`check --fix --select ALL\`, and compares them test by test.

  --only=NAME,...   only these packages; the page is not written
  --cli=FILE        this build of the command line instead of a new one
`;

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");

async function main() {
  const { values } = parseArgs({
    options: {
      only: { type: "string", multiple: true },
      cli: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(help);
  const only = values.only?.flatMap(names => names.split(","));
  const pythons = await defaultAndOldest();
  const packages = await readPackages(only);
  // Kept after each package, so that a run which is stopped is not lost.
  const keep = async results => {
    if (only) return;
    await writePage(join(root, "test/fix-all"), results, { pythons, of: packages.length });
  };
  const results = await tryAll(packages, { pythons, cli: await builtCli(values.cli), keep });
  console.log(tableOf(results));
  if (results.some(({ problems }) => problems.length > 0)) process.exitCode = 1;
}

/** One after the other: a suite may be slow, and its tests may know the time. */
async function tryAll(packages, { pythons, cli, keep }) {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "fix-all-")));
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 3 });
  const done = cleanUpWhenStopped(remove);
  const results = [];
  try {
    for (const tested of packages) {
      console.error(`${tested.name} ${tested.version}`);
      const started = performance.now();
      const result = await triedOrFailed(tested, { pythons, cli, folder });
      console.error(`  ${((performance.now() - started) / 1000).toFixed(0)} s`);
      for (const problem of result.problems) console.error(`  ${problem}`);
      results.push({ tested, ...result });
      await keep(results);
    }
  } finally {
    await remove();
    done();
  }
  return results;
}

/** A package that cannot be tried must not hide what the others came to. */
async function triedOrFailed(tested, context) {
  try {
    return await tryPackage(tested, context);
  } catch (error) {
    return { isTried: false, problems: [`${error.message}\n${error.output ?? error.stack}`] };
  }
}

async function readPackages(only) {
  const file = new URL("fix-all/packages.json", import.meta.url);
  const packages = JSON.parse(await readFile(file, "utf8"));
  const unknown = only?.filter(name => !packages.some(each => each.name === name)) ?? [];
  if (unknown.length > 0) throw new Error(`not in packages.json: ${unknown.join(", ")}`);
  return only ? packages.filter(({ name }) => only.includes(name)) : packages;
}

async function builtCli(path) {
  if (path) return resolve(path);
  await runOrFail(process.execPath, ["esbuild.js"], { cwd: root });
  return join(root, "dist/cli.js");
}

/** The Python that runs the suites, and the oldest one, which has to parse what fixes write. */
async function defaultAndOldest() {
  const python = await findPython();
  if (!python) throw new Error("needs a Python 3.9 or newer on the PATH");
  const oldest = (await findPythons()).at(-1);
  return oldest.minor === python.minor ? [python] : [python, oldest];
}

stopAllOnSignals();
await runMain(main);
