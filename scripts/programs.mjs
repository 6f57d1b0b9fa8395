// npm run programs: programs of real packages, plain and under `profile` at both levels. The output
// and the exit code must be the same; the table is kept in test/programs/results.md.
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { table } from "./bench/tables.mjs";
import { installOnce, keyOf } from "./cache.mjs";
import { run, runOrFail, stopAllOnSignals } from "./processes.mjs";
import { findPythons } from "./python.mjs";

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");
const requirements = fileURLToPath(new URL("programs/requirements.txt", import.meta.url));
const script = fileURLToPath(new URL("programs/table.py", import.meta.url));
const levels = ["live", "allocations"];

/** Name and arguments for Python (one worker for black: two print in any order); each runs in a folder that holds a copy of the sample. */
const programs = [
  ["black", ["-m", "black", "--check", "--verbose", "--workers", "1", "sample"]],
  ["pylint", ["-m", "pylint", "--score=no", "sample/shop"]],
  ["sphinx", ["-m", "sphinx", "-E", "-a", "-b", "text", "docs", "built"]],
  ["pandas", [script]],
];

stopAllOnSignals();
await runOrFail(process.execPath, ["esbuild.js"], { cwd: root });
const python = await programsPython();
const rows = [];
for (const [name, args] of programs) rows.push(...(await compare(name, args)));
const text = table([["Program", "Level", "Exit code", "Same as plain", "Peak RSS"], ...rows]);
console.log(text);
await keep(text);
if (rows.some(row => row[3] !== "yes")) process.exitCode = 1;

async function programsPython() {
  const found = (await findPythons()).find(each => each.minor >= 11 && each.minor <= 13);
  if (!found) throw new Error("the programs need Python 3.11, 3.12 or 3.13");
  const key = keyOf(found.executable, found.version, readFileSync(requirements, "utf8"));
  const folder = await installOnce(`programs-${found.version}-${key}`, async temporary => {
    await runOrFail(found.executable, ["-m", "venv", temporary]);
    const pip = ["-m", "pip", "install", "--disable-pip-version-check", "-r", requirements];
    await runOrFail(join(temporary, "bin", "python"), pip);
  });
  return { ...found, interpreter: join(folder, "bin", "python") };
}

async function compare(name, args) {
  const plain = await once(args, []);
  const found = [];
  for (const level of levels) {
    const options = ["profile", "--level", level, "--python", python.interpreter];
    const profiled = await once(args, [join(root, "dist", "cli.js"), ...options]);
    const isSame =
      profiled.code === plain.code &&
      profiled.stdout === plain.stdout &&
      // Our own summary comes after what the program said.
      profiled.stderr.startsWith(plain.stderr);
    if (!isSame) console.error(`${name}, plain:\n${plain.output}\n${level}:\n${profiled.output}`);
    found.push([name, level, String(profiled.code), isSame ? "yes" : "NO", profiled.peak]);
  }
  return found;
}

/** Runs a program in a fresh folder of the same name each time, so that its output can be compared. */
async function once(args, prefix) {
  const folder = await mkdtemp(join(tmpdir(), "memory-insights-programs-"));
  const place = join(folder, "place");
  try {
    await cp(join(root, "media", "sample"), join(place, "sample"), { recursive: true });
    await mkdir(join(place, "docs"));
    await writeFile(join(place, "docs", "conf.py"), "project = 'sample'\n");
    await writeFile(join(place, "docs", "index.rst"), "Sample\n======\n\nSome *text*.\n");
    const runFile = join(folder, "run.memprofile");
    const [command, ...rest] =
      prefix.length > 0
        ? [process.execPath, ...prefix, "-o", runFile, ...args]
        : [python.interpreter, ...args];
    // Names of the folder that differ from run to run would be the only difference.
    const result = await run(command, rest, { cwd: place, env: { PYTHONHASHSEED: "0" } });
    const known = text => text.replaceAll(folder, "FOLDER");
    const peak = prefix.length > 0 ? await peakOf(runFile) : "";
    return { ...result, stdout: known(result.stdout), stderr: known(result.stderr), peak };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function peakOf(runFile) {
  const args = [join(root, "dist", "cli.js"), "report", "--format", "json", runFile];
  const { stdout } = await runOrFail(process.execPath, args);
  const { peak_rss_bytes: bytes } = JSON.parse(stdout);
  return bytes === null ? "unknown" : `${(bytes / 2 ** 20).toFixed(0)} MiB`;
}

async function keep(text) {
  const folder = join(root, "test", "programs");
  await mkdir(folder, { recursive: true });
  const day = new Date().toISOString().slice(0, 10);
  const versions = (await readFile(requirements, "utf8")).trim().split("\n").join(", ");
  const page = `# Programs under the probe

Written by \`npm run programs\` on ${day}, Python ${python.version}, ${versions}. Each program runs
plain and under \`profile\`; the output and the exit code are compared.

${text}
`;
  await writeFile(join(folder, "results.md"), page);
}
