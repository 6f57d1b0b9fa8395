// npm run harmless: runs CPython's own tests with and without the probe, compares them test by test
// and keeps the table in test/harmless/results.md. What is known of a run that was stopped is not
// run again; fails when a test differs without a reason in scripts/harmless/known.json.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { isHarmed, tableOf, writePage } from "./harmless/page.mjs";
import { digestOf } from "./harmless/run-suite.mjs";
import { trySuite } from "./harmless/try-suite.mjs";
import { run, runMain, runOrFail, stopAllOnSignals } from "./processes.mjs";
import { findPythons } from "./python.mjs";

const help = `npm run harmless [-- --python=3.13,3.11 --suite=gc,threading]

Runs test suites of CPython as they are and under the probe, on each Python found that has them.

  --python=3.N,...   only these Pythons; the page keeps what is known of the others
  --suite=NAME,...   only these suites, as in scripts/harmless/suites.json; \`none\` runs nothing and
                     writes the page from what is known
  --built            use dist as it is instead of building it
`;

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");

async function main() {
  const { values } = parseArgs({
    options: {
      python: { type: "string", multiple: true },
      suite: { type: "string", multiple: true },
      built: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(help);
  if (!values.built) await runOrFail(process.execPath, ["esbuild.js"], { cwd: root });
  const known = await readList("known.json");
  const digest = await digestOf(join(root, "dist/probe"));
  const results = await tryAll(await readList("suites.json"), await withTests(), {
    wanted: chosenBy(values),
    known,
    cli: join(root, "dist/cli.js"),
    results: join(root, ".cache/harmless"),
    digest,
  });
  await writePage(join(root, "test/harmless"), results, known, digest);
  console.log(tableOf(results, known));
  if (results.some(result => isHarmed(result, known))) process.exitCode = 1;
}

/** One after the other: these tests know the time. The page is kept after each. */
async function tryAll(suites, pythons, { wanted, known, ...context }) {
  const all = suites.flatMap(suite =>
    pythons
      .filter(({ minor }) => minor >= (suite.since ?? 0))
      .map(python => ({ suite, python, isWanted: wanted(suite, python) })),
  );
  const results = new Map();
  const note = async (index, isRead) => {
    const { suite, python } = all[index];
    const result = await trySuite(suite, python, { ...context, isRead });
    if (result) results.set(index, result);
  };
  const inOrder = () => [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
  for (const index of all.keys()) await note(index, true);
  for (const [index, { suite, python, isWanted }] of all.entries()) {
    if (!isWanted) continue;
    console.error(`test_${suite.name}, Python ${python.version}`);
    await note(index, false);
    await writePage(join(root, "test/harmless"), inOrder(), known, context.digest);
  }
  return inOrder();
}

function chosenBy({ python, suite }) {
  const split = lists => lists?.flatMap(names => names.split(","));
  const [versions, names] = [split(python), split(suite)];
  return (of, { minor }) =>
    (versions?.includes(`3.${minor}`) ?? true) && (names?.includes(of.name) ?? true);
}

/** Some systems leave CPython's tests out of their Python. */
async function withTests() {
  const found = [];
  for (const python of await findPythons()) {
    const { code } = await run(python.executable, ["-I", "-c", "import test.test_gc"]);
    if (code === 0) found.push(python);
    else console.error(`Python ${python.version} comes without its tests`);
  }
  return found;
}

async function readList(name) {
  return JSON.parse(await readFile(new URL(`harmless/${name}`, import.meta.url), "utf8"));
}

stopAllOnSignals();
await runMain(main);
