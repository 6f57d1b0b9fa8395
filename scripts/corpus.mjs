// npm run corpus: `check` over the standard library of the Python found here and over large
// packages, each in one run without a cache. Prints a table and keeps it in test/corpus/results.md;
// fails when a run ends otherwise than with a report or a file takes more than its share.
import { mkdir, rename, stat, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { table } from "./bench/tables.mjs";
import { corpusFolders, pythonFilesOf } from "./corpus-folders.mjs";
import { run, runOrFail, stopAllOnSignals } from "./processes.mjs";

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");
const mostMillisecondsPerFile = 2000;

stopAllOnSignals();
await runOrFail(process.execPath, ["esbuild.js"], { cwd: root });
const rows = [];
for (const target of await corpusFolders()) rows.push(await check(target));
const head = ["Corpus", "Files", "MB", "Findings", "Seconds", "Slowest file", "Its ms of CPU"];
const text = table([head, ...rows.map(({ cells }) => cells)]);
console.log(text);
await write(text);
const failures = rows.flatMap(row => row.failures);
for (const failure of failures) console.error(failure);
if (failures.length > 0) process.exitCode = 1;

/** One run of the shipped command over one folder. */
async function check({ name, folder }) {
  const started = performance.now();
  const args = ["check", "--no-cache", "--timings", folder];
  const result = await run(process.execPath, [join(root, "dist/cli.js"), ...args], {
    cwd: folder,
    timeoutMs: 15 * 60_000,
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const { files, findings } = readSummary(result.stdout);
  const [, slowest, path] = /^(\d+) ms (.*)$/m.exec(result.stderr) ?? ["", "?", "?"];
  const failures = [];
  if (files === null || ![0, 1].includes(result.code)) {
    failures.push(`${name}: ended with ${result.code}\n${result.stderr.slice(-2000)}`);
  }
  if (/failed and was skipped/.test(result.stderr)) failures.push(`${name}: ${result.stderr}`);
  if (Number(slowest) > mostMillisecondsPerFile)
    failures.push(`${name}: ${path} took ${slowest} ms`);
  const megabytes = (await pythonBytes(folder)) / 1e6;
  const cells = [name, files, megabytes.toFixed(1), findings, seconds, path, slowest];
  return { cells: cells.map(String), failures };
}

function readSummary(output) {
  const found = /Found (\d+) memory problems? in \d+ files? of (\d+) files?/.exec(output);
  if (found) return { findings: Number(found[1]), files: Number(found[2]) };
  // Without findings the number of files is said only when all of them could be read.
  const none = /No memory problems (?:found|in (\d+) files?)/.exec(output);
  return { findings: 0, files: none ? (none[1] ?? "?") : null };
}

async function pythonBytes(folder) {
  let bytes = 0;
  for (const path of await pythonFilesOf(folder)) bytes += (await stat(path)).size;
  return bytes;
}

/** The table as a page, in place only when it is whole. */
async function write(text) {
  const folder = join(root, "test/corpus");
  await mkdir(folder, { recursive: true });
  const day = new Date().toISOString().slice(0, 10);
  const machine = `${cpus().length} cores, Node ${process.versions.node}`;
  const page = `# The corpus

Written by \`npm run corpus\` on ${day} (${machine}). Each row is one run of
\`check --no-cache\`; a file may take at most ${mostMillisecondsPerFile} ms of processor time.

${text}
`;
  const draft = join(folder, ".results.md.tmp");
  await writeFile(draft, page);
  await rename(draft, join(folder, "results.md"));
}
