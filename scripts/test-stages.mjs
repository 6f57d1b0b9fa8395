// What each stage of `npm test` does. See test.mjs for their order.
import { existsSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { installBrowserEditor, whyNoBrowserEditor } from "./browser-editor.mjs";
import { bundleTests } from "./bundle-tests.mjs";
import { ensureChromium } from "./chromium.mjs";
import { fetchDesktopEditor } from "./desktop-editor.mjs";
import { runDesktopEditor } from "./desktop-tests.mjs";
import { runBrowserHost } from "./host-tests.mjs";
import { describeResult } from "./measure/describe.mjs";
import { measurePages } from "./measure/measure-pages.mjs";
import { ensurePackages } from "./packages.mjs";
import { run } from "./processes.mjs";
import {
  environmentFor,
  findPythons,
  kernelRequirements,
  memrayRequirements,
  workersRequirements,
} from "./python.mjs";
import { Failed, Skipped } from "./stage-runner.mjs";
import { runWebHost } from "./web-tests.mjs";

const stageTimeoutMs = 8 * 60_000;

/** The stages of a checkout, sharing what the preparing ones found. */
export function stagesOf(root) {
  const found = {
    environments: [],
    memray: undefined,
    workers: undefined,
    kernel: undefined,
    bundles: undefined,
    chromium: undefined,
  };
  const node = (file, ...args) => [process.execPath, [join(root, file), ...args]];
  const preparing = [
    { name: "packages", run: () => installPackages(root) },
    { name: "build", needs: ["packages"], run: () => oneCheck(root, ...node("esbuild.js")) },
    { name: "bundle", needs: ["packages"], run: () => bundle(root, found) },
    { name: "pythons", run: say => prepareEnvironments(found, say) },
    { name: "chromium", needs: ["packages"], run: say => prepareChromium(found, say) },
    { name: "vscode-server", run: say => prepareServer(found, say) },
  ].map(stage => ({ ...stage, silent: stage.name !== "build" }));
  const static_ = [
    ["types", ...node("node_modules/typescript/bin/tsc", "-b", "--pretty", "false")],
    ["lint", ...node("node_modules/eslint/bin/eslint.js", ".", "--cache", ...eslintCache)],
    [
      "format",
      ...node("node_modules/prettier/bin/prettier.cjs", "--check", "--log-level=warn", "."),
    ],
  ].map(([name, command, args]) => ({
    name,
    needs: ["packages"],
    run: () => oneCheck(root, command, args),
  }));
  const built = ["build", "bundle"];
  return [
    ...preparing,
    ...static_,
    { name: "unit", needs: [...built, "pythons"], run: () => mocha(root, found, "unit") },
    { name: "panel", needs: [...built, "chromium"], run: () => mocha(root, found, "panel") },
    { name: "dap", needs: [...built, "pythons"], run: () => mocha(root, found, "dap") },
    { name: "measure", needs: ["pythons"], cores: 2, run: () => measure(root, found) },
    { name: "probe", needs: ["pythons"], cores: 2, run: () => probe(root, found) },
    {
      name: "host-browser",
      needs: [...built, "pythons", "chromium", "vscode-server"],
      cores: 2,
      run: say => hostBrowser(found, say),
    },
    {
      name: "host-web",
      needs: ["build", "chromium", "vscode-server"],
      cores: 2,
      run: say => hostWeb(found, say),
    },
    {
      name: "host-desktop",
      needs: [...built, "pythons"],
      cores: 2,
      run: say => hostDesktop(root, found, say),
    },
  ];
}

const eslintCache = ["--cache-location", ".cache/eslint/", "--cache-strategy", "content"];

async function installPackages(root) {
  const ran = await ensurePackages(root);
  return { note: ran ? "installed by npm ci" : "already installed" };
}

async function bundle(root, found) {
  found.bundles = await bundleTests(root);
  return {};
}

async function prepareEnvironments(found, say) {
  const pythons = await findPythons();
  if (pythons.length === 0) throw new Skipped("no Python 3.9 to 3.14 found; see python.org");
  const problems = [];
  await twoAtOnce(pythons, async python => {
    try {
      found.environments.push({ ...python, interpreter: await environmentFor(python, { say }) });
    } catch (error) {
      problems.push(`Python ${python.version}: ${lastLine(error.output) || error.message}`);
    }
  });
  for (const problem of problems) say(problem);
  found.environments.sort((a, b) => b.minor - a.minor);
  // There is no memray for Windows, nor at once for a new Python.
  const memray = { what: "memray is", list: memrayRequirements, newest: 13, isPosix: true };
  const kernel = { what: "kernels are", list: kernelRequirements, newest: 12 };
  const workers = {
    what: "programs with workers are",
    list: workersRequirements,
    newest: 12,
    isPosix: true,
  };
  found.memray = await prepareWith(found, say, memray);
  found.kernel = await prepareWith(found, say, kernel);
  found.workers = await prepareWith(found, say, workers);
  if (found.environments.length > 0) {
    return { note: `Python ${found.environments.map(one => one.version).join(", ")} with debugpy` };
  }
  throw new Skipped(`no Python environment could be made: ${problems[0]}`);
}

/** Gives a Python with some packages, or nothing: where they cannot be had, it says what is not tried. */
async function prepareWith({ environments }, say, { what, list, newest, isPosix = false }) {
  const python = environments.find(({ minor }) => minor >= 10 && minor <= newest);
  if (!python || (isPosix && process.platform === "win32")) return undefined;
  return environmentFor(python, { list }).catch(error => {
    say(`${what} not tried: ${lastLine(error.output) || error.message}`);
    return undefined;
  });
}

async function prepareChromium(found, say) {
  const { path, problem } = await ensureChromium(say);
  if (problem) throw new Skipped(problem);
  found.chromium = path;
  return { note: path };
}

async function prepareServer(found) {
  const problem = whyNoBrowserEditor();
  if (problem) throw new Skipped(problem);
  found.editor = await installBrowserEditor().catch(error => {
    throw new Skipped(`VS Code's server could not be installed: ${lastLine(error.output)}`);
  });
  return {};
}

/** A stage that is one yes or no. */
async function oneCheck(root, command, args) {
  const { code, output } = await run(command, args, { cwd: root, timeoutMs: stageTimeoutMs });
  if (code !== 0) throw new Failed(`exit code ${code}`, output);
  return { passed: 1 };
}

async function mocha(root, found, stage) {
  const files = found.bundles[stage];
  if (files.length === 0) throw new Skipped("there are no such tests yet");
  const report = join(root, ".cache", "reports", `${stage}.json`);
  await mkdir(join(root, ".cache", "reports"), { recursive: true });
  await rm(report, { force: true });
  const options = [
    "--timeout",
    "60000",
    "--reporter",
    "json",
    "--reporter-option",
    `output=${report}`,
    "--require",
    join(root, "scripts", "property-seed.mjs"),
  ];
  const { output } = await run(
    process.execPath,
    [join(root, "node_modules", "mocha", "bin", "mocha.js"), ...options, ...files],
    { cwd: root, timeoutMs: stageTimeoutMs, env: testEnvironment(found) },
  );
  const text = await readFile(report, "utf8").catch(() => undefined);
  if (!text) throw new Failed("mocha did not finish", output);
  const { stats, failures } = JSON.parse(text);
  return {
    passed: stats.passes,
    failed: stats.failures,
    skipped: stats.pending,
    output: failures.map(describeFailure).join("\n"),
  };
}

/** What tests may ask of the machine; see test/support/pythons.ts. */
function testEnvironment({ environments, memray, workers, chromium }) {
  const pythons = environments.map(({ version, interpreter }) => ({
    version,
    python: interpreter,
  }));
  return {
    NODE_OPTIONS: "--enable-source-maps",
    PYTHONDONTWRITEBYTECODE: "1",
    MEMORY_INSIGHTS_PYTHONS: JSON.stringify(pythons),
    ...(pythons.length > 0 ? { MEMORY_INSIGHTS_PYTHON: defaultPython(environments) } : {}),
    ...(memray ? { MEMORY_INSIGHTS_MEMRAY_PYTHON: memray } : {}),
    ...(workers ? { MEMORY_INSIGHTS_WORKERS_PYTHON: workers } : {}),
    ...(chromium ? { CHROME_PATH: chromium } : {}),
  };
}

/** 3.11 and 3.12 are what most people run; the newest may be ahead of debugpy. */
function defaultPython(environments) {
  const usual = environments.find(one => one.minor <= 12) ?? environments[0];
  return usual.interpreter;
}

function describeFailure({ fullTitle, err }) {
  const text = err.stack?.includes(err.message) ? err.stack : `${err.message}\n${err.stack ?? ""}`;
  const values = "expected" in err ? `\nexpected: ${err.expected}\nactual:   ${err.actual}` : "";
  return `✖ ${fullTitle}\n${text}${values}\n`;
}

async function probe(root, { environments }) {
  const folder = join("test", "probe");
  if (!existsSync(join(root, folder))) throw new Skipped("there are no such tests yet");
  const total = { passed: 0, failed: 0, skipped: 0, output: "" };
  const reasons = new Set();
  await twoAtOnce(environments, async ({ version, interpreter }) => {
    const report = join(root, ".cache", "reports", `probe-${version}.json`);
    await mkdir(join(root, ".cache", "reports"), { recursive: true });
    await rm(report, { force: true });
    const args = [join("scripts", "run_unittests.py"), folder, report];
    const env = { PYTHONDONTWRITEBYTECODE: "1" };
    const { output } = await run(interpreter, args, { cwd: root, timeoutMs: stageTimeoutMs, env });
    const text = await readFile(report, "utf8").catch(() => undefined);
    const counts = text ? JSON.parse(text) : { passed: 0, failed: 1, skipped: 0, reasons: [] };
    for (const kind of ["passed", "failed", "skipped"]) total[kind] += counts[kind];
    for (const reason of counts.reasons) reasons.add(reason);
    if (counts.failed > 0) total.output += `Python ${version}\n${output}\n`;
  });
  if (total.passed + total.failed + total.skipped === 0)
    throw new Skipped("there are no such tests yet");
  const versions = `Python ${environments.map(one => one.version).join(", ")}`;
  return { ...total, note: [versions, ...[...reasons].map(one => `skipped: ${one}`)].join("; ") };
}

/** The figures in the rule pages are true; see `npm run measure`. */
async function measure(root, { environments }) {
  const { results, skipped } = await measurePages(root, environments);
  const failed = results.filter(result => result.problems.length > 0);
  return {
    passed: results.length - failed.length,
    failed: failed.length,
    skipped: skipped ? 1 : 0,
    output: failed.map(describeResult).join("\n"),
    note: skipped && `skipped: blocks that need packages: ${skipped}`,
  };
}

async function hostBrowser({ bundles, environments, kernel, chromium, editor }, say) {
  if (!bundles.hostEntry) throw new Skipped("there are no such tests yet");
  const python = defaultPython(environments);
  const entry = bundles.hostEntry;
  const options = { entry, python, kernelPython: kernel, chromium, editor };
  return relayed(quiet => runBrowserHost({ ...options, say: quiet }), say);
}

async function hostWeb({ chromium, editor }, say) {
  return relayed(quiet => runWebHost({ chromium, editor, say: quiet }), say);
}

async function hostDesktop(root, { bundles, environments, kernel }, say) {
  if (!bundles.hostEntry) throw new Skipped("there are no such tests yet");
  const { path, problem } = await fetchDesktopEditor(say);
  if (problem) throw new Skipped(problem);
  if (process.platform === "linux" && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    throw new Skipped("a desktop VS Code needs a display; try xvfb-run npm test");
  }
  const python = defaultPython(environments);
  const options = { root, path, entry: bundles.hostEntry, python, kernelPython: kernel };
  return relayed(quiet => runDesktopEditor({ ...options, say: quiet }), say);
}

/** Keeps what a host prints until it is known whether it failed, and then shows what matters. */
async function relayed(runHost) {
  const lines = [];
  const results = await runHost(line => lines.push(line));
  const unsaid = results.lines.filter(line => !lines.includes(line));
  const output = [...lines.filter(line => !line.startsWith("  ✔")), ...unsaid].join("\n");
  return { ...results, output };
}

async function twoAtOnce(items, work) {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item; item = queue.shift()) await work(item);
  };
  await Promise.all([worker(), worker()]);
}

function lastLine(text = "") {
  return text.trim().split("\n").at(-1);
}
