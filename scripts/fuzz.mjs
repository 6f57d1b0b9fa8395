// npm run fuzz -- --count=100000 --seed=1: mutated texts of the corpus through the analyzer, in one
// thread. No text may raise an error, take more than its share of time, give findings outside the
// text, or other findings after edits than from scratch; no fix may break it. A text that does is
// kept in .cache/fuzz with what it takes to try it again: --seed=… --only=….
import { readdirSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import { table } from "./bench/tables.mjs";
import { corpusFolders, pythonFilesOf } from "./corpus-folders.mjs";
import { measureShapes } from "./fuzz/shapes.mjs";

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");
const out = join(root, ".cache/fuzz");
const budget = { leastMs: 50, msPer100kB: 1000 };
/** Longer than any text may take; then the thread is ended. */
const hangMs = 60_000;
/** With more failures than this, more inputs tell nothing new. */
const mostFailures = 50;

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "100000" },
    seed: { type: "string" },
    /** One input alone, by its number. */
    only: { type: "string" },
    /** Ends early, with what was tried until then. */
    minutes: { type: "string" },
    /** Leaves out the inputs, or the table of shapes. */
    shapes: { type: "boolean", default: false },
    "no-shapes": { type: "boolean", default: false },
    /** Keeps the tables in test/fuzz/results.md. */
    write: { type: "boolean", default: false },
  },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000_000);
const only = values.only === undefined ? null : Number(values.only);

await mkdir(out, { recursive: true });
await bundle();
const failures = [];
const sections = [];
if (!values.shapes) sections.push(await fuzz());
if (!values["no-shapes"] && only === null) sections.push(await shapes());
const text = sections.join("\n\n");
console.log(text);
if (values.write) await write(text);
if (failures.length > 0) process.exitCode = 1;

async function bundle() {
  await build({
    absWorkingDir: root,
    entryPoints: { worker: "test/fuzz/worker.ts", shapes: "test/fuzz/time-shape.ts" },
    outdir: out,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    outExtension: { ".js": ".cjs" },
    loader: { ".md": "text" },
    sourcemap: "inline",
    logLevel: "warning",
  });
}

async function fuzz() {
  const started = Date.now();
  const folders = await corpusFolders();
  const files = (await Promise.all(folders.map(each => pythonFilesOf(each.folder)))).flat();
  const pages = readdirSync(join(root, "src/rules"), { recursive: true })
    .filter(name => name.endsWith(".md"))
    .sort()
    .map(name => join(root, "src/rules", name));
  const from = only ?? 0;
  const to = only === null ? Number(values.count) : only + 1;
  const deadline = values.minutes ? started + Number(values.minutes) * 60_000 : Infinity;
  const total = {};
  for (let next = from; next < to && failures.length < mostFailures && Date.now() < deadline;) {
    next = await runThread({ from: next, to, deadline, total, inputs: { seed, files, pages } });
  }
  const { inputs = 0, characters = 0, findings = 0, broken = 0, edits = 0, fixed = 0 } = total;
  const rows = [
    ["Inputs", inputs],
    ["of them not valid Python", broken],
    ["Characters", `${(characters / 1e6).toFixed(1)} million`],
    ["Findings", findings],
    ["Edits compared with an analysis from scratch", edits],
    ["Inputs of which every fix was applied", fixed],
    ["Failures", failures.length],
    ["Slowest input, share of its time limit", `${((total.slowest ?? 0) * 100).toFixed(0)} %`],
    ["Minutes", ((Date.now() - started) / 60_000).toFixed(0)],
  ];
  const about = `Over ${files.length} files: ${folders.map(each => each.name).join(", ")}.`;
  return `## Mutated files\n\n${about} Seed ${seed}.\n\n${table([["What", "How many"], ...rows])}`;
}

/** Runs inputs until the last one, a hang or the deadline; gives the number to go on with. */
async function runThread({ from, to, deadline, total, inputs }) {
  const at = new SharedArrayBuffer(4);
  const place = new Int32Array(at);
  place[0] = from;
  const base = { ...total };
  const worker = openThread({ ...inputs, from, to, at, isDump: false });
  worker.on("message", message => {
    if (message.kind === "progress") addTotals(total, base, message.total);
    else void keepFailure(message);
  });
  return new Promise((resolve, reject) => {
    let seen = { index: -1, since: Date.now() };
    let shown = Date.now();
    const timer = setInterval(() => {
      const index = Atomics.load(place, 0);
      const now = Date.now();
      if (index !== seen.index) seen = { index, since: now };
      if (now - shown > 60_000) {
        shown = now;
        console.log(`${index} of ${to}, ${failures.length} failures`);
      }
      const isHanging = now - seen.since > hangMs;
      if (!isHanging && now < deadline && failures.length < mostFailures) return;
      if (isHanging) void dump(inputs, index);
      end(index + 1);
    }, 1000);
    const end = next => {
      clearInterval(timer);
      void worker.terminate().then(() => resolve(next));
    };
    worker.once("error", reject);
    worker.once("exit", () => end(to));
  });
}

function openThread(task) {
  // No deeper a stack than the main thread has, where the command line and the server analyse.
  const resourceLimits = { stackSizeMb: 1 };
  return new Worker(join(out, "worker.cjs"), { workerData: { ...task, budget }, resourceLimits });
}

function addTotals(total, base, added) {
  for (const [name, value] of Object.entries(added)) {
    total[name] = name === "slowest" ? Math.max(base[name] ?? 0, value) : (base[name] ?? 0) + value;
  }
}

async function dump(inputs, index) {
  const task = { ...inputs, from: index, to: index + 1, isDump: true };
  const worker = openThread({ ...task, at: new SharedArrayBuffer(4) });
  worker.on("message", message => {
    if (message.kind !== "input") return;
    void keepFailure({ ...message, reason: `no answer within ${hangMs / 1000} s` });
  });
}

async function keepFailure({ index, input, reason }) {
  failures.push(index);
  const name = `${seed}-${index}`;
  console.error(`\n--seed=${seed} --only=${index}: ${reason.slice(0, 1500)}`);
  await writeFile(join(out, `${name}.py`), input.text);
  await writeFile(join(out, `${name}.json`), JSON.stringify({ ...input, reason }, null, 1));
}

async function shapes() {
  const { rows, late } = await measureShapes(join(out, "shapes.cjs"), budget);
  failures.push(...late);
  for (const name of late) console.error(`failed, or more than its share: ${name}`);
  const head = ["Shape", "Pieces", "MB", "Seconds", "ns a character", "Of its limit", "Growth"];
  const text = `A text of one shape each, in a process of its own. The growth is its time for each character beside
that of a text of a quarter of its pieces: 1 is time in proportion to the text, 4 would be quadratic,
and above 2 is a failure where the text takes a tenth of a second or more.`;
  return `## Shapes\n\n${text}\n\n${table([head, ...rows])}`;
}

/** The tables as a page, in place only when it is whole. */
async function write(tables) {
  const day = new Date().toISOString().slice(0, 10);
  const machine = `${cpus().length} cores, Node ${process.versions.node}`;
  const command = ["npm run fuzz --", ...process.argv.slice(2)].join(" ");
  const page = `# The fuzzer

Written by \`${command}\` on ${day} (${machine}). All rules are on. An input may take
${budget.msPer100kB} ms of processor time for 100 000 characters, and ${budget.leastMs} ms however short it is.

${tables}
`;
  const draft = join(root, "test/fuzz/.results.md.tmp");
  await writeFile(draft, page);
  await rename(draft, join(root, "test/fuzz/results.md"));
}
