// npm run harmless: runs CPython's own tests, and those of packages, with and without the probe,
// compares them test by test and keeps the table in test/harmless/results.md. What is known of a run
// that was stopped is not run again; fails when a test differs without a reason in scripts/harmless/known.json.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { tableOf, writePage } from "./harmless/page.mjs";
import { labelOf } from "./harmless/program.mjs";
import { isHarmed, mergeRows, readRows, rowOf } from "./harmless/rows.mjs";
import { digestOf } from "./harmless/run-suite.mjs";
import { trySuite } from "./harmless/try-suite.mjs";
import { ProgramFailed, run, runMain, runOrFail, stopAllOnSignals } from "./processes.mjs";
import { findPythons } from "./python.mjs";

const help = `npm run harmless [-- --python=3.13,3.11 --suite=gc,threading]

Runs test suites of CPython, and of packages that it fetches by pip, as they are and under the probe,
on each Python found that has its tests.

  --python=3.N,...   only these Pythons; the page keeps what is known of the others
  --suite=NAME,...   only these suites, as in suites.json and packages.json of scripts/harmless;
                     \`none\` runs nothing and writes the page from what is known
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
  const suites = [...(await readList("suites.json")), ...(await readList("packages.json"))];
  const rows = await tryAll(suites, await withTests(), {
    wanted: chosenBy(values),
    known: await readList("known.json"),
    folder: join(root, "test/harmless"),
    cli: join(root, "dist/cli.js"),
    results: join(root, ".cache/harmless"),
    digest: await digestOf(join(root, "dist/probe")),
    stopped: stopped(),
  });
  console.log(tableOf(rows));
  if (rows.some(isHarmed)) process.exitCode = 1;
}

/** One after the other: these tests know the time. The page is kept after each. Returns all rows. */
async function tryAll(suites, pythons, { wanted, known, folder, ...context }) {
  const all = suites.flatMap(suite =>
    pythons
      .filter(({ minor }) => minor >= (suite.since ?? 0))
      .map(python => ({ suite, python, isWanted: wanted(suite, python) })),
  );
  let rows = await readRows(folder);
  const note = async ({ suite, python }, isRead) => {
    const result = await tryOrSay(suite, python, { ...context, isRead });
    const fresh = result ? [rowOf(result, known, context.digest)] : [];
    rows = mergeRows(rows, fresh, suites.map(labelOf));
  };
  for (const each of all) await note(each, true);
  await writePage(folder, rows);
  for (const each of all.filter(({ isWanted }) => isWanted)) {
    console.error(`${labelOf(each.suite)}, Python ${each.python.version}`);
    await note(each, false);
    await writePage(folder, rows);
  }
  return rows;
}

/** Tells when this process is asked to end: what runs then is ended too, and says nothing. */
function stopped() {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(name, () => controller.abort());
  return controller.signal;
}

/** Not each package is there for each Python. */
async function tryOrSay(suite, python, context) {
  try {
    return await trySuite(suite, python, context);
  } catch (error) {
    if (!(error instanceof ProgramFailed)) throw error;
    console.error(`${error.message}\n${error.output.slice(-500)}`);
    return undefined;
  }
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
