// npm run bench [-- --rounds=5] [--quick] [--only=check,edits,memory,profile,stop,activation,sizes]: the product
// beside its peers, in one run; --only=instructions counts what the live level executes (valgrind, 20 minutes). Machines are noisy: medians of runs that take turns, and ratios.
import { readdir, stat } from "node:fs/promises";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { benchCheck } from "./bench/check.mjs";
import { benchEdits, textsToEdit } from "./bench/edits.mjs";
import { benchInstructions } from "./bench/instructions.mjs";
import { benchMemory } from "./bench/memory.mjs";
import { benchPython } from "./bench/peers.mjs";
import { benchProfile } from "./bench/profile.mjs";
import { benchStop } from "./bench/stop.mjs";
import { median, table } from "./bench/tables.mjs";
import { installBrowserEditor } from "./browser-editor.mjs";
import { installOnce } from "./cache.mjs";
import { ensureChromium } from "./chromium.mjs";
import { runBrowserHost } from "./host-tests.mjs";
import { run, runOrFail, stopAllOnSignals } from "./processes.mjs";
import { environmentFor, findPythons } from "./python.mjs";

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");
const all = ["check", "edits", "memory", "profile", "stop", "activation", "sizes"];
/** Real files to type into, beside those of the benchmark's own packages. */
const sqlalchemy = "sqlalchemy==2.0.44";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    only: { type: "string" },
    // Leaves out the profilers that take minutes for each workload.
    quick: { type: "boolean", default: false },
  },
});
const { quick } = values;
const rounds = Number(values.rounds);
const only = values.only?.split(",") ?? all;
stopAllOnSignals();

const built = await run(process.execPath, ["esbuild.js", "--production"], { cwd: root });
if (built.code !== 0) throw new Error(built.output);
const python = await benchPython();
console.log(
  `${cpus().length} cores, Node ${process.versions.node}, Python ${python.version}, ${rounds} rounds\n`,
);

if (only.includes("check")) {
  const packages = await packagesOf(python.interpreter);
  for (const name of ["django", "sympy", "pandas"]) {
    const target = join(packages, name);
    // Pylint takes a minute and more for each: one tells enough.
    const hasPylint = name === "django";
    console.log(`## check, on the package ${name}\n`);
    console.log(
      `${await benchCheck({ root, python: python.interpreter, target, rounds, hasPylint })}\n`,
    );
  }
}
if (only.includes("edits")) {
  console.log("## from a keystroke to the findings, through the language servers\n");
  const ruff = join(dirname(python.interpreter), "ruff");
  const texts = await textsToEdit(await filesToEdit(python.interpreter));
  console.log(`${await benchEdits({ root, ruff, texts, spots: rounds * 4 })}\n`);
}
if (only.includes("memory")) {
  console.log("## memory of the language server\n");
  const folder = join(await packagesOf(python.interpreter), "pandas");
  console.log(`${await benchMemory({ root, folder })}\n`);
}
if (only.includes("profile")) {
  console.log("## profile, as ratios to a plain run\n");
  console.log(
    `${await benchProfile({ root, python: python.interpreter, rounds, quick, say: line => console.error(line) })}\n`,
  );
}
if (only.includes("instructions")) {
  console.log("## what the live level executes\n");
  const say = line => console.error(line);
  console.log(`${await benchInstructions({ root, python: python.interpreter, say })}\n`);
}
if (only.includes("stop")) {
  console.log("## from a stop of the debugger to the figures\n");
  const [newest] = await findPythons();
  console.log(`${await benchStop({ root, python: await environmentFor(newest) })}\n`);
}
if (only.includes("activation")) {
  console.log("## activation, in the real VS Code\n");
  console.log(`${await activation()}\n`);
}
if (only.includes("sizes")) {
  console.log("## bundles\n");
  console.log(`${await sizes()}\n`);
}

async function packagesOf(interpreter) {
  const where = [
    "-c",
    "import django, os; print(os.path.dirname(os.path.dirname(django.__file__)))",
  ];
  return (await runOrFail(interpreter, where)).stdout.trim();
}

async function filesToEdit(interpreter) {
  const library = await runOrFail(interpreter, ["-c", "import heapq; print(heapq.__file__)"]);
  const sql = await installOnce(`bench-${sqlalchemy}`, async temporary => {
    const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--no-deps", "--target"];
    await runOrFail(interpreter, [...pip, temporary, sqlalchemy]);
  });
  const module = name => join(sql, "sqlalchemy", "sql", `${name}.py`);
  return {
    heapq: library.stdout.trim(),
    elements: module("elements"),
    others: [module("selectable"), module("compiler")],
    frame: join(await packagesOf(interpreter), "pandas", "core", "frame.py"),
  };
}

async function activation() {
  const [newest] = await findPythons();
  const options = {
    entry: join(root, "scripts", "bench", "activation.cjs"),
    python: await environmentFor(newest),
    chromium: (await ensureChromium(() => undefined)).path,
    editor: await installBrowserEditor(),
    say: () => undefined,
  };
  const figures = [];
  for (let round = 0; round < Math.min(rounds, 3); round++) {
    const { activationMs, wasActive, lines } = await runBrowserHost(options);
    if (activationMs === undefined || wasActive)
      throw new Error(`not measured: ${lines.join(" ")}`);
    figures.push(activationMs);
  }
  return table([
    ["what", "median", "runs"],
    ["activate()", `${median(figures).toFixed(0)} ms`, figures.length],
  ]);
}

async function sizes() {
  const dist = join(root, "dist");
  const names = (await readdir(dist)).filter(name => /\.(js|css|wasm|ttf)$/.test(name)).sort();
  const rows = [];
  for (const name of names) {
    const path = join(dist, name);
    const { size } = await stat(path);
    rows.push([name, kilobytes(size), kilobytes(gzipSync(readFileSync(path)).length)]);
  }
  return table([["bundle", "minified", "gzipped"], ...rows]);
}

function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(0)} kB`;
}
