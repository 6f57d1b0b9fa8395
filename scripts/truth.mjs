// npm run truth: what is alive at the end of real programs, by line, as the allocations level tells
// it and as memray does; the table is kept in test/truth/results.md.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { benchPython } from "./bench/peers.mjs";
import { table } from "./bench/tables.mjs";
import { runMain, runOrFail, stopAllOnSignals } from "./processes.mjs";

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");
const cli = join(root, "dist/cli.js");
const memrayLines = join(root, "scripts/truth/memray_lines.py");
/** Smaller lines are left out, but for the program that shows the difference on purpose. */
const leastBytes = 100_000;
const mostShown = 12;
const near = 0.02;

async function main() {
  await runOrFail(process.execPath, ["esbuild.js"], { cwd: root });
  const { interpreter, version } = await benchPython();
  const heapq = await runOrFail(interpreter, ["-c", "import heapq; print(heapq.__file__)"]);
  const linted = ["--disable=all", "--enable=unused-import", "--exit-zero", heapq.stdout.trim()];
  const programs = [
    ["pylint on heapq.py", ["-m", "pylint", ...linted], leastBytes],
    ["a script with pandas", [program("sales")], leastBytes],
    ["a script with sympy", [program("algebra")], leastBytes],
    ["lists of a free list", [program("free_list")], 0],
  ];
  const sections = [];
  for (const [name, args, least] of programs) {
    sections.push(await compare(name, args, least, interpreter));
    console.log(sections.at(-1));
  }
  await mkdir(join(root, "test/truth"), { recursive: true });
  await writeFile(join(root, "test/truth/results.md"), page(version, sections));
}

const program = name => join(root, "scripts/truth/programs", `${name}.py`);

async function compare(name, args, least, python) {
  const state = await mkdtemp(join(tmpdir(), "memory-insights-truth-"));
  try {
    const ours = await linesOfProfile(args, state, python);
    const theirs = await linesOfMemray(args, state, python);
    return section(name, differences(ours, theirs, least));
  } finally {
    await rm(state, { recursive: true, force: true });
  }
}

// Names in sets come in the same order in both runs.
const sameOrder = { PYTHONHASHSEED: "0" };

/** @returns what is alive at the end, by `file:line`, as `[bytes, blocks]`. */
async function linesOfProfile(args, cwd, python) {
  const run = join(cwd, "run.memprofile");
  const options = ["--level", "allocations", "--python", python, "-o", run];
  await runOrFail(process.execPath, [cli, "profile", ...options, ...args], { cwd, env: sameOrder });
  const report = await runOrFail(process.execPath, [cli, "report", run, "--format", "json"]);
  const rows = JSON.parse(report.stdout).lines.filter(({ live_bytes: bytes }) => bytes > 0);
  return new Map(
    rows.map(({ file, line, live_bytes, live_blocks }) => [
      `${file}:${line}`,
      [live_bytes, live_blocks],
    ]),
  );
}

async function linesOfMemray(args, cwd, python) {
  const capture = join(cwd, "capture.bin");
  const options = ["run", "-q", "-f", "--trace-python-allocators", "-o", capture];
  await runOrFail(python, ["-m", "memray", ...options, ...args], { cwd, env: sameOrder });
  const { stdout } = await runOrFail(python, [memrayLines, capture]);
  return new Map(
    JSON.parse(stdout).map(([file, line, ...figures]) => [`${file}:${line}`, figures]),
  );
}

/** memray starts when Python is up and its own modules are loaded: what imports made is left out. */
function differences(ours, theirs, least) {
  const bytesIn = (lines, place) => lines.get(place)?.[0] ?? 0;
  const size = place => Math.max(bytesIn(ours, place), bytesIn(theirs, place));
  return [...new Set([...ours.keys(), ...theirs.keys()])]
    .filter(place => !place.startsWith("<") && size(place) >= least)
    .filter(place => least > 0 || place.includes("free_list.py"))
    .sort((a, b) => size(b) - size(a))
    .map(place => {
      const share = Math.abs(bytesIn(ours, place) - bytesIn(theirs, place)) / size(place);
      return { place, ours: ours.get(place), theirs: theirs.get(place), isNear: share <= near };
    });
}

function section(name, rows) {
  const count = rows.filter(({ isNear }) => isNear).length;
  const shown = rows
    .slice(0, mostShown)
    .map(({ place, ours, theirs, isNear }) => [
      place.split(/[\\/]/).slice(-2).join("/"),
      ...[ours, theirs].flatMap(([bytes, blocks] = [0, 0]) => [bytes, blocks]),
      isNear ? "yes" : "no",
    ]);
  const head = ["line", "bytes", "blocks", "bytes, memray", "blocks, memray", "within 2 %"];
  const rest = rows.length > mostShown ? `The ${mostShown} largest:` : "All of them:";
  return [
    `## ${name[0].toUpperCase()}${name.slice(1)}`,
    `${count} of ${rows.length} lines within 2 %. ${rest}`,
    table([head, ...shown]),
  ].join("\n\n");
}

function page(version, sections) {
  const day = new Date().toISOString().slice(0, 10);
  return `# What is alive at the end, beside memray

Written by \`npm run truth\` on ${day} (Python ${version}, ${process.platform}).

Each program ran twice: by \`profile --level allocations\`, and by
\`memray run --trace-python-allocators\`. The lines are those that hold 100 kB or more at the end by
either tool; lines of Python's import system are left out, since memray starts after the first imports.

One thing that tells the two apart are Python's free lists: lists, tuples, dictionaries, floats and
others that are thrown away are kept for the next one of their kind. tracemalloc, which the level
reads, gives such a block to the line that uses it now; memray to the line that made it first, even
when nothing of that line is alive. The last program shows it; how much of the differences in the
others comes from there was not measured.

${sections.join("\n\n")}
`;
}

stopAllOnSignals();
await runMain(main);
